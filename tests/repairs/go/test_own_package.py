import pytest

from guild.repairs.go import own_package
from tests.repairs.go.subjects import IMPLEMENTATION, MODULE, subject

QUALIFIED = """package numkit

import (
	"testing"

	"guildlm.dev/numkit"
)

func TestGCD(t *testing.T) {
	// numkit.GCD は
	want := numkit.Pair{A: numkit.GCD(1, 2)}
	t.Error("numkit.GCD は", want, numkit.Most)
}
"""
BARE = """package numkit

import "testing"

func TestGCD(t *testing.T) {
	// numkit.GCD は
	want := Pair{A: GCD(1, 2)}
	t.Error("numkit.GCD は", want, Most)
}
"""


def applied(text: str, path: str = "numkit_test.go", **rest: object) -> str:
    return own_package.apply(subject(text, path, **rest))  # type: ignore[arg-type]


def test_the_own_import_goes_with_its_qualifier() -> None:
    assert applied(QUALIFIED) == BARE


@pytest.mark.parametrize("path", ["numkit", "example.com/numkit", "github.com/you/numkit", "./numkit"])
def test_whatever_path_a_model_thought_up(path: str) -> None:
    assert applied(QUALIFIED.replace(MODULE, path)) == BARE


def test_without_an_import_too() -> None:
    assert applied(QUALIFIED.replace('\n\n\t"guildlm.dev/numkit"', "")) == BARE.replace(
        'import "testing"', 'import (\n\t"testing"\n)'
    )


def test_an_alias_and_a_dot() -> None:
    aliased = (
        QUALIFIED.replace('"guildlm.dev', 'nk "guildlm.dev')
        .replace("numkit.", "nk.")
        .replace("nk.GCD は", "numkit.GCD は")
    )
    assert applied(aliased) == BARE
    assert applied(BARE.replace('import "testing"', 'import (\n\t"testing"\n\t. "guildlm.dev/numkit"\n)')) == BARE


def test_a_program_qualified_by_its_module() -> None:
    text = f'package main\n\nimport "{MODULE}"\n\nvar X = numkit.NewStore(main.Most)\n'
    result = applied(text, "main_test.go", package="main", siblings={})
    assert result == "package main\n\nvar X = NewStore(Most)\n"


@pytest.mark.parametrize(
    ("text", "path", "package"),
    [
        (BARE, "numkit_test.go", "numkit"),
        (QUALIFIED.replace("package numkit\n", "package numkit_test\n"), "numkit_test.go", "numkit"),
        (IMPLEMENTATION, "numkit.go", "numkit"),
        ("package numkit\n\nfunc f(numkit T) { numkit.Do() }\n", "numkit.go", "numkit"),
        ("package numkit\n\nvar numkit T\n\nvar X = numkit.Do()\n", "numkit.go", "numkit"),
        ('package list\n\nimport "container/list"\n\nvar X = list.New()\n', "list.go", "list"),
        ("package errors\n\nvar X = errors.New(``)\n", "errors.go", "errors"),
        (f'package api\n\nimport "{MODULE}/store"\n\nvar X = store.New()\n', "api/api.go", "api"),
        ("package numkit\n\nvar X = numkit.GCD(\n", "numkit.go", "numkit"),
    ],
    ids=[
        "bare",
        "external",
        "nothing",
        "a parameter",
        "a variable",
        "library",
        "library unimported",
        "other",
        "broken",
    ],
)
def test_it_does_not_fire(text: str, path: str, package: str) -> None:
    siblings = {"numkit.go": IMPLEMENTATION} if package == "numkit" else {"store/store.go": "package store\n"}
    assert applied(text, path, package=package, siblings=siblings) == text


def test_a_name_of_the_library_is_its_own_where_the_package_declares_the_member() -> None:
    text = "package errors\n\nfunc Wrap() {}\n\nvar X, Y = errors.Wrap(), errors.New(``)\n"
    assert "X, Y = Wrap(), errors.New" in applied(text, "errors.go", package="errors", siblings={})
