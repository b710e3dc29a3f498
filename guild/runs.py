"""List runs, find one, and list the steps that one can be forked at."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from guild.errors import RunNotFound
from guild.records import Records, run_folders

if TYPE_CHECKING:
    from pathlib import Path

    from langgraph.types import StateSnapshot

LAST = "last"
"""What a user says for the newest run."""


class RunSummary(TypedDict):
    """One line of `guild runs`; a run that was killed is `interrupted`, one that somebody works on is `running`."""

    run: str
    name: str
    outcome: str
    round: int
    started: str
    out: str


class Step(TypedDict):
    """A checkpoint that a run can be forked at: the node that made it, and what would come next."""

    step: int
    node: str
    next: list[str]
    made: str
    checkpoint: str


def list_runs(home: Path) -> list[RunSummary]:
    """Sum up the runs below a home, newest first; a folder without a readable manifest is none."""
    runs: list[RunSummary] = []
    for folder in run_folders(home):
        with suppress(RunNotFound):
            runs.append(_summary(Records(folder)))
    return sorted(runs, key=lambda run: run["started"], reverse=True)


def find(home: Path, run: str) -> Records:
    """Find a run by its id, by a beginning of it that no other has, or by `last`."""
    folders = {folder.name: folder for folder in run_folders(home)}
    if run == LAST:
        names = [summary["run"] for summary in list_runs(home)[:1]]
    else:
        names = [name for name in folders if name == run] or [name for name in folders if name.startswith(run)]
    if len(names) != 1:
        raise RunNotFound(_not_found(run, names, sorted(folders, reverse=True)))
    return Records(folders[names[0]])


def steps_of(history: Iterable[StateSnapshot]) -> list[Step]:
    """Shape a thread's checkpoints, newest first as langgraph gives them, into the steps that led to the newest."""
    snapshots = list(history)
    by_checkpoint = {_checkpoint(snapshot.config): snapshot for snapshot in snapshots}
    steps: list[Step] = []
    current = snapshots[0] if snapshots else None
    while current is not None:
        parent = by_checkpoint.get(_checkpoint(current.parent_config))
        steps.append(_step(current, parent))
        current = parent
    return [step for step in reversed(steps) if step["node"] != "input"]


def _summary(records: Records) -> RunSummary:
    manifest = records.manifest()
    rounds = (int(event["round"]) for event in records.events() if event["kind"] in ("verdict", "gate"))
    return {
        "run": records.folder.name,
        "name": manifest["name"],
        "outcome": "running" if records.held() else manifest["outcome"] or "interrupted",
        "round": max(rounds, default=0),
        "started": manifest["started"],
        "out": manifest["out"],
    }


def _not_found(run: str, fitting: list[str], there: list[str]) -> str:
    if fitting:
        return f"{run!r} fits {len(fitting)} runs: {', '.join(fitting)}"
    if not there:
        return f"no run {run!r}: there are none yet"
    return f"no run {run!r}: there are {', '.join(there[:5])}" + (", ..." if there[5:] else "")


def _checkpoint(config: Any) -> str:
    return str(config["configurable"].get("checkpoint_id", "")) if config else ""


def _step(snapshot: StateSnapshot, parent: StateSnapshot | None) -> Step:
    metadata: Any = snapshot.metadata or {}
    source = str(metadata.get("source", ""))
    return {
        "step": int(metadata.get("step", -1)),
        "node": ", ".join(parent.next) if source == "loop" and parent else source,
        "next": list(snapshot.next),
        "made": snapshot.created_at or "",
        "checkpoint": _checkpoint(snapshot.config),
    }
