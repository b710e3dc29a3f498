"""Isolation on macOS by its `sandbox-exec`: a profile that allows the system, the job's paths and loopback."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guild import process
from guild.errors import SandboxError
from guild.process import Completed
from guild.sandbox.job import ANNOUNCED, Job, bounded, told
from guild.sandbox.private import private

PROGRAM = Path("/usr/bin/sandbox-exec")
_PROFILE = Path(__file__).parent / "seatbelt.sb"


class Seatbelt:
    """Runs commands under a profile of the kernel of macOS."""

    name = "seatbelt"

    def run(self, job: Job) -> Completed:
        """Run a job that can open the system's programs, the paths that it names, and nothing else."""
        if sys.platform != "darwin":
            raise SandboxError("seatbelt: is of macOS, and was not tried")
        with private("guild-seatbelt-") as (folder, env):
            limits = replace(job.limits, folders=(folder, *job.writable))
            argv = (str(PROGRAM), "-p", profile(job, folder), *bounded(job.argv, first=ANNOUNCED))
            done = process.run(argv, cwd=job.cwd, env={**env, **job.env}, stdin=job.stdin, limits=limits)
        return told(replace(done, argv=job.argv), self.name)


def profile(job: Job, folder: Path) -> str:
    """Return the profile of a job that has `folder` for itself; later rules beat earlier ones."""
    return "\n".join((_PROFILE.read_text("utf-8"), *_rules(job, folder)))


def _rules(job: Job, folder: Path) -> Iterator[str]:
    for path in (job.cwd, *job.readable):
        yield f"(allow file-read* process-exec* (subpath {_quoted(path)}))"
    for path in (folder, *job.writable):
        yield f"(allow file-read* file-write* process-exec* (subpath {_quoted(path)}))"


def _quoted(path: Path) -> str:
    """Return a path as the profile writes it: with every link resolved, since the kernel asks by real paths."""
    text = str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
