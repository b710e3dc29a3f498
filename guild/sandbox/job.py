"""What every sandbox is given and does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from guild.process import Completed, Limits

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where programs are looked for unless a job says otherwise."""
_BLOCKS = 4 << 20
"""Of 512 bytes each: the size of the largest file that a job may write."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One command for a sandbox, with all that it may see; paths are the same inside and outside."""

    argv: tuple[str, ...]
    cwd: Path
    """Seen at least for reading."""
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    """Added to the little that a sandbox sets by itself: HOME, TMPDIR, PATH, LANG, USER."""
    limits: Limits = field(default_factory=Limits)
    stdin: str = ""


class Sandbox(Protocol):
    """Runs commands that nobody has read before."""

    name: str

    def run(self, job: Job) -> Completed:
        """Run a job to its end or its limits; SandboxError when it could not even be started."""
        ...


def bounded(argv: tuple[str, ...], *, first: str = ":") -> tuple[str, ...]:
    """Return the argv that runs another after a shell command, without core dumps or endless files."""
    return "/bin/sh", "-c", f'{first}; ulimit -c 0; ulimit -f {_BLOCKS}; exec "$@"', "sh", *argv
