"""Run a test file with every check watched: what each of its cases got, whether it failed."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from pathlib import Path
from posixpath import dirname, join
from string import Template
from typing import Any

from guild.syntax.go import parse
from guild.syntax.go.watching import watched
from guild.toolchains import Seen
from guild.toolchains.go.commands import Go
from guild.toolchains.go.layout import packages
from guild.toolchains.go.running import compile_tests, run_binary
from guild.workspace import temporary

SECONDS = 8
"""What a watched run may take: draws that hang are common, and say nothing by hanging longer."""
_SIGHT = "guild_sight.jsonl"
_BESIDE = "guild_watch_test.go"


def watch(go: Go, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
    """Return what the checks of a test file saw, other test files left out; None where it does not compile."""
    folder = dirname(path)
    shown = {other: text for other, text in files.items() if not other.endswith("_test.go")}
    shown[path] = watched(files[path])
    shown[join(folder, _BESIDE)] = _beside(parse(files[path]).package)
    package = next((each for each in packages(shown) if path in each.tests), None)
    if package is None:
        return None
    with temporary() as place, temporary() as scratch:
        place.write(shown)
        compiled = compile_tests(go, place.root, scratch.root, [package])
        for tested, binary in compiled.binaries:
            run_binary(go, place.root, tested, (str(binary), "-test.count=1"), seconds=min(SECONDS, go.allowance.tests))
            return tuple(_seen(place.root / folder / _SIGHT))
    return None


def _beside(package: str) -> str:
    template = resources("guild.toolchains.go").joinpath("watch.tmpl").read_text("utf-8")
    return Template(template).substitute(package=package, name=_SIGHT)


def _seen(report: Path) -> Iterator[Seen]:
    """Read what was reported; the program under test can write there too, so that what cannot be read is passed by."""
    lines = report.read_text("utf-8", "replace").splitlines() if report.is_file() else []
    for line in lines:
        try:
            said: Any = json.loads(line)
            yield Seen(int(said["check"]), str(said["row"]), bool(said["failed"]), str(said["got"]), str(said["want"]))
        except (ValueError, KeyError, TypeError):
            continue
