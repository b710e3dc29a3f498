"""The gate: what it keeps, what it drops, and why."""

from typing import Any

import pytest

from guild.gate import apply_edits, decide, refusal
from guild.syntax.go.cases import cases

RED = {"parse": 1, "build": 1, "vet": 1, "test": 0, "run": None, "total": 2, "max": 3}
BROKEN = {"parse": 1, "build": 0, "vet": None, "test": None, "run": None, "total": 0, "max": 3}
TESTS = 'package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Fatal() }\n\nfunc TestB(t *testing.T) {}\n'


def _verdict(stages: dict[str, Any], *, messages: tuple[str, ...] = (), **counts: int) -> Any:
    found = [
        {"stage": "build", "path": "a.go", "code": "other", "message": text, "line": 1, "column": 1, "symbol": ""}
        for text in messages
    ]
    return {
        "green": False,
        "score": {**stages, "packages": 1, "errors": 0, "stated": 0, "passed": 0, **counts},
        "diagnostics": found,
    }


def _proposal(edits: dict[str, str | None], origin: str = "fix", disputes: list[dict[str, Any]] | None = None) -> Any:
    known = {"path": "a_test.go", "aims": [], "draws": 1, "note": "", "disputes": disputes or []}
    return {"edits": edits, "origin": origin, **known}


def _refusal(proposal: Any, files: dict[str, str], *, compiles: bool = True, tasks: tuple[Any, ...] = ()) -> str:
    plan: Any = {"tasks": list(tasks)}
    return refusal(proposal, plan, files, compiles=compiles)


def test_edits_set_and_delete() -> None:
    assert apply_edits({"a": "1", "b": "2"}, {"a": None, "c": "3"}) == {"b": "2", "c": "3"}


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (_verdict(RED, errors=2), _verdict(RED, errors=1), True),
        (_verdict(RED, errors=1, passed=3), _verdict(RED, errors=1, passed=3), True),
        (_verdict(RED, errors=1, passed=3), _verdict(RED, errors=1, passed=2), False),
        (_verdict(RED, errors=4, stated=2, passed=1), _verdict(RED, errors=2, stated=1, passed=3), False),
        (_verdict(RED, errors=2, stated=1, passed=3), _verdict(RED, errors=4, stated=2, passed=1), True),
        (_verdict(RED, errors=4, passed=2), _verdict(RED, errors=1, passed=0), False),
        (_verdict(RED), _verdict(BROKEN), False),
        (_verdict(BROKEN, errors=9), _verdict(RED, errors=1), True),
    ],
)
def test_a_lower_score_is_dropped(before: Any, after: Any, kept: bool) -> None:
    assert decide(before, after, []).kept is kept


def test_mending_all_aims_is_kept_although_new_errors_show() -> None:
    before = _verdict(BROKEN, errors=1, messages=("unused import",))
    after = _verdict(BROKEN, errors=3, messages=("type 1", "type 2", "type 3"))
    assert decide(before, after, ["build|a.go||other|unused import"]).kept
    assert not decide(before, after, ["build|a.go||other|type 1"]).kept


def test_a_test_that_passes_now_excuses_no_other() -> None:
    before = _verdict(RED, errors=1, passed=9, messages=("got 4, want 5",))
    after = _verdict(RED, errors=8, passed=0, messages=("got 6, want 5",))
    assert not decide(before, after, ["test|a_test.go|TestA|assertion|got 4, want 5"]).kept


def test_a_fixer_may_not_drop_a_test_but_a_person_may() -> None:
    files = {"a_test.go": TESTS}
    without = TESTS.replace("func TestB(t *testing.T) {}\n", "")
    for compiles in (True, False):
        assert _refusal(_proposal({"a_test.go": without}), files, compiles=compiles) == "drops TestB"
        assert _refusal(_proposal({"a_test.go": None}), files, compiles=compiles) == "drops TestA, TestB"
        assert _refusal(_proposal({"a_test.go": TESTS.replace("Fatal", "Error")}), files, compiles=compiles) == ""
        assert _refusal(_proposal({"a_test.go": without}, "person"), files, compiles=compiles) == ""


def test_a_given_file_is_the_users() -> None:
    given = ({"path": "own.go", "role": "given"},)
    assert "user's own" in _refusal(_proposal({"own.go": "package a\n"}), {"own.go": ""}, tasks=given)


