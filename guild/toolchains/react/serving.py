"""The stage that runs a server: choose the program, start it in a sandbox, and have the probes sent to it."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from guild.process import Limits
from guild.sandbox import Job
from guild.toolchains import Report
from guild.toolchains.react.commands import Node
from guild.toolchains.react.layout import is_start, shipped
from guild.toolchains.serving import Died, Server, diagnostic, judge, probing, unasked
from guild.values import OracleResult, Probe
from guild.workspace import Workspace, temporary

_LISTENS = re.compile(r"\.listen\(")
_FRAME = re.compile(r"^ +at (?:(?P<symbol>[\w.$]+) \()?(?:file://)?(?P<path>/[^\s:]+):(?P<line>\d+):\d+\)?$", re.M)
_THROWN = re.compile(r"^(?:Uncaught )?\w*(?:Error|Exception)\b.*$", re.M)


def program(files: Mapping[str, str]) -> str:
    """Return the module that starts a server, where the project listens anywhere; empty where there is none."""
    start = next((path for path in shipped(files) if is_start(path) and path.endswith(".js")), "")
    return start if any(_LISTENS.search(files[path]) for path in shipped(files)) else ""


def serve(node: Node, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
    """Start the server of the project at `root` in a fresh copy, and send it the probes in turn."""
    begun = monotonic()
    files = Workspace(root).read()
    started = program(files)
    if not started:
        found = diagnostic("no main.js that listens", "no-server", "package.json")
        return Report(ok=False, diagnostics=(found,), seconds=0.0), unasked(probes)
    with temporary() as copy:
        copy.write(files)
        job = Job(
            argv=(str(node.installation.node), str(copy.root / started)),
            cwd=copy.root,
            readable=node.readable,
            writable=(copy.root,),
            limits=Limits(memory_bytes=node.allowance.memory_bytes),
        )
        done = node.run(probing(job, probes, node.allowance.listening))
        sources = {path: files[path] for path in shipped(files)}
        server = Server(started, sources, partial(_death, root=str(copy.root)), partial(_stable, root=str(copy.root)))
        found, results = judge(done, server, probes)
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun), results


def _death(output: str, root: str) -> Died | None:
    """Return what an error at the end of the output tells."""
    thrown = _THROWN.findall(output)
    if not thrown:
        return None
    own = [match for match in _FRAME.finditer(output) if match["path"].startswith(f"{root}/")]
    if not own:
        return Died(thrown[-1])
    symbol = (own[0]["symbol"] or "").rpartition(".")[2]
    return Died(thrown[-1], own[0]["path"].removeprefix(f"{root}/"), int(own[0]["line"]), symbol)


def _stable(text: str, root: str) -> str:
    return text.replace(f"file://{root}/", "").replace(f"{root}/", "")
