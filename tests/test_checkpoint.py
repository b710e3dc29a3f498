"""Savers: a committed step outlives its process, and a thread copied to another run is the same and apart."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from langgraph.graph import END, START, StateGraph

from guild.checkpoint import copy_thread, open_saver
from guild.state import State, Update


def one(state: State) -> Update:
    return {"files": {"a.go": "1", "b.go": "1"}}


def two(state: State) -> Update:
    return {"files": {"a.go": "2", "b.go": None}, "outcome": "green"}


def graph(saver: Any, *, pause: bool = False) -> Any:
    built = StateGraph(State)
    built.add_node("one", one)
    built.add_node("two", two)
    built.add_edge(START, "one")
    built.add_edge("one", "two")
    built.add_edge("two", END)
    return built.compile(checkpointer=saver, interrupt_after=["one"] if pause else None)


def config(thread: str) -> Any:
    return {"configurable": {"thread_id": thread}}


def paused(path: Path) -> None:
    with open_saver(path) as saver:
        graph(saver, pause=True).invoke({"spec": "text"}, config("old"), durability="sync")


def stands(path: Path, thread: str) -> tuple[dict[str, Any], tuple[str, ...], int]:
    with open_saver(path) as saver:
        snapshot = graph(saver).get_state(config(thread))
        return snapshot.values, snapshot.next, len(list(graph(saver).get_state_history(config(thread))))


def test_a_committed_step_outlives_a_process_that_never_closes(tmp_path):
    path = tmp_path / "run.sqlite"
    child = os.fork()
    if child == 0:
        try:
            opened = open_saver(path)
            graph(opened.__enter__(), pause=True).invoke({"spec": "text"}, config("old"), durability="sync")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    values, pending, _ = stands(path, "old")
    assert values["files"] == {"a.go": "1", "b.go": "1"} and pending == ("two",)


def test_the_database_is_read_while_another_writes(tmp_path):
    path = tmp_path / "run.sqlite"
    paused(path)
    with closing(sqlite3.connect(path)) as writer:
        assert writer.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        writer.execute("BEGIN IMMEDIATE")
        assert stands(path, "old")[1] == ("two",)


def test_a_copied_thread_goes_on_apart_from_its_origin(tmp_path):
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    paused(old)
    before = stands(old, "old")
    copy_thread(old, new, "new")
    assert stands(new, "new") == before
    with open_saver(new) as saver:
        values = graph(saver).invoke(None, config("new"))
    assert values["files"] == {"a.go": "2"} and values["outcome"] == "green"
    assert stands(old, "old") == before, "the origin is left alone"
    assert stands(new, "old")[2] == 0, "the copy has the one thread"


def test_a_copy_holds_what_still_lies_in_the_log(tmp_path):
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    with open_saver(old) as saver:
        graph(saver, pause=True).invoke({"spec": "text"}, config("old"), durability="sync")
        assert (tmp_path / "old.sqlite-wal").stat().st_size > 0
        copy_thread(old, new, "new")
    assert stands(new, "new")[0]["files"] == {"a.go": "1", "b.go": "1"}
