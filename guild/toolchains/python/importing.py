"""The stage that builds: every module that ships is imported for itself, and what it is sure to lack is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from guild.process import Completed
from guild.toolchains import Report
from guild.toolchains.python import faults
from guild.toolchains.python.commands import Python
from guild.toolchains.python.layout import Module, shipped
from guild.values import Diagnostic, Stage
from guild.workspace import Workspace, temporary

_LEAST = 120
"""Seconds that the whole has, however few modules there are: each has a clock of its own, which this one outlasts."""
_TOLERATED = ("timeout", "exit")
"""What a program's start may do when it is imported: it is meant to be run."""


@dataclass(frozen=True)
class Imported:
    """What was found, and the paths of the modules in which nothing was."""

    diagnostics: tuple[Diagnostic, ...]
    sound: frozenset[str]


def build(python: Python, root: Path) -> Report:
    """Import what ships."""
    begun = monotonic()
    files = Workspace(root).read()
    said = imported(python, files, shipped(files), "build")
    return Report(
        ok=not said.diagnostics,
        diagnostics=said.diagnostics,
        seconds=monotonic() - begun,
        packages=len(said.sound),
    )


def imported(python: Python, files: Mapping[str, str], wanted: Sequence[Module], stage: Stage) -> Imported:
    """Import modules of a copy of the project, each in a process of its own."""
    if not wanted:
        return Imported((), frozenset())
    asked = {
        "modules": [{"path": each.path, "name": each.name, "folder": each.folder} for each in wanted],
        "seconds": python.allowance.imports,
        "memory": python.allowance.memory_bytes // 2,
        "preload": ["pytest"] if any(each.test for each in wanted) else [],
    }
    with temporary() as copy:
        copy.write(files)
        told = python.ask("importing", copy.root, asked, seconds=_LEAST + python.allowance.imports * len(wanted))
        said = {
            each: [
                faults.diagnosed(faults.read(line["fault"], str(copy.root)), each.path, files, stage)
                for line in told.lines
                if line["path"] == each.path and "fault" in line
            ]
            for each in wanted
        }
    found = {each: [one for one in said[each] if not (each.main and one["code"] in _TOLERATED)] for each in wanted}
    for each in wanted:
        if not any(line["path"] == each.path for line in told.lines):
            found[each] = [_unsaid(told.done, each.path, stage)]
    sound = frozenset(each.path for each in wanted if not found[each])
    return Imported(tuple(faults.distinct(one for each in wanted for one in found[each])), sound)


def _unsaid(done: Completed, path: str, stage: Stage) -> Diagnostic:
    """Say that the whole was ended before it came to a module."""
    limit = f"stopped at its limit of {done.stopped}" if done.stopped else f"python ended with {done.returncode}"
    said = done.stderr.strip()[-400:]
    return faults.diagnostic(f"{limit} {said}".strip(), "limit" if done.stopped else "other", (path, 0, 0), stage)
