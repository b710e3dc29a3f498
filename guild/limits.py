"""What programs may use, and the family of processes that is watched for it, also where a control group holds it."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

Stopped = Literal["", "time", "output", "memory", "processes", "disk", "cancelled"]

_THREADS = 16
"""Threads that a family may have for each process that it may have."""
_INODE = 4096
"""Bytes that a file counts for at least, since a disk runs out of files too."""
_SWEEPS = 20
"""Looks for marked processes before those that multiply faster are given up."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a program and all its descendants may use together."""

    seconds: float = 60.0
    output_bytes: int = 4_000_000
    """Bytes of stdout and stderr together."""
    memory_bytes: int = 2 << 30
    """Memory in use, held by a control group or looked at: address space is free, since Go reserves a lot of it."""
    processes: int = 512
    disk_bytes: int = 4 << 30
    """How much may be written, and how much less room there may be on the disks of `folders` than at the beginning."""
    folders: tuple[Path, ...] = ()

    @property
    def tasks(self) -> int:
        """How many processes and threads there may be together."""
        return self.processes * _THREADS


class Family:
    """A program and its descendants: who they are, and what they use together."""

    def __init__(self, pid: int, limits: Limits) -> None:
        self._pid, self._limits = pid, limits
        self._known: dict[int, psutil.Process] = {}
        self._room = {folder: _room(folder) for folder in limits.folders}
        self._written: dict[psutil.Process, int] = {}

    def look(self, ended: bool) -> None:
        """Find who is alive now, from the program down unless it has ended, and remember them."""
        known, tree = self._known, {} if ended else _tree(self._pid)
        for pid in known.keys() - tree.keys():
            tree.update(_tree(pid) if _alive(known[pid]) else {})
        self._known = {pid: one for pid, one in tree.items() if _alive(one)}

    def overstepped(self) -> Stopped:
        """Return the limit that those who were found have passed together."""
        resident, threads = _sums(self._known.values())
        if resident > self._limits.memory_bytes:
            return "memory"
        if len(self._known) > self._limits.processes or threads > self._limits.tasks:
            return "processes"
        return "disk" if self._room and self._disk() > self._limits.disk_bytes else ""

    def _disk(self) -> int:
        """Return the bytes written, or the room that is gone: neither sees all of it."""
        self._written.update({one: _written(one) for one in self._known.values()})
        gone = max(_used(begun, _room(place)) for place, begun in self._room.items())
        return max(gone, sum(self._written.values()))

    def kill(self) -> bool:
        """Kill those who were found, and return whether there were any."""
        _kill(self._known.values())
        return bool(self._known)


def kill_marked(mark: str) -> None:
    """Kill every process whose environment holds `mark`, a `NAME=value`: daemons that left their family."""
    name, _, value = mark.partition("=")
    for _ in range(_SWEEPS):
        processes = psutil.process_iter(["environ"], ad_value={})
        found = [one for one in processes if one.info["environ"].get(name) == value]
        if not found:
            return
        _kill(found)


def _room(folder: Path) -> tuple[int, int]:
    """Return the bytes and the files that a folder's disk still takes."""
    with suppress(OSError):
        found = os.statvfs(folder)
        return found.f_bavail * found.f_frsize, found.f_favail
    return 0, 0


def _written(process: psutil.Process) -> int:
    """Return the bytes that a process had written to disks, where the system tells."""
    with suppress(psutil.Error, AttributeError):
        return process.io_counters().write_bytes
    return 0


def _used(begun: tuple[int, int], now: tuple[int, int]) -> int:
    return max(begun[0] - now[0], (begun[1] - now[1]) * _INODE)


def _sums(processes: Iterable[psutil.Process]) -> tuple[int, int]:
    """Return the resident bytes and the threads of all processes together."""
    resident = threads = 0
    for one in processes:
        with suppress(psutil.Error), one.oneshot():
            resident += one.memory_info().rss
            threads += one.num_threads()
    return resident, threads


def _tree(pid: int) -> dict[int, psutil.Process]:
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        return {one.pid: one for one in (root, *root.children(recursive=True))}
    return {}


def _alive(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _kill(processes: Iterable[psutil.Process]) -> None:
    for one in processes:
        with suppress(psutil.Error):
            one.kill()
