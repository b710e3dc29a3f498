import pytest

from guild.repairs import REGISTRY
from guild.repairs.go.assertions import asserts_less
from tests.repairs.go import (
    test_arity,
    test_calls,
    test_comparing,
    test_conversions,
    test_declaring,
    test_formats,
    test_members,
    test_pointers,
    test_quotes,
    test_type_parameters,
    test_undefined,
    test_unused,
)
from tests.repairs.go.cases import Case, slug
from tests.repairs.go.subjects import subject

TEST = """package numkit

import "testing"

func TestGCD(t *testing.T) {
	for _, tt := range []struct{ in, want int }{{12, 4}, {-7, 7}} {
		got := GCD(tt.in, 8)
		if got != tt.want || got < 0 {
			t.Errorf("GCD(%d) = %d, want %s", tt.in, got, "m")
		}
		if ok := true; !ok && tt.in > 5 {
			t.Fatal("bad")
		}
	}
}
"""
LOST = {
    "a row": ("{12, 4}, ", ""),
    "a wanted value": ("{-7, 7}", "{-7, 8}"),
    "a failure": ('t.Fatal("bad")', "_ = t.Name()"),
    "the call under test": ("GCD(tt.in, 8)", "tt.in + 8"),
    "a comparison": ("got != tt.want || got < 0", "got != tt.want"),
    "its direction": ("got < 0", "got > 0"),
    "its sense": ("got != tt.want", "got == tt.want"),
    "a negation": ("!ok &&", "ok &&"),
    "a truth": ("ok := true", "ok := false"),
    "an argument of a message": (', "m"', ""),
}
SAME = {
    "another format": ("want %s", "want %v"),
    "a conversion": ("got != tt.want", "int64(got) != tt.want"),
    "a deep comparison": ("got != tt.want", "!reflect.DeepEqual(got, tt.want)"),
    "another name": ("tt.want", "tt.expected"),
    "other quotes": ('"m"', "'m'"),
    "a failure that formats": ('Fatal("bad")', 'Fatalf("bad")'),
    "the opposite way to say it": ("got != tt.want", "!(got == tt.want)"),
}
TESTED = [
    test_arity,
    test_calls,
    test_comparing,
    test_conversions,
    test_declaring,
    test_formats,
    test_members,
    test_pointers,
    test_quotes,
    test_type_parameters,
    test_undefined,
    test_unused,
]
MENDED = {
    slug(module.MEND, name): case
    for module in TESTED
    for name, case in module.FIRES.items()
    if case.file.endswith("_test.go")
}


@pytest.mark.parametrize(("old", "new"), LOST.values(), ids=LOST)
def test_what_a_test_loses_is_seen(old: str, new: str) -> None:
    assert TEST.count(old) == 1
    assert asserts_less(subject(TEST), TEST.replace(old, new))


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME)
def test_another_way_to_say_it_is_no_loss(old: str, new: str) -> None:
    assert old in TEST
    assert not asserts_less(subject(TEST), TEST.replace(old, new))


def test_only_tests_assert() -> None:
    assert not asserts_less(subject(TEST, "numkit.go"), "package numkit\n")


@pytest.mark.parametrize("case", MENDED.values(), ids=MENDED)
def test_no_mended_test_asserts_less(case: Case) -> None:
    assert not asserts_less(subject(f"package p\n{case.before}"), f"package p\n{case.after}")


def test_the_language_asks_for_it() -> None:
    assert REGISTRY["go"].asserts_less is asserts_less
