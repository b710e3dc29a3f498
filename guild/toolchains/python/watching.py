"""Run a test file with every check watched: what each of its cases got, whether it failed."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from guild.syntax.python.watching import watched
from guild.toolchains import Seen
from guild.toolchains.python.commands import Python
from guild.toolchains.python.layout import is_test
from guild.workspace import temporary

SECONDS = 8
"""What a watched run may take: draws that hang are common, and say nothing by hanging longer."""
_SIGHT = "guild_sight.jsonl"
_WATCH = "guild_watch.py"
"""At the root, which is on the path of every test."""


def watch(python: Python, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
    """Return what the checks of a test file saw, other test files left out; None where it cannot be imported."""
    shown = {other: text for other, text in files.items() if not is_test(other) or other.endswith("conftest.py")}
    shown[path] = watched(files[path])
    shown[_WATCH] = resources("guild.toolchains.python").joinpath("watch.tmpl").read_text("utf-8")
    with temporary() as place:
        place.write(shown)
        told = python.ask("testing", place.root, python.testing([path]), seconds=SECONDS)
        if any("broken" in line for line in told.lines) or not any("begin" in line for line in told.lines):
            return None
        return tuple(_seen(place.root / _SIGHT))


def _seen(report: Path) -> Iterator[Seen]:
    """Read what was reported; the program under test can write there too, so that what cannot be read is passed by."""
    lines = report.read_text("utf-8", "replace").splitlines() if report.is_file() else []
    for line in lines:
        try:
            said: Any = json.loads(line)
            yield Seen(int(said["check"]), str(said["row"]), bool(said["failed"]), str(said["got"]), str(said["want"]))
        except (ValueError, KeyError, TypeError):
            continue