CASES = """package a

import "testing"

func TestA(t *testing.T) {
	n := 4
	if Add(n, 2) != 6 {
		t.Error()
	}
	if got := Root(9); math.Abs(got-3) > 1e-9 {
		t.Error()
	}
	for _, tt := range []struct{ in string; want int }{{"a  b", 4}, {in: ""}} {
		got, err := Size(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if got != tt.want {
			t.Error()
		}
	}
}
"""
WEAKENED = {
    "the value": ("!= 6", "!= 7"),
    "the argument": ("Add(n, 2)", "Add(n, 3)"),
    "what a name stands for": ("n := 4", "n := 5"),
    "the check": ("t.Error()\n\t}\n\tif got", "t.Log()\n\t}\n\tif got"),
    "another condition beside it": ("Add(n, 2) != 6", "Add(n, 2) != 6 && false"),
    "the other way round": ("Add(n, 2) != 6", "Add(n, 2) == 6"),
    "the tolerance": ("1e-9", "10"),
    "the value within a condition": ("got-3", "got-4"),
    "what a condition is about": ("Root(9)", "Root(16)"),
    "the value of a row": (", 4}", ", 5}"),
    "the input of a row": ("a  b", "a b"),
    "a row": (', {in: ""}', ""),
    "a row's value is left out": ('{"a  b", 4}', '{in: "a  b"}'),
    "a value is put in": ('{in: ""}', '{"", 1}'),
    "the error": ("err != nil", "err == nil"),
    "half of the rows": ('}{{"a', '}{{"x", 1}}[:1] {}\n\tfor _, tt := range []T{{"a'),
    "another test's": ("func TestA(", "func TestA(t *testing.T) {}\n\nfunc TestC("),
}


@pytest.mark.parametrize(("old", "new"), WEAKENED.values(), ids=WEAKENED)
def test_a_test_that_compiles_is_not_weakened(old: str, new: str) -> None:
    assert old in CASES
    weaker = _proposal({"a_test.go": CASES.replace(old, new)})
    assert _refusal(weaker, {"a_test.go": CASES}).startswith("drops or changes the case ")
    assert _refusal(weaker, {"a_test.go": CASES}, compiles=False) == "", "there a case may be the reason"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("t.Error()", 't.Errorf("got %v", got)'),
        ("Add(n, 2) != 6", "6 != Add(n,\n\t\t2)"),
        ("Add(n, 2) != 6", "Add(n, 2) != 6 || Add(1, 1) != 2"),
        ("n := 4\n\tif Add(n, 2)", "if Add(4, 2)"),
        (', {in: ""}', ', {in: ""}, {"c", 1}'),
        ("func TestA", "func TestC(t *testing.T) {\n\tif Add(1, 1) != 2 {\n\t\tt.Error()\n\t}\n}\n\nfunc TestA"),
        ("tt", "row"),
    ],
)
def test_a_test_may_be_said_otherwise_and_gain_cases(old: str, new: str) -> None:
    assert old in CASES
    assert _refusal(_proposal({"a_test.go": CASES.replace(old, new)}), {"a_test.go": CASES}) == ""


def _settled(test: str = "TestA", case: str = "Add(4, 2)", old: str = "6", new: str = "7") -> list[dict[str, Any]]:
    return [{"file": "a_test.go", "line": 7, "test": test, "case": case, "old": old, "new": new, "why": "planted"}]


def test_a_settled_case_changes_to_what_was_settled_and_to_nothing_else() -> None:
    files, seven = {"a_test.go": CASES}, CASES.replace("!= 6", "!= 7")
    assert _refusal(_proposal({"a_test.go": seven}, disputes=_settled()), files) == ""
    assert _refusal(_proposal({"a_test.go": CASES}, disputes=_settled()), files) == ""
    for wrong in (
        _settled(new="8"),
        _settled(new=""),
        _settled("TestB"),
        _settled(case="Add(4, 3)"),
        _settled(old="5"),
    ):
        assert _refusal(_proposal({"a_test.go": seven}, disputes=wrong), files), wrong
    gone = CASES.replace("Add(n, 2) != 6", "false")
    assert _refusal(_proposal({"a_test.go": gone}, disputes=_settled()), files), "settled is not dropped"


def test_of_two_equal_cases_both_stay() -> None:
    twice = CASES.replace("n := 4\n", "n := 4\n\tif Add(4, 2) != 6 {\n\t\tt.Error()\n\t}\n")
    assert len(cases(twice)) == len(cases(CASES)) + 1
    assert (
        _refusal(_proposal({"a_test.go": CASES}), {"a_test.go": twice})
        == "drops or changes the case Add(4, 2) of TestA"
    )


def test_a_new_test_file_is_not_measured_by_another() -> None:
    assert _refusal(_proposal({"b_test.go": TESTS}), {"a_test.go": CASES}) == ""
