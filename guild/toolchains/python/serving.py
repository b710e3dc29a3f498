"""The stage that runs a server: choose the program, start it in a sandbox, and have the probes sent to it."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

from guild.process import Limits
from guild.sandbox import Job
from guild.toolchains import Report
from guild.toolchains.python.commands import Python
from guild.toolchains.python.faults import stable
from guild.toolchains.python.layout import Module, shipped, tree_of
from guild.toolchains.serving import Died, Server, diagnostic, judge, probing, unasked
from guild.values import OracleResult, Probe
from guild.workspace import Workspace, temporary

_SERVES = {"serve_forever", "start_server", "start_unix_server", "create_server"}
_FRAME = re.compile(r'^ +File "(?P<path>[^"]+)", line (?P<line>\d+), in (?P<symbol>\S+)$', re.M)
_RAISED = re.compile(r"^[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt)\b.*$", re.M)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def program(files: Mapping[str, str]) -> Module | None:
    """Return the module that starts a server: one that is named as a start is, else any that has a start."""
    mains = [each for each in shipped(files) if each.main or "__main__" in files[each.path]]
    ordered = sorted(mains, key=lambda each: (not each.main, each.path.count("/"), each.path))
    return next((each for each in ordered if _reaches(each, files)), None)


def serve(python: Python, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
    """Start the server of the project at `root` in a fresh copy, and send it the probes in turn."""
    begun = monotonic()
    files = Workspace(root).read()
    started = program(files) or next((each for each in shipped(files) if each.main), None)
    if started is None:
        found = diagnostic("no main.py that could be started", "no-server", "pyproject.toml")
        return Report(ok=False, diagnostics=(found,), seconds=0.0), unasked(probes)
    with temporary() as copy:
        copy.write(files)
        done = python.run(probing(_job(python, started, copy.root), probes, python.allowance.listening))
        sources = {each.path: files[each.path] for each in shipped(files)}
        server = Server(
            started.path, sources, partial(_death, root=str(copy.root)), partial(stable, root=str(copy.root))
        )
        found, results = judge(done, server, probes)
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun), results


def _job(python: Python, started: Module, root: Path) -> Job:
    """Make the job that starts a program, a package by its name."""
    package = started.name.rpartition(".")[0] if started.path.endswith("/__main__.py") else ""
    return Job(
        argv=(*python.guest("starting"), str(root), started.path, package),
        cwd=root,
        readable=python.readable(root),
        writable=(root,),
        env={**python.environment(root), "PYTHONUNBUFFERED": "1"},
        limits=Limits(memory_bytes=python.allowance.memory_bytes),
    )


def _death(output: str, root: str) -> Died | None:
    """Return what a traceback at the end of the output tells."""
    raised = _RAISED.findall(output)
    if "Traceback (most recent call last)" not in output or not raised:
        return None
    own = [match for match in _FRAME.finditer(output) if match["path"].startswith(f"{root}/")]
    if not own:
        return Died(raised[-1])
    last = own[-1]
    symbol = "" if last["symbol"].startswith("<") else last["symbol"]
    return Died(raised[-1], last["path"].removeprefix(f"{root}/"), int(last["line"]), symbol)


def _reaches(main: Module, files: Mapping[str, str]) -> bool:
    """Tell whether what a module does when it is run reaches a serving call, by names inside the project."""
    bodies: dict[str, list[ast.AST]] = {}
    for module in shipped(files):
        for node in ast.walk(tree_of(files[module.path])):
            if isinstance(node, _Function | ast.ClassDef):
                bodies.setdefault(node.name, []).append(node)
    todo: list[ast.AST] = [node for node in tree_of(files[main.path]).body if not isinstance(node, _Function)]
    seen: set[str] = set()
    while todo:
        fresh = {name for name in _named(todo.pop())} - seen
        seen |= fresh
        todo += [body for name in fresh for body in bodies.get(name, ())]
    return any(name in _SERVES and name not in bodies for name in seen)


def _named(node: ast.AST) -> Iterator[str]:
    """Yield the names that a piece of code uses, those of members too."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Attribute):
            yield each.attr
