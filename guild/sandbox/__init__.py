"""Ways to run generated code: what every sandbox does, and the one that works here."""

import sys
from functools import cache
from pathlib import Path

from guild.errors import SandboxError
from guild.process import Limits
from guild.sandbox import bubblewrap
from guild.sandbox.host import HostSandbox
from guild.sandbox.job import Job, Sandbox
from guild.sandbox.mend import UNSAFE, mend
from guild.settings import search_path
from guild.workspace import temporary

__all__ = ["Job", "Sandbox", "first_working", "open_sandbox"]

_HOST = HostSandbox()


def open_sandbox(*, unsafe_host: bool = False) -> Sandbox:
    """Return the sandbox that works here, found out once; SandboxError says what is missing and how to mend it."""
    if unsafe_host:
        return _HOST
    if sys.platform != "linux":
        raise SandboxError(f"generated code can be isolated on Linux only: run guild there, or say it: {UNSAFE}")
    return _isolated(search_path())


def first_working(programs: list[Path]) -> Sandbox:
    """Return a sandbox around the first `bwrap` that runs a real command in isolation."""
    if not programs:
        raise SandboxError(f"no bwrap to isolate generated code with: run `pip install 'guild[local]'`; {UNSAFE}")
    faults: list[str] = []
    for program in programs:
        sandbox = bubblewrap.Bubblewrap(program)
        fault = _fault(sandbox)
        if not fault:
            return sandbox
        faults.append(fault)
    raise SandboxError(f"generated code cannot be isolated: {mend()}; {UNSAFE} ({'; '.join(faults)})")


@cache
def _isolated(path: str) -> Sandbox:
    return first_working(bubblewrap.programs(path))


def _fault(sandbox: Sandbox) -> str:
    """Return why a sandbox does not run a command, in one line; empty when it does."""
    with temporary() as workspace:
        job = Job(argv=("/bin/sh", "-c", "echo $USER"), cwd=workspace.root, limits=Limits(seconds=20))
        try:
            done = sandbox.run(job)
        except SandboxError as error:
            return str(error)
    return "" if done.stdout == "guild\n" else f"{sandbox.name} ended with {done.stopped or done.returncode}"
