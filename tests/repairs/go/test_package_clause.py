import pytest

from guild.repairs.go import package_clause
from tests.repairs.go.subjects import IMPLEMENTATION, MODULE, TEST, subject

EXTERNAL = TEST.replace("package numkit", "package numkit_test").replace("= GCD", "= numkit.GCD")
EXTERNAL = EXTERNAL.replace('import "testing"', f'import (\n\t"testing"\n\n\t"{MODULE}"\n)')


def applied(text: str, path: str = "numkit_test.go", **rest: object) -> str:
    return package_clause.apply(subject(text, path, **rest))  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["package main\n\n", "package sandbox\n\n", "", "package Numkit\n\n"])
def test_the_wanted_package_is_set(wrong: str) -> None:
    assert applied(TEST.replace("package numkit\n\n", wrong)) == TEST
    assert applied(IMPLEMENTATION.replace("package numkit\n\n", wrong), "numkit.go") == IMPLEMENTATION


def test_one_clause_is_enough() -> None:
    assert applied(TEST + "\npackage numkit\n\nfunc A() {}\n") == TEST + "\nfunc A() {}\n"


def test_a_sound_clause_stays() -> None:
    assert applied(TEST) == TEST
    assert applied("package main\n\nfunc main() {}\n", "main.go", package="main") == "package main\n\nfunc main() {}\n"
    assert applied("package anything\n\nfunc A() {}\n", "a.go", package="") == "package anything\n\nfunc A() {}\n"


def test_nothing_gets_no_clause() -> None:
    assert applied("") == ""
    assert applied("words alone") == "words alone"


@pytest.mark.parametrize(
    "text",
    [
        EXTERNAL,
        EXTERNAL.replace("if got", "GCD := 1\n\t_, _ = GCD, len(``)\n\tif got"),
        EXTERNAL.replace(f'"{MODULE}"', f'. "{MODULE}"').replace("numkit.GCD", "GCD"),
        EXTERNAL.replace(f'\n\n\t"{MODULE}"', ""),
        EXTERNAL + "\nfunc GCD() {}\n",
    ],
    ids=["qualified", "locals", "dot", "import forgotten", "own declaration"],
)
def test_a_consistent_external_test_keeps_its_package(text: str) -> None:
    assert applied(text) == text


@pytest.mark.parametrize(
    "text",
    [
        EXTERNAL.replace("numkit.GCD", "GCD"),
        EXTERNAL + "\nvar X = Pair{}\n",
        EXTERNAL.replace("numkit.GCD", "numkit.absolute"),
    ],
    ids=["bare call", "bare type", "hidden name"],
)
def test_an_inconsistent_one_joins_the_package(text: str) -> None:
    assert applied(text) == text.replace("package numkit_test", "package numkit")


def test_only_a_test_file_may_be_external() -> None:
    assert applied("package numkit_test\n\nfunc A() {}\n", "a.go").startswith("package numkit\n")
