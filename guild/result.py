"""How a sitting of a run ended, and what `--json` prints of it."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired

from typing_extensions import TypedDict

from guild.handover import Handover
from guild.manifest import Manifest
from guild.records import Records
from guild.state import State
from guild.upholding import Altered, altered
from guild.values import STAGES, Dispute, Kind
from guild.workspace import Workspace


class Change(TypedDict):
    """What a run did to a project that was there, or would have done where it is not green."""

    changed: list[str]
    renamed: list[str]
    proof: list[str]
    """Tests that fail on the project as it was and pass now."""
    altered: list[Altered]
    """Lines of the user's own tests that are others now."""
    diff: str
    commit: str
    """The id of the commit; empty where none was asked for."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """How a sitting of a run ended."""

    manifest: Manifest
    state: State
    change: Change | None = None
    """What became of a project that was there; None for a build."""


class Told(TypedDict):
    """What `build --json` prints of a sitting."""

    run: str
    outcome: str
    score: dict[str, int | None] | None
    """Each stage and the total and max; None before the first Verdict."""
    rounds: int
    tokens: int
    seconds: float
    out: str
    files: list[str]
    disputes: list[Dispute]
    """Wanted values of tests that fresh drafts speak against."""
    errand: NotRequired[Kind]
    """What was done about a project that was there."""
    change: NotRequired[Change]


def told(result: Result) -> Told:
    """Sum a sitting up as `build --json` prints it."""
    state, manifest = result.state, result.manifest
    spent = state.get("spent")
    score = state["verdict"]["score"] if "verdict" in state else None
    summed = Told(
        run=manifest["run"],
        outcome=manifest["outcome"],
        score={name: score[name] for name in (*STAGES, "total", "max")} if score else None,
        rounds=len(state.get("rounds", [])),
        tokens=spent["prompt_tokens"] + spent["completion_tokens"] if spent else 0,
        seconds=manifest["seconds"],
        out=manifest["out"],
        files=sorted(state.get("files", {})),
        disputes=state.get("disputes", []),
    )
    if result.change is None:
        return summed
    return {**summed, "errand": manifest["errand"]["kind"], "change": result.change}


def changed(records: Records, state: State) -> Change:
    """Return what a run's files are beside those that it found."""
    before = _found(records)
    after = state.get("files") or before
    return Change(
        renamed=state.get("renamed", []),
        proof=state.get("proof", []),
        altered=altered(before, after),
        diff="".join(unified(before, after)),
        changed=sorted(path for path in {*before, *after} if before.get(path) != after.get(path)),
        commit="",
    )


def change_of(records: Records) -> str:
    """Return the diff between the project that a run found and the one that it ended with."""
    before = _found(records)
    return "".join(unified(before, Workspace(records.folder / "files").read() or before))


def _found(records: Records) -> dict[str, str]:
    return Handover(records, Path(records.manifest()["out"])).taken()


def unified(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a unified diff between two Projects, as `git apply` takes them."""
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old != new:
            sides = (f"a/{path}" if old is not None else "/dev/null", f"b/{path}" if new is not None else "/dev/null")
            lines = difflib.unified_diff((old or "").splitlines(True), (new or "").splitlines(True), *sides)
            yield from (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
