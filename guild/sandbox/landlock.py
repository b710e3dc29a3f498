"""Isolation by Landlock and seccomp, where namespaces are refused: rights on paths, and a warden for the rest."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guild import process
from guild.errors import SandboxError
from guild.process import Completed
from guild.sandbox import filters
from guild.sandbox.job import ANNOUNCED, SYSTEM, Job, bounded, told
from guild.sandbox.private import private
from guild.sandbox.warden import kernel
from guild.sandbox.warden.numbers import MACHINE, MACHINES

OLDEST = 3
"""The Landlock of Linux 6.2: older ones let any file of the user be truncated."""
_WARDEN = "import sys; sys.path.append({!r}); from warden import main; main(sys.argv[1:])"
_ETC = ("alternatives", "ld.so.cache", "hosts", "nsswitch.conf", "localtime", "protocols", "services")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_OWN = 2
"""Processes of a job that are the sandbox's: the warden, and the shell that becomes the job."""


class Landlock:
    """Runs commands with rights on the paths that a job names, below a warden of their own."""

    name = "landlock"

    def __init__(self, abi: int | None = None) -> None:
        self.abi = abi if abi is not None else kernel.abi() if sys.platform == "linux" else 0

    def run(self, job: Job) -> Completed:
        """Run a job that can open the system's programs, the paths that it names, and nothing else."""
        if self.abi < OLDEST or MACHINE not in MACHINES:
            raise SandboxError(f"landlock: Linux 6.2 or newer, on {' or '.join(MACHINES)}, with landlock in its lsm=")
        with private("guild-landlock-") as (folder, env):
            limits = replace(job.limits, folders=(folder, *job.writable))
            argv = (*_warden(), *self._policy(job, folder), "--", *bounded(job.argv, first=ANNOUNCED))
            done = process.run(argv, cwd=job.cwd, env={**env, **job.env}, stdin=job.stdin, limits=limits)
        return told(replace(done, argv=job.argv), self.name)

    def filter(self) -> bytes:
        """Return the filter of a job's system calls."""
        return filters.confinement(self.abi)

    def _policy(self, job: Job, folder: Path) -> Iterator[str]:
        yield from ("--abi", str(self.abi), "--filter", self.filter().hex())
        yield from ("--processes", str(job.limits.processes - _OWN))
        for path in (job.cwd, *job.readable, *_system()):
            yield from ("--read", str(path))
        for path in (folder, *job.writable):
            yield from ("--write", str(path.resolve()))
        for name in _DEVICES:
            yield from ("--device", f"/dev/{name}")


def _warden() -> tuple[str, ...]:
    """Return the command that starts a warden, by the interpreter that runs guild, without any package."""
    return str(Path(sys.executable).resolve()), "-I", "-S", "-c", _WARDEN.format(str(Path(__file__).parent))


def _system() -> Iterator[Path]:
    """Yield what every program may read; `/proc` tells the names of other processes, and nothing of what they hold."""
    named = (*SYSTEM, *(f"/etc/{name}" for name in _ETC), "/proc", "/sys/kernel/mm", "/sys/devices/system/cpu")
    yield from (path for name in named if (path := Path(name)).exists())
