"""The stage that runs a server: start it in a sandbox of its own, wait until it listens, and send it the probes."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path
from time import monotonic
from typing import cast

from typing_extensions import TypedDict

from guild.process import Completed, Limits
from guild.sandbox import Job
from guild.syntax import go as syntax
from guild.toolchains import Report
from guild.toolchains.go.commands import UNIFORM, Go
from guild.toolchains.go.layout import Package, module_path, packages
from guild.toolchains.go.output import Origin, never_mute, read
from guild.toolchains.go.stacks import death, stable
from guild.values import Diagnostic, OracleResult, Probe
from guild.workspace import Workspace, temporary

_PER_PROBE = 6
_TAIL = 12
"""Lines of a dead server's output that its diagnostic keeps."""


class _Answer(TypedDict):
    """What came back on one probe: its status, 0 for none, and the beginning of its body or the fault."""

    status: int
    body: str


class _Said(TypedDict):
    """What the prober saw: the port where the server listens, its exit code if it ended, its output, the answers."""

    port: int
    exit: int | None
    output: str
    answers: list[_Answer]


@dataclass(frozen=True)
class _Server:
    """The program that serves: its package, and the project's files."""

    package: Package
    files: Mapping[str, str]

    @property
    def main_file(self) -> str:
        """The file that holds the program's main."""
        declaring = (path for path in self.package.sources if "func main(" in self.files[path])
        return next(declaring, self.package.sources[0])

    def handler_file(self, path: str) -> str:
        """Return the file that speaks of a request's path, the program's main file where none does."""
        first = path.strip("/").split("/")[0].split("?")[0]
        shipped = [each for each in sorted(self.files) if each.endswith(".go") and not each.endswith("_test.go")]
        naming = (each for each in shipped if first and f"/{first}" in self.files[each])
        return next(naming, self.main_file)


def serve(go: Go, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
    """Build the server of the project at `root`, start it in a fresh copy, and send it the probes in turn."""
    begun = monotonic()
    files = Workspace(root).read()
    server = _server(files)
    if server is None:
        found = _diagnostic("no package main that could be started", "no-server", "go.mod")
        return Report(ok=False, diagnostics=(found,), seconds=0.0), _unasked(probes)
    with temporary() as scratch, temporary() as copy:
        binary = scratch.root / "server"
        arguments = ["build", *UNIFORM, "-o", str(binary), f"./{server.package.folder}"]
        built = go.compile(arguments, root, scratch=scratch.root)
        if built.returncode != 0:
            said = read(built.stderr, Origin(root, packages(files)), "run")
            failed = Report(ok=False, diagnostics=never_mute(said, built, "run"), seconds=monotonic() - begun)
            return failed, _unasked(probes)
        copy.write(files)
        done = go.run(_job(go, binary, copy.root, probes))
    found, results = _judge(done, server, probes)
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun), results


def _server(files: Mapping[str, str]) -> _Server | None:
    """Choose the program to start: of several the one at the root, else the first that serves."""
    mains = [package for package in packages(files) if package.name == "main" and package.sources]
    rest = [package for package in mains if package.folder != "."]
    for package in (*(each for each in mains if each.folder == "."), *rest):
        others = {path for other in mains if other is not package for path in other.sources}
        if len(mains) == 1 or syntax.reaches_server({p: text for p, text in files.items() if p not in others}):
            return _Server(package, files)
    return _Server(mains[0], files) if mains else None


def _job(go: Go, binary: Path, root: Path, probes: Sequence[Probe]) -> Job:
    """Make the job that runs the prober, and the server below it, in one sandbox."""
    python = Path(sys.executable).resolve()
    prober = Path(str(resources("guild.sandbox").joinpath("prober.py")))
    asked = {"argv": [str(binary)], "seconds": go.allowance.listening, "probes": [dict(probe) for probe in probes]}
    return Job(
        argv=(str(python), "-I", "-S", "-B", str(prober)),
        cwd=root,
        readable=(Path(sys.base_prefix), python.parent, prober, binary.parent),
        writable=(root,),
        env={"GOROOT": str(go.installation.root)},
        limits=Limits(
            seconds=go.allowance.listening + 5 + _PER_PROBE * len(probes), memory_bytes=go.allowance.memory_bytes
        ),
        stdin=json.dumps(asked),
    )


def _judge(
    done: Completed, server: _Server, probes: Sequence[Probe]
) -> tuple[list[Diagnostic], tuple[OracleResult, ...]]:
    try:
        said = cast("_Said", json.loads(done.stdout))
    except ValueError:
        what = f"reached its limit of {done.stopped}" if done.stopped else f"could not be asked: {done.stderr[-300:]}"
        return [_diagnostic(f"the server {what}", "limit", server.main_file)], _unasked(probes)
    if not said["port"]:
        return [_not_listening(said, server)], _unasked(probes)
    results = tuple(_result(probe, answer) for probe, answer in zip(probes, said["answers"], strict=True))
    return list(_failures(results, probes, said, server)), results


def _not_listening(said: _Said, server: _Server) -> Diagnostic:
    """Say that the server ended, or that it never listened, with the end of what it printed."""
    died = death(said["output"], module_path(server.files))
    ended = f"the server ended with exit code {said['exit']} before it listened"
    what = ended if said["exit"] is not None else "the server did not listen on any port"
    tail = [] if died else said["output"].splitlines()[-_TAIL:]
    words = [what, *([died.message] if died else []), *tail]
    frame = died.frames[0] if died and died.frames else None
    found = _diagnostic(stable("\n".join(words)), "exit" if said["exit"] is not None else "no-listener", "")
    found["path"], found["line"] = (frame.path, frame.line) if frame else (server.main_file, 0)
    found["symbol"] = frame.symbol if frame else "main"
    return found


def _result(probe: Probe, answer: _Answer) -> OracleResult:
    request = f"{probe['method']} {probe['path']} {probe['body']}".rstrip()
    ok = answer["status"] == probe["status"]
    body = " ".join(answer["body"].split())[:200]
    got = f"status {answer['status']}" if answer["status"] else "no answer"
    message = "" if ok else stable(f"{request}: got {got}{f' ({body})' if body else ''}, want status {probe['status']}")
    return OracleResult(oracle=f"{request} -> {probe['status']}", line=probe["line"], ok=ok, message=message)


def _failures(
    results: Sequence[OracleResult], probes: Sequence[Probe], said: _Said, server: _Server
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each probe that was not answered as wanted, and one for a server that died."""
    for result, probe in zip(results, probes, strict=True):
        if not result["ok"]:
            yield _diagnostic(result["message"], "probe", server.handler_file(probe["path"]))
    if said["exit"] is not None:
        tail = "\n".join(said["output"].splitlines()[-_TAIL:])
        message = stable(f"the server ended with exit code {said['exit']} while it was asked\n{tail}")
        yield _diagnostic(message, "exit", server.main_file)


def _unasked(probes: Sequence[Probe]) -> tuple[OracleResult, ...]:
    """Return the results of probes that were never sent."""
    return tuple(
        {**_result(probe, _Answer(status=0, body="")), "ok": None, "message": "not asked: the server does not listen"}
        for probe in probes
    )


def _diagnostic(message: str, code: str, path: str) -> Diagnostic:
    return Diagnostic(path=path, line=0, column=0, symbol="", code=code, message=message.strip(), stage="run")
