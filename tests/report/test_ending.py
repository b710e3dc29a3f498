"""The last lines say what was built, what it cost, what is left and how to go on."""

import pytest

from guild.report import ending
from tests.report.samples import RUN, diagnostic, finished, verdict


def test_a_green_run_says_what_and_where_and_asks_for_nothing() -> None:
    assert ending(finished()) == [
        "green: numkit, 3 of 3, in /home/user/generated/num[kit]",
        "  checked: parse passed, build passed, vet passed, test passed; 1 of 1 test; race passed",
        "  cost: 2 rounds, 1,240 tokens in 3 requests, 73.2s",
        f"  run: {RUN}; `guild show {RUN}` tells what happened",
    ]


def test_what_needs_a_person_is_listed() -> None:
    oracles = [
        {"oracle": "GCD(12, 18) = 6", "line": 20, "ok": True, "message": ""},
        {"oracle": "Clmp(1)", "line": 24, "ok": None, "message": "undefined: Clmp"},
    ]
    found = [diagnostic(message="undefined: x"), diagnostic(owner="user", message="does not compile")]
    judged = verdict(green=False, diagnostics=found, hollow=["numkit_test.go:TestNothing"], oracles=oracles)
    review = {"done": [], "findings": [{"path": "numkit.go", "line": 12, "message": "overflows"}]}
    lines = ending(finished("stalled", judged=judged, review=review))
    assert lines[0] == "not green (stalled: nothing left to try): numkit, 2 of 3, in /home/user/generated/num[kit]"
    assert lines[1].endswith("1 of 2 tests; 1 of 2 oracles; race passed")
    assert lines[2] == "  reason: 1 test fails"
    assert lines[5:] == [
        "  cannot fail: numkit_test.go:TestNothing",
        "  oracle not asked, line 24 of the spec: Clmp(1): undefined: Clmp",
        "  left: numkit.go:3:7: build: undefined: x",
        "  yours to mend: numkit.go:3:7: build: does not compile",
        "  review: numkit.go:12: overflows",
        f"  go on: change a file in /home/user/generated/num[kit], then guild resume {RUN}",
        f'  go on: guild resume {RUN} --say "what would help"',
    ]


def test_a_disputed_case_and_what_each_model_cost_are_told() -> None:
    known = {"file": "a_test.go", "line": 9, "test": "TestA", "case": "A(3)", "old": "6", "why": "3 of 3"}
    spent = {"calls": 3, "exhausted": "", "models": {"small": 1000, "big": 240}}
    lines = ending(finished(disputes=[{**known, "new": "9"}, {**known, "new": ""}], spent=spent))
    assert lines[-2:] == [
        "  test: a_test.go:9 TestA A(3): 6 -> 9 (3 of 3)",
        "  test: a_test.go:9 TestA A(3): 6 left as it is (3 of 3)",
    ]
    assert lines[2] == "  cost: 2 rounds, 1,240 tokens in 3 requests, 73.2s; small: 1,000 tokens; big: 240 tokens"
    alone = ending(finished(spent={**spent, "models": {"small": 1240}}))
    assert alone[2].endswith("73.2s"), "one model's cost is the whole"


def test_many_diagnostics_are_counted_not_listed() -> None:
    lines = ending(finished("red", judged=verdict(green=False, diagnostics=[diagnostic()] * 25)))
    assert sum("build: m" in line for line in lines) == 10
    assert "  left: 15 more" in lines


@pytest.mark.parametrize(
    ("outcome", "limit", "headline", "way"),
    [
        ("budget", "rounds", "budget: its rounds are used up", " --max-fix-rounds 8"),
        ("budget", "tokens", "budget: its tokens are used up", " --max-tokens-total 2480"),
        ("budget", "minutes", "budget: its time is used up", " --max-minutes 4"),
        ("red", "", "red: no fixing was asked for", " --max-fix-rounds 6"),
        ("cancelled", "", "cancelled: stopped by hand", ""),
        ("waiting", "", "waiting: for your word", ' --say "what it is to mind"'),
        ("", "", "interrupted", ""),
    ],
)
def test_a_run_that_is_not_green_says_why_and_how_to_go_on(outcome: str, limit: str, headline: str, way: str) -> None:
    lines = ending(finished(outcome, limit=limit))
    assert lines[0].startswith(f"not green ({headline}): numkit")
    assert lines[-1] == f"  go on: guild resume {RUN}{way}"


def test_a_run_that_was_stopped_before_its_first_verdict_is_told_too() -> None:
    lines = ending(finished("cancelled", score=None, verdict=None, files=[], spent=None, review=None))
    assert lines[0] == "not green (cancelled: stopped by hand): numkit, not judged yet, nothing written"
    assert lines[1] == "  cost: 2 rounds, 1,240 tokens, 73.2s"
