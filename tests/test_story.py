"""A round is told from the trace alone: what was asked, answered, judged and kept, once, whatever was killed."""

from pathlib import Path
from typing import Any

import pytest

from guild.errors import RunNotFound
from guild.records import Records
from guild.story import changes, rounds_of, story

OLD, NEW = "package numkit\n\nvar A = 1\n", "package numkit\n\nvar A = 2\n"


def ask(records: Records, role: str, round: int, text: str, *, times: int = 1) -> None:
    request: dict[str, Any] = {"role": role, "path": "numkit.go", "round": round, "draw": 0, "model": "script:x"}
    request |= {"system": records.put("You write Go."), "prompt": records.put(f"round {round}")}
    spent: Any = {"finish": "stop", "prompt_tokens": 9, "completion_tokens": 3, "seconds": 0.5, "model": "script:x"}
    for _ in range(times):
        records.event("prompt", **request)
        if records.find_reply(f"{role}{round}") is None:
            records.add_reply(f"{role}{round}", {**spent, "text": text}, **request)
    draft = {name: request[name] for name in ("role", "path", "round", "draw")}
    records.event("draft", **draft, hash=records.put(text), fired=["imports"], parses=True, reason="")


def judge(records: Records, round: int, reason: str = "") -> None:
    found = {"path": "numkit.go", "line": 3, "column": 5, "stage": "build", "message": "undefined: x\x1b[31m\nmore"}
    score = {"total": 1 if reason else 3, "max": 3}
    records.event(
        "verdict", round=round, green=not reason, reason=reason, score=score,
        diagnostics=[found] if reason else [], files_hash=f"hash{round}",
    )  # fmt: skip


def a_run(folder: Path, *, kept: bool = True, twice: int = 1) -> Records:
    records = Records(folder)
    ask(records, "dev", 0, OLD, times=twice)
    for _ in range(twice):
        judge(records, 0, "does not build")
    ask(records, "fix", 1, NEW, times=twice)
    for _ in range(twice):
        judge(records, 1)
        edits = {"numkit.go": records.put(NEW)}
        records.event("gate", round=1, origin="fix", path="numkit.go", kept=kept, reason="3 of 3", edits=edits)
    finding = {"path": "numkit.go", "line": 3, "message": "A may be [unused]"}
    records.event("review", path="numkit.go", findings=[finding], applied=False)
    return records


def test_all_rounds_are_told_in_short(tmp_path: Path) -> None:
    assert story(a_run(tmp_path)) == [
        "round 0: first drafts",
        "  dev numkit.go, draw 0, script:x: 3 tokens in 0.5s",
        "    repaired: imports",
        "  verdict: 1 of 3: does not build",
        "    numkit.go:3:5: build: undefined: x[31m",
        "      more",
        "round 1",
        "  fix numkit.go, draw 0, script:x: 3 tokens in 0.5s",
        "    repaired: imports",
        "  verdict: 3 of 3: green",
        "  fix of numkit.go: kept: 3 of 3",
        "  review: numkit.go:3: A may be [unused]",
    ]


def test_one_round_is_told_with_its_texts(tmp_path: Path) -> None:
    lines = story(a_run(tmp_path), number=1)
    assert lines[0] == "round 1"
    assert {"    | You write Go.", "    | round 1", "    | var A = 2"} <= set(lines)
    assert "    | round 0" not in lines


def test_what_ran_again_after_a_kill_is_told_once(tmp_path: Path) -> None:
    assert story(a_run(tmp_path / "twice", twice=2)) == story(a_run(tmp_path / "once"))


def test_a_round_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunNotFound, match="no round 7: it has 0 to 1"):
        story(a_run(tmp_path), number=7)


def test_a_diff_is_against_the_project_that_the_round_met(tmp_path: Path) -> None:
    records = a_run(tmp_path)
    rounds = rounds_of(records)
    assert changes(records, rounds, 0)[:2] == ["--- /dev/null", "+++ b/numkit.go"]
    assert changes(records, rounds, 1)[-2:] == ["-var A = 1", "+var A = 2"]
    assert "+var A = 2" in story(records, number=1, diff=True)


@pytest.mark.parametrize(("kept", "before"), [(True, "-var A = 2"), (False, "-var A = 1")])
def test_a_round_that_was_dropped_changes_nothing(tmp_path: Path, kept: bool, before: str) -> None:
    records = a_run(tmp_path, kept=kept)
    edits = {"numkit.go": None}
    records.event("gate", round=2, origin="person", path="numkit.go", kept=True, reason="", edits=edits)
    lines = changes(records, rounds_of(records), 2)
    assert lines[1] == "+++ /dev/null" and before in lines


def test_a_kill_in_mid_answer_and_a_lost_text_are_said(tmp_path: Path) -> None:
    records = Records(tmp_path)
    records.event("prompt", role="dev", path="a.go", round=0, draw=0, model="m", system="0" * 64, prompt="1" * 64)
    lines = story(records, number=0)
    assert "  dev a.go, draw 0, m: no answer was recorded" in lines
    assert "    | (000000000000: the text is not kept)" in lines


def test_a_fork_tells_what_came_before_it_and_hides_answers_that_it_did_not_ask_for(tmp_path: Path) -> None:
    origin = a_run(tmp_path / "origin")
    (first_verdict, *_) = (event["time"] for event in origin.events() if event["kind"] == "verdict")
    fork = Records(tmp_path / "fork")
    fork.adopt(origin, until=first_verdict)
    assert story(fork) == story(origin)[: len(story(fork))]
    bare = Records(tmp_path / "bare")
    bare.adopt(origin)
    assert story(bare) == ["round 0: first drafts"]
    ask(bare, "dev", 0, OLD)
    assert story(bare)[1] == "  dev numkit.go, draw 0, script:x: 3 tokens in 0.5s"
    reply = next(event for event in bare.events() if event["kind"] == "reply")
    other = {name: reply[name] for name in ("role", "path", "round", "draw", "model", "system")}
    bare.event("prompt", **other, prompt=bare.put("another question"))
    assert story(bare)[1] == "  dev numkit.go, draw 0, script:x: no answer was recorded"
