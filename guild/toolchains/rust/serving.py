"""The stage that runs a server: build it, start it in a sandbox of its own, and have the probes sent to it."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from guild.process import Limits
from guild.sandbox import Job
from guild.toolchains import Report
from guild.toolchains.rust.commands import Rust
from guild.toolchains.rust.failures import panic_in, stable
from guild.toolchains.rust.layout import MANIFEST, roots, shipped
from guild.toolchains.rust.output import read
from guild.toolchains.serving import Died, Server, diagnostic, judge, probing, unasked
from guild.values import OracleResult, Probe
from guild.workspace import Workspace, temporary

_LISTENS = re.compile(r"\bTcpListener::bind\b")
_MAIN = re.compile(r"^\s*(?:pub )?fn main\(", re.M)


def program(files: Mapping[str, str]) -> str:
    """Return the file that a program begins with, of several the one at the root; nothing where there is none."""
    return next((path for path in roots(files) if _MAIN.search(files[path]) and not path.endswith("lib.rs")), "")


def serves(files: Mapping[str, str]) -> bool:
    """Say whether the project is a program, and something of it listens."""
    return bool(program(files)) and any(_LISTENS.search(text) for text in shipped(files).values())


def serve(rust: Rust, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
    """Build the server of the project at `root`, start it in a fresh copy, and send it the probes in turn."""
    begun = monotonic()
    files = Workspace(root).read()
    started = program(files)
    if not started:
        found = diagnostic("no src/main.rs that could be started", "no-server", MANIFEST)
        return Report(ok=False, diagnostics=(found,), seconds=0.0), unasked(probes)
    with rust.placed(files) as at, temporary() as copy:
        told = read(rust.cargo(["build", "--bins"], at), at.root, files, "run")
        if started not in told.programs:
            return Report(ok=False, diagnostics=told.diagnostics, seconds=monotonic() - begun), unasked(probes)
        copy.write(files)
        done = rust.run(probing(_job(rust, told.programs[started], copy.root), probes, rust.allowance.listening))
    server = Server(started, shipped(files), partial(_death, files=files), stable)
    found, results = judge(done, server, probes)
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun), results


def _job(rust: Rust, server: Path, root: Path) -> Job:
    """Make the job that starts the server."""
    return Job(
        argv=(str(server),),
        cwd=root,
        readable=(server,),
        writable=(root,),
        env={"RUST_BACKTRACE": "1"},
        limits=Limits(memory_bytes=rust.allowance.memory_bytes),
    )


def _death(output: str, files: Mapping[str, str]) -> Died | None:
    """Return what a panic in the output tells."""
    found = panic_in(output, files)
    if found is None:
        return None
    symbol = next((name for name, path, _ in found.frames if path == found.path), "")
    return Died(f"panicked: {found.message}", found.path, found.line, symbol)
