"""What every sandbox is given and does."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from guild.errors import SandboxError
from guild.process import Completed, Limits

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where programs are looked for unless a job says otherwise."""
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
"""Where the system's own programs lie."""
_BEGUN = "guild: begun\n"
"""The first line of every job's output: without it, what failed is the sandbox and not the job."""
TABLES = Path(__file__).parent / "etc"
"""The few files of `/etc` that programs expect: `localhost` has an address, the user a name."""
ANNOUNCED = f"echo '{_BEGUN.strip()}'"
"""The shell command that prints it."""
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


def told(done: Completed, sandbox: str) -> Completed:
    """Return how a job that announced itself ended; SandboxError for one that was never begun."""
    if not done.stdout.startswith(_BEGUN) and not done.stopped:
        said = " ".join(done.stderr.split())
        raise SandboxError(f"{sandbox}: {said or f'exit code {done.returncode}'}")
    return replace(done, stdout=done.stdout.removeprefix(_BEGUN))
