"""Ways to run generated code: what every sandbox does, and the one that works here."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from guild.errors import SandboxError
from guild.process import Limits, which
from guild.sandbox import bubblewrap
from guild.sandbox.container import Container
from guild.sandbox.host import HostSandbox
from guild.sandbox.job import Job, Sandbox
from guild.sandbox.landlock import Landlock
from guild.sandbox.mend import UNSAFE, mend
from guild.sandbox.seatbelt import Seatbelt
from guild.settings import search_path
from guild.workspace import temporary

__all__ = ["KINDS", "Job", "Sandbox", "first_working", "open_sandbox"]

_HOST = HostSandbox()
_BY_DEFAULT = {"linux": ("bubblewrap", "landlock"), "darwin": ("seatbelt",)}
"""What is tried in turn where nobody chooses."""


def _containers(name: str) -> Callable[[str], list[Sandbox]]:
    return lambda path: [Container(program)] if (program := which(name, path)) else []


KINDS: Mapping[str, Callable[[str], list[Sandbox]]] = {
    "bubblewrap": lambda path: [bubblewrap.Bubblewrap(program) for program in bubblewrap.programs(path)],
    "landlock": lambda _: [Landlock()],
    "docker": _containers("docker"),
    "podman": _containers("podman"),
    "seatbelt": lambda _: [Seatbelt()],
}
"""The sandboxes of each name that a PATH offers."""
_LACKING = {"bubblewrap": "run `pip install 'guild[local]'`"}


def open_sandbox(name: str = "auto", *, unsafe_host: bool = False) -> Sandbox:
    """Return the sandbox of a name, or the first that works here, found out once; SandboxError says how to mend it."""
    return _HOST if unsafe_host or name == "host" else _opened(name, search_path())


def first_working(found: Mapping[str, Sequence[Sandbox]]) -> Sandbox:
    """Return the first sandbox, of those found under each name, that runs a real command in isolation."""
    faults: list[str] = []
    for name, sandboxes in found.items():
        if not sandboxes:
            faults.append(f"there is no {name}: {_LACKING.get(name, 'install it')}")
        elif name == "bubblewrap":
            faults.append(mend())
        for sandbox in sandboxes:
            fault = _fault(sandbox)
            if not fault:
                return sandbox
            faults.append(fault)
    raise SandboxError(f"generated code cannot be isolated: {'; '.join(faults)}; {UNSAFE}")


@cache
def _opened(name: str, path: str) -> Sandbox:
    names = _BY_DEFAULT.get(sys.platform, ()) if name == "auto" else (name,)
    if not KINDS.keys() & {*names}:
        raise SandboxError(f"no sandbox {name} on {sys.platform}: there are {', '.join(KINDS)}; {UNSAFE}")
    return first_working({each: KINDS[each](path) for each in names})


def _fault(sandbox: Sandbox) -> str:
    """Return why a sandbox does not run a command, in one line; empty when it does."""
    with temporary() as workspace:
        job = Job(argv=("/bin/sh", "-c", "echo $USER"), cwd=workspace.root, limits=Limits(seconds=20))
        try:
            done = sandbox.run(job)
        except (SandboxError, OSError) as error:
            return str(error)
    return "" if done.stdout == "guild\n" else f"{sandbox.name} ended with {done.stopped or done.returncode}"
