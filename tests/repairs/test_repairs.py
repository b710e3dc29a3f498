import time

import pytest

from guild.repairs import REGISTRY, Subject, repair
from tests.repairs.go.subjects import IMPLEMENTATION, MODULE, TEST, repaired, subject

BAD_TEST = """package main

import (
	"fmt"
	"testing"

	"guildlm.dev/numkit"
)

// GCD is written again.
func GCD(a, b int) int {
	return 1
}

func TestGCD(t *testing.T) {
	got := numkit.GCD(12, 18)
	if !reflect.DeepEqual(got, 6) {
		t.Errorf("%s", strings.Repeat("x", got))
	}
}

func main() {
	fmt.Println(GCD(1, 2))
}

This test isn't complete.
"""
GOOD_TEST = """package numkit

import (
	"reflect"
	"strings"
	"testing"
)

func TestGCD(t *testing.T) {
	got := GCD(12, 18)
	if !reflect.DeepEqual(got, 6) {
		t.Errorf("%s", strings.Repeat("x", got))
	}
}
"""


def test_what_a_small_model_does_to_a_test_file_is_undone() -> None:
    result = repaired(BAD_TEST)
    assert result.text == GOOD_TEST
    assert result.fired == ("stray_text", "redeclared", "package_clause", "own_package", "imports")


def test_a_repaired_file_needs_no_repair() -> None:
    assert repaired(GOOD_TEST).fired == ()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (IMPLEMENTATION, "numkit.go"),
        (TEST, "numkit_test.go"),
        (TEST.replace("package numkit\n", "package   numkit // odd\n").replace("\t", "  "), "numkit_test.go"),
        ("// Package numkit counts こんにちは.\npackage numkit\n", "doc.go"),
        ("", "numkit.go"),
        ("only words", "numkit.go"),
    ],
)
def test_a_sound_file_comes_back_as_it_was(text: str, path: str) -> None:
    others = {name: other for name, other in {"numkit.go": IMPLEMENTATION}.items() if name != path}
    result = repaired(text, path, siblings=others)
    assert (result.text, result.fired) == (text, ())


def test_other_kinds_of_files_are_left_alone() -> None:
    assert repaired("module x\n", "go.mod").fired == ()


@pytest.mark.parametrize("name", REGISTRY["go"].repairs)
def test_no_repair_fires_on_a_sound_file(name: str) -> None:
    assert REGISTRY["go"].repairs[name](subject(TEST)) == TEST


@pytest.mark.parametrize("text", ["package", "}{", "package numkit\n\nfunc (", "\ud800", 'import "', "func TestA(t"])
def test_broken_text_never_raises_and_gains_no_fault(text: str) -> None:
    faults = REGISTRY["go"].faults
    assert faults(repaired(text).text) <= max(faults(text), faults(f"package numkit\n\n{text}"))


def test_the_same_text_comes_out_each_time() -> None:
    assert len({repaired(BAD_TEST) for _ in range(3)}) == 1


def test_eighty_lines_take_milliseconds() -> None:
    functions = "".join(
        f"\nfunc Test{n}(t *testing.T) {{\n\tif numkit.GCD({n}, 2) != 1 {{\n\t\tt.Error()\n\t}}\n}}\n"
        for n in range(16)
    )
    text = 'package main\n\nimport "guildlm.dev/numkit"\n' + functions
    begun = time.perf_counter()
    result = repair(Subject(path="a_test.go", text=text, package="numkit", module=MODULE, siblings={}))
    assert time.perf_counter() - begun < 0.5
    assert len(text.split("\n")) > 80 and "numkit." not in result.text
