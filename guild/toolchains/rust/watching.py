"""Run a test file with every check watched: what each of its cases got, whether it failed."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as resources
from pathlib import Path
from string import Template
from typing import Any

from guild.syntax.rust.watching import watched
from guild.toolchains import Seen
from guild.toolchains.rust.commands import Rust
from guild.toolchains.rust.layout import completed, is_test
from guild.toolchains.rust.output import read
from guild.toolchains.rust.running import start
from guild.workspace import temporary

SECONDS = 8
"""What a watched run may take: draws that hang are common, and say nothing by hanging longer."""
_SIGHT = "guild_sight.jsonl"


def watch(rust: Rust, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
    """Return what the checks of a test file saw, other test files left out; None where it does not compile."""
    shown = completed({other: text for other, text in files.items() if not is_test(other)})
    module = Template(resources("guild.toolchains.rust").joinpath("watch.tmpl").read_text("utf-8"))
    shown[path] = _with_macros(watched(files[path]), module.substitute(name=_SIGHT))
    with rust.placed(shown) as at, temporary() as copy:
        told = read(rust.cargo(["build", "--tests", "--keep-going"], at), at.root, shown, "test")
        program = told.programs.get(path)
        if program is None:
            return None
        copy.write(shown)
        start(rust, program, copy.root, [], seconds=min(SECONDS, rust.allowance.tests))
        for each in told.programs.values():
            each.unlink(missing_ok=True)
        return tuple(_seen(copy.root / _SIGHT))


def _with_macros(text: str, module: str) -> str:
    """Return a test file with what watches it: macros are known only below where they stand."""
    inner = [line for line in text.splitlines(keepends=True) if line.startswith(("#![", "//!"))]
    rest = [line for line in text.splitlines(keepends=True) if line not in inner]
    return "".join([*inner, module, *rest])


def _seen(report: Path) -> Iterator[Seen]:
    """Read what was reported; the program under test can write there too, so that what cannot be read is passed by."""
    lines = report.read_text("utf-8", "replace").splitlines() if report.is_file() else []
    for line in lines:
        try:
            said: Any = json.loads(line)
            yield Seen(int(said["check"]), str(said["row"]), bool(said["failed"]), str(said["got"]), str(said["want"]))
        except (ValueError, KeyError, TypeError):
            continue
