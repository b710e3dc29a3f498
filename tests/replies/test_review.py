import pytest

from guild.replies import case, findings

FINDINGS = {
    "a bare line": ("12: divides by zero", [(12, "divides by zero")]),
    "a path": ("numkit.go:12: divides by zero", [(12, "divides by zero")]),
    "a path and a column": ("numkit.go:12:4: divides by zero", [(12, "divides by zero")]),
    "a folder": ("internal/numkit.go:3: x", [(3, "x")]),
    "a list": ("- numkit.go:12: one\n* Line 13: two\n`numkit.go:14`: three", [(12, "one"), (13, "two"), (14, "three")]),
    "bold": ("**Line 7**: the lock is never released", [(7, "the lock is never released")]),
    "a range": ("Lines 3-5: dead code", [(3, "dead code")]),
    "a dash": ("numkit.go:5 - wrong sign", [(5, "wrong sign")]),
    "twice": ("5: x\n5: x", [(5, "x")]),
    "another file": ("store.go:12: not asked", []),
    "clean": ("CLEAN", []),
    "clean, dressed": ("**CLEAN**.\n12: nothing", []),
    "a numbered list": ("1. The code is good.\n2. It has tests.", []),
    "words": ("There are 3 problems: none is grave.", []),
    "in a fence": ("```\n12: a label\n```", []),
    "empty": ("", []),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_findings(name: str) -> None:
    reply, wanted = FINDINGS[name]
    assert [(found["line"], found["message"]) for found in findings(reply, "numkit.go")] == wanted


CASES = {
    "plain": ("Case: GCD(12, 18) = 6", ("GCD(12, 18)", "6")),
    "behind findings": ("4: wrong\nCase: GCD(0, 5) = 5\n", ("GCD(0, 5)", "5")),
    "twice equal": ("Case: GCD(0, 5) == 5", ("GCD(0, 5)", "5")),
    "ticks": ("Case: `GCD(0, 5) = 5`", ("GCD(0, 5)", "5")),
    "ticks on each side": ("- **Case:** `GCD(0, 5)` = `5`", ("GCD(0, 5)", "5")),
    "equals in a string": ('Case: Encode("a=b") = "x=y"', ('Encode("a=b")', '"x=y"')),
    "a remark": ("Case: GCD(0, 0) = 0 (both are zero)", ("GCD(0, 0)", "0")),
    "a full stop": ("Case: GCD(0, 0) = 0.", ("GCD(0, 0)", "0.")),
    "several results": ('Case: Decode("IIII") = 0, err', ('Decode("IIII")', "0, err")),
    "not ASCII": ('Case: Reverse("こんにちは") = "はちにんこ"', ('Reverse("こんにちは")', '"はちにんこ"')),
    "a method": ("Case: New(2).Len() = 0", ("New(2).Len()", "0")),
    "no call": ("Case: x = 6", None),
    "no value": ("Case: GCD(1, 2) =", None),
    "words": ("Case: GCD(1, 2) = should be one or so", None),
    "none": ("CLEAN", None),
    "in words": ("In this case: nothing", None),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    reply, wanted = CASES[name]
    assert case(reply, "x.go") == wanted
