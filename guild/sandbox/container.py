"""Isolation by Docker or Podman, by choice: an image with nothing in it, the machine's own programs mounted into it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from guild import process
from guild.errors import SandboxError
from guild.process import Completed, Limits
from guild.sandbox.job import ANNOUNCED, PATH, SYSTEM, TABLES, Job, bounded, told
from guild.settings import environment

_IMAGE = "guild-nothing"
_EMPTY_ARCHIVE = "\0" * 10240
_HOME = "/home/guild"
_SHARED_BYTES = 64 << 20
_KILLED = 137


class Container:
    """Runs commands in fresh containers, through `docker` or `podman`."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.name = program.name

    def run(self, job: Job) -> Completed:
        """Run a job that sees the system's programs, the paths that it names, and nothing else."""
        name = f"guild-{uuid4().hex}"
        options = (*_isolation(job), *_limits(job.limits), *_paths(job), *_environment(job))
        command = ("run", "--interactive", "--name", name, *options, self._image, *bounded(job.argv, first=ANNOUNCED))
        limits = replace(job.limits, folders=job.writable)
        try:
            done = process.run((str(self.program), *command), env=environment(), stdin=job.stdin, limits=limits)
            # Engines forget to say that it was for memory; nobody else kills the first process of a container.
            if done.returncode == _KILLED and not done.stopped:
                done = replace(done, stopped="memory")
        finally:
            self._ask("rm", "--force", name)
        return told(replace(done, argv=job.argv), self.name)

    @cached_property
    def _image(self) -> str:
        """The image with nothing in it, made where it is not there yet."""
        if not self._ask("images", "--quiet", _IMAGE).strip():
            self._ask("import", "-", _IMAGE, stdin=_EMPTY_ARCHIVE)
        return _IMAGE

    def _ask(self, *arguments: str, stdin: str = "") -> str:
        done = process.run((str(self.program), *arguments), env=environment(), stdin=stdin, limits=Limits(seconds=30))
        if done.returncode:
            raise SandboxError(f"{self.name}: start its service, or choose another: {' '.join(done.stderr.split())}")
        return done.stdout


def _isolation(job: Job) -> Iterator[str]:
    yield from ("--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")
    yield from ("--user", f"{os.getuid()}:{os.getgid()}", "--hostname", "guild", "--workdir", str(job.cwd))
    yield from ("--tmpfs", f"/tmp:exec,mode=1777,size={job.limits.memory_bytes}")
    yield from ("--tmpfs", f"{_HOME}:exec,mode=1777,size={_SHARED_BYTES}")


def _limits(limits: Limits) -> Iterator[str]:
    yield from ("--pids-limit", str(limits.tasks))
    yield from ("--memory", str(limits.memory_bytes), "--memory-swap", str(limits.memory_bytes))


def _paths(job: Job) -> Iterator[str]:
    """Yield the mounts of a job, outer before inner; a path that is named twice is writable."""
    shared = [Path(name) for name in SYSTEM if Path(name).is_dir()]
    modes = {**dict.fromkeys((job.cwd, *shared, *job.readable), ",readonly"), **dict.fromkeys(job.writable, "")}
    for path in sorted(modes, key=lambda path: len(path.parts)):
        yield from ("--mount", f"type=bind,source={path},target={path}{modes[path]}")
    for table in sorted(TABLES.iterdir()):
        yield from ("--mount", f"type=bind,source={table},target=/etc/{table.name},readonly")


def _environment(job: Job) -> Iterator[str]:
    own = {"HOME": _HOME, "TMPDIR": "/tmp", "PATH": PATH, "LANG": "C.UTF-8", "USER": "guild"}
    for name, value in {**own, **job.env}.items():
        yield from ("--env", f"{name}={value}")
