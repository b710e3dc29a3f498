"""Runs are listed newest first with what became of them, found by little, and forked at steps that exist."""

import sqlite3
from pathlib import Path

import pytest
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from guild.errors import RunNotFound
from guild.records import Records
from guild.runs import find, list_runs, steps_of
from tests.test_records import manifest


def a_run(home: Path, run: str, started: str, outcome: str = "") -> Records:
    records = Records(home / "runs" / run)
    records.write_manifest(manifest(run, started=started, outcome=outcome))
    return records


def test_runs_are_listed_newest_first_whatever_their_names(tmp_path: Path) -> None:
    a_run(tmp_path, "20261121-101530-b-ffff", "2026-11-21T10:15:30.100", "green")
    a_run(tmp_path, "20261121-101530-b-0000", "2026-11-21T10:15:30.900", "budget")
    assert [run["outcome"] for run in list_runs(tmp_path)] == ["budget", "green"]
    assert list_runs(tmp_path / "nowhere") == []


def test_a_killed_run_is_interrupted_and_a_live_one_is_running(tmp_path: Path) -> None:
    records = a_run(tmp_path, "20261121-101530-a-0000", "2026-11-21T10:15:30")
    records.event("verdict", round=0)
    records.event("gate", round=2)
    (summary,) = list_runs(tmp_path)
    assert (summary["outcome"], summary["round"], summary["out"]) == ("interrupted", 2, "generated/numkit")
    with records.hold():
        assert list_runs(tmp_path)[0]["outcome"] == "running"


def test_a_run_is_found_by_id_beginning_and_last(tmp_path: Path) -> None:
    for run in ("20261121-1-a-0", "20261121-2-a-0", "20261121-2-a-01"):
        a_run(tmp_path, run, run)
    assert find(tmp_path, "20261121-1").folder.name == "20261121-1-a-0"
    assert find(tmp_path, "20261121-2-a-0").folder.name == "20261121-2-a-0"
    assert find(tmp_path, "last").folder.name == "20261121-2-a-01"


@pytest.mark.parametrize("asked", ["20261121-2", "", "..", "x", "20261121-1-a-0/", "*"])
def test_a_run_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path, asked: str) -> None:
    for run in ("20261121-1-a-0", "20261121-2-a-0", "20261121-2-a-01"):
        a_run(tmp_path, run, run)
    with pytest.raises(RunNotFound, match="20261121-2-a-01"):
        find(tmp_path, asked)


@pytest.mark.parametrize("asked", ["last", "x"])
def test_no_run_at_all_is_said(tmp_path: Path, asked: str) -> None:
    with pytest.raises(RunNotFound, match="none yet"):
        find(tmp_path, asked)


class Count(TypedDict, total=False):
    count: int


def test_steps_are_those_that_led_here_with_their_node_and_next() -> None:
    graph = StateGraph(Count)
    graph.add_node("coder", lambda state: {"count": state["count"] + 1})
    graph.add_node("verifier", lambda state: {"count": state["count"] * 2})
    graph.add_edge(START, "coder")
    graph.add_edge("coder", "verifier")
    graph.add_edge("verifier", END)
    saver = SqliteSaver(sqlite3.connect(":memory:", check_same_thread=False))
    compiled = graph.compile(checkpointer=saver)
    config = {"configurable": {"thread_id": "t"}}
    compiled.invoke({"count": 1}, config)
    abandoned = steps_of(compiled.get_state_history(config))[-1]
    middle = list(compiled.get_state_history(config))[1].config
    compiled.invoke(None, compiled.update_state(middle, {"count": 9}, as_node="coder"))
    steps = steps_of(compiled.get_state_history(config))
    assert [(step["step"], step["node"], step["next"]) for step in steps] == [
        (0, "__start__", ["coder"]),
        (1, "coder", ["verifier"]),
        (2, "update", ["verifier"]),
        (3, "verifier", []),
    ]
    assert abandoned["checkpoint"] not in {step["checkpoint"] for step in steps}
    assert steps_of([]) == []
