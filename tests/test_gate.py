"""The gate: what it keeps, what it drops, and why."""

from typing import Any

import pytest

from guild.gate import apply_edits, decide, refusal

RED = {"parse": 1, "build": 1, "vet": 1, "test": 0, "run": None, "total": 2, "max": 3}
BROKEN = {"parse": 1, "build": 0, "vet": None, "test": None, "run": None, "total": 0, "max": 3}
TESTS = 'package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Fatal() }\n\nfunc TestB(t *testing.T) {}\n'


def _verdict(stages: dict[str, Any], *, errors: int = 0, passed: int = 0, messages: tuple[str, ...] = ()) -> Any:
    found = [
        {"stage": "build", "path": "a.go", "code": "other", "message": text, "line": 1, "column": 1, "symbol": ""}
        for text in messages
    ]
    return {
        "green": False,
        "score": {**stages, "packages": 1, "errors": errors, "passed": passed},
        "diagnostics": found,
    }


def _proposal(edits: dict[str, str | None], origin: str = "fix") -> Any:
    return {"edits": edits, "origin": origin, "path": "a_test.go", "aims": [], "draws": 1, "note": ""}


def test_edits_set_and_delete() -> None:
    assert apply_edits({"a": "1", "b": "2"}, {"a": None, "c": "3"}) == {"b": "2", "c": "3"}


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (_verdict(RED, errors=2), _verdict(RED, errors=1), True),
        (_verdict(RED, errors=1, passed=3), _verdict(RED, errors=1, passed=3), True),
        (_verdict(RED, errors=1, passed=3), _verdict(RED, errors=1, passed=2), False),
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
    plan: Any = {"tasks": []}
    assert refusal(_proposal({"a_test.go": without}), plan, files) == "drops TestB"
    assert refusal(_proposal({"a_test.go": None}), plan, files) == "drops TestA, TestB"
    assert refusal(_proposal({"a_test.go": TESTS.replace("Fatal", "Error")}), plan, files) == ""
    assert refusal(_proposal({"a_test.go": without}, "person"), plan, files) == ""


def test_a_given_file_is_the_users() -> None:
    plan: Any = {"tasks": [{"path": "own.go", "role": "given"}]}
    assert "user's own" in refusal(_proposal({"own.go": "package a\n"}), plan, {"own.go": ""})
