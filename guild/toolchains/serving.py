"""Servers of any language: the prober starts one in a sandbox and asks it, what it saw is read here."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files as resources
from pathlib import Path
from typing import cast

from typing_extensions import TypedDict

from guild.process import Completed, Limits
from guild.sandbox import Job
from guild.values import Diagnostic, OracleResult, Probe

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
class Died:
    """Why a server died, and the innermost place of the project where it did; no path where none is known."""

    message: str
    path: str = ""
    line: int = 0
    symbol: str = ""


@dataclass(frozen=True)
class Server:
    """A program that serves: the file that starts it, the files that ship, and how its language tells of a death."""

    main_file: str
    shipped: Mapping[str, str]
    death: Callable[[str], Died | None]
    stable: Callable[[str], str]
    """Takes out of a message what differs from run to run."""

    def handler_file(self, path: str) -> str:
        """Return the file that speaks of a request's path, the program's main file where none does."""
        first = path.strip("/").split("/")[0].split("?")[0]
        naming = (each for each in sorted(self.shipped) if first and f"/{first}" in self.shipped[each])
        return next(naming, self.main_file)


def probing(job: Job, probes: Sequence[Probe], listening: int) -> Job:
    """Turn the job that starts a server into one that starts it below the prober, in one sandbox."""
    python = Path(sys.executable).resolve()
    prober = Path(str(resources("guild.sandbox").joinpath("prober.py")))
    asked = {"argv": list(job.argv), "seconds": listening, "probes": [dict(probe) for probe in probes]}
    seconds = listening + 5 + _PER_PROBE * len(probes)
    return replace(
        job,
        argv=(str(python), "-I", "-S", "-B", str(prober)),
        readable=(Path(sys.base_prefix), python.parent, prober, *job.readable),
        limits=Limits(seconds=seconds, memory_bytes=job.limits.memory_bytes),
        stdin=json.dumps(asked),
    )


def judge(
    done: Completed, server: Server, probes: Sequence[Probe]
) -> tuple[list[Diagnostic], tuple[OracleResult, ...]]:
    """Read what the prober saw."""
    try:
        said = cast("_Said", json.loads(done.stdout))
    except ValueError:
        what = f"reached its limit of {done.stopped}" if done.stopped else f"could not be asked: {done.stderr[-300:]}"
        return [diagnostic(f"the server {what}", "limit", server.main_file)], unasked(probes)
    if not said["port"]:
        return [_not_listening(said, server)], unasked(probes)
    asked = zip(probes, said["answers"], strict=True)
    results = tuple(_result(probe, answer, server.stable) for probe, answer in asked)
    return list(_failures(results, probes, said, server)), results


def unasked(probes: Sequence[Probe]) -> tuple[OracleResult, ...]:
    """Return the results of probes that were never sent."""
    return tuple(
        {
            **_result(probe, _Answer(status=0, body=""), str),
            "ok": None,
            "message": "not asked: the server does not listen",
        }
        for probe in probes
    )


def diagnostic(message: str, code: str, path: str) -> Diagnostic:
    """Make a diagnostic of this stage."""
    return Diagnostic(path=path, line=0, column=0, symbol="", code=code, message=message.strip(), stage="run")


def _not_listening(said: _Said, server: Server) -> Diagnostic:
    """Say that the server ended, or that it never listened, with the end of what it printed."""
    died = server.death(said["output"])
    ended = f"the server ended with exit code {said['exit']} before it listened"
    what = ended if said["exit"] is not None else "the server did not listen on any port"
    tail = [] if died else said["output"].splitlines()[-_TAIL:]
    words = [what, *([died.message] if died else []), *tail]
    code = "exit" if said["exit"] is not None else "no-listener"
    found = diagnostic(server.stable("\n".join(words)), code, server.main_file)
    found["symbol"] = "main"
    if died and died.path:
        found["path"], found["line"], found["symbol"] = died.path, died.line, died.symbol
    return found


def _result(probe: Probe, answer: _Answer, stable: Callable[[str], str]) -> OracleResult:
    request = f"{probe['method']} {probe['path']} {probe['body']}".rstrip()
    ok = answer["status"] == probe["status"]
    body = " ".join(answer["body"].split())[:200]
    got = f"status {answer['status']}" if answer["status"] else "no answer"
    message = "" if ok else stable(f"{request}: got {got}{f' ({body})' if body else ''}, want status {probe['status']}")
    return OracleResult(oracle=f"{request} -> {probe['status']}", line=probe["line"], ok=ok, message=message)


def _failures(
    results: Sequence[OracleResult], probes: Sequence[Probe], said: _Said, server: Server
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each probe that was not answered as wanted, and one for a server that died."""
    for result, probe in zip(results, probes, strict=True):
        if not result["ok"]:
            yield diagnostic(result["message"], "probe", server.handler_file(probe["path"]))
    if said["exit"] is not None:
        tail = "\n".join(said["output"].splitlines()[-_TAIL:])
        message = server.stable(f"the server ended with exit code {said['exit']} while it was asked\n{tail}")
        yield diagnostic(message, "exit", server.main_file)
