"""Run a test file with every check watched: what each of its cases got, whether it failed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guild.syntax.react.watching import watched
from guild.toolchains import Seen
from guild.toolchains.react.commands import Node
from guild.toolchains.react.layout import REACT
from guild.workspace import temporary

_SIGHT = "guild_sight.jsonl"


def watch(node: Node, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
    """Return what the checks of a test file saw, other test files left out; None where it cannot be loaded."""
    shown = {other: text for other, text in files.items() if not REACT.is_test(other)}
    shown[path] = watched(files[path])
    asked = node.testing([path], setup=["watching.cjs"])
    with temporary() as place:
        place.write(shown)
        told = node.ask("testing", place.root, asked, seconds=node.allowance.watched)
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
