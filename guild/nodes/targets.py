"""What a fixer may aim at: a file and a way to change it, and which files diagnostics point at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guild.state import State
from guild.values import Diagnostic, Plan

Mode = Literal["mend", "anew", "redraw", "whole", "agree"]
"""Mend what is blamed, write those functions or the whole file anew, mend it with all of it in view, or have drafts of
both sides decide."""
_WORD = re.compile(r"\w+")


UNTESTED: frozenset[str] = frozenset({"missing-file", "missing-test", "hollow-test", "skipped-test", "no-proof"})
"""Codes that say what a test file lacks, not what it found."""


def writable(plan: Plan) -> list[str]:
    """Return the paths that a model may write, in order."""
    return [task["path"] for task in plan["tasks"] if task["role"] in ("dev", "test")]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A file to change, and how to go about it."""

    path: str
    mode: Mode
    why: str
    diagnostics: tuple[Diagnostic, ...] = ()
    test: str = ""
    """The test file that disagrees, where both sides are asked."""
    speaker: str = ""
    """Who is asked in the role's place; empty for the role's own model."""
    name: str = ""
    """The declaration that is drawn afresh, where a change is of one."""
    again: int = 0
    """How often this very thing was tried since the Score last rose."""


def named(state: State, said: Sequence[Diagnostic]) -> Iterator[Target]:
    """Give the files that diagnostics name: mended, but drawn afresh where one is not there or does not test."""
    seen: set[str] = set()
    for found in said:
        path = _owner(state, found)
        if path in writable(state["plan"]) and path not in seen:
            seen.add(path)
            of_path = tuple(other for other in said if _owner(state, other) == path)
            afresh = path not in state["files"] or found["code"] in UNTESTED
            yield Target(path=path, mode="redraw" if afresh else "mend", why=found["code"], diagnostics=of_path)


def _owner(state: State, found: Diagnostic) -> str:
    """Return the file that has to change: the one that should declare a missing symbol, else the one that is named."""
    if found["code"] == "undefined" and found["symbol"]:
        for task in state["plan"]["tasks"]:
            promised = " ".join([*task["declares"], *task["signatures"]])
            if task["role"] == "dev" and found["symbol"] in _WORD.findall(promised):
                return task["path"]
    return found["path"]
