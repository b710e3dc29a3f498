"""Each event that matters becomes one row, safe to show."""

from typing import Any

import pytest

from guild.report.rows import Narrator, Row, clean, dispute
from tests.report.samples import diagnostic, draft, reply, verdict

CAUSE = {"kind": "diagnosis", "path": "a.py", "hypothesis": "It lacks.", "action": "install", "what": "x", "said": ""}
NODE = {"kind": "node", "name": "fixer", "path": "a.go", "mode": "mend"}


def row(*events: dict[str, Any]) -> Row | None:
    narrator = Narrator()
    return [narrator.row(event) for event in events][-1]


@pytest.mark.parametrize(
    ("events", "who", "said", "mark"),
    [
        ([*reply("dev", "a.go"), draft("dev", "a.go")], "dev", "210 tokens, 20.0 tokens/s", "good"),
        ([*reply("dev", "a.go", recorded=True), draft("dev", "a.go")], "dev", "210 tokens, recorded before", "good"),
        ([draft("dev", "a.go", fired=["imports", "package"])], "dev", "repaired: imports, package", "good"),
        ([draft("test", "a.go", parses=False, reason="cut\nshort")], "test", "not usable: cut short", "bad"),
        ([*reply("dev", "b.go"), draft("dev", "a.go")], "dev", "drafted", "good"),
        ([draft("dev", "a.go", errors=2, reason="a.go:3: m")], "dev", "does not compile: a.go:3: m", "bad"),
        ([{**NODE, "why": "stated values fail"}], "fixer", "mend: stated values fail", "plain"),
        ([verdict(green=True)], "verdict", "3 of 3, green, 1 test, race passed, 4.2s", "good"),
        ([verdict(green=False)], "verdict", "2 of 3, 1 test fails, 4.2s", "bad"),
        ([{**CAUSE, "refused": "not allowed"}], "cause", "It lacks.: install x: refused: not allowed", "bad"),
        ([{**CAUSE, "refused": "", "said": "a\nb"}], "cause", "It lacks.: install x: b", "plain"),
        ([{"kind": "said", "at": "plan", "go_on": True, "say": ""}], "you", "go on", "plain"),
        ([{"kind": "said", "at": "stall", "go_on": True, "say": "by two\x1b[0m"}], "you", "by two[0m", "plain"),
        ([{"kind": "note", "text": "[x]\x1b[0m"}], "note", "[x][0m", "plain"),
        ([{"kind": "review", "path": "a.go", "findings": [], "applied": False}], "review", "clean", "plain"),
        ([{"kind": "plan", "tasks": [{"path": "a.go"}]}], "plan", "1 file: a.go", "plain"),
    ],
)
def test_an_event_becomes_a_row(events: list[dict[str, Any]], who: str, said: str, mark: str) -> None:
    told = row(*events)
    assert told is not None
    assert (told.who, told.said, told.mark) == (who, said, mark)


DISPUTE = {"file": "a_test.go", "line": 9, "test": "TestA", "case": "A(3)", "old": "6", "new": "9", "why": "3 of 3"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "a_test.go:9 TestA A(3): 6 -> 9 (3 of 3)"),
        ({"new": ""}, "a_test.go:9 TestA A(3): 6 left as it is (3 of 3)"),
        ({"case": "A(`x\n\x1b[2J`)"}, "a_test.go:9 TestA A(`x [2J`): 6 -> 9 (3 of 3)"),
    ],
)
def test_a_disputed_case_is_one_line(changed: dict[str, str], said: str) -> None:
    assert dispute({**DISPUTE, **changed}) == said


def test_an_agreement_says_how_many_were_heard_and_each_case_that_is_spoken_against() -> None:
    event = {"kind": "agreement", "path": "a.go", "test": "a_test.go", "scores": [3, 3, 2], "disputes": [DISPUTE]}
    told = row(event)
    assert told and (told.who, told.details) == ("agree", (dispute(DISPUTE),))
    assert told.said == "3 drafts heard, 1 case of the test spoken against"


def test_a_node_that_has_nothing_to_say_is_no_row() -> None:
    assert row({**NODE, "why": ""}) is None


def test_a_gate_says_what_was_kept_and_why() -> None:
    event = {"kind": "gate", "round": 1, "origin": "fix", "path": "a.go", "kept": False, "reason": "score lower"}
    assert row(event) == Row(who="gate", what="a.go", said="fix dropped: score lower", mark="bad")
    assert row({**event, "kept": True}) == Row(who="gate", what="a.go", said="fix kept: score lower", mark="good")


def test_a_red_verdict_carries_its_diagnostics_and_a_green_one_none() -> None:
    found = [diagnostic(test="TestGCD", stage="test"), diagnostic(line=0, column=0)]
    red = row(verdict(green=False, diagnostics=found))
    assert red and red.details == ("numkit.go:3:7: test: TestGCD: m", "numkit.go: build: m")
    green = row(verdict(green=True, diagnostics=found))
    assert green and green.details == ()


def test_a_red_verdict_says_each_thing_once() -> None:
    said = "test failed: numkit.go: m (and 1 more)"
    assert row(verdict(green=False, diagnostics=[diagnostic()], reason=said)) == Row(
        who="verdict", said="2 of 3, test failed, 4.2s", mark="bad", details=("numkit.go:3:7: build: m",)
    )
    alone = row(verdict(green=False, reason="no test can fail: add one"))
    assert alone and alone.said == "2 of 3, no test can fail: add one, 4.2s"


@pytest.mark.parametrize("kind", ["prompt", "token", "reply", "step", "outcome", "written", "something new"])
def test_what_a_person_need_not_read_is_no_row(kind: str) -> None:
    assert row({"kind": kind, "role": "dev", "path": "a.go", "round": 0, "draw": 0, "count": 1}) is None


def test_a_text_is_one_bounded_line_that_steers_nothing() -> None:
    assert clean("a\r\n\tb\x1b[2J\x07") == "a b[2J"
    assert len(clean("goroutine 1\n" * 9999)) <= 301
