"""Control groups: where the kernel itself holds a program and all its descendants to their memory and their number.

The two versions differ in the names of files alone: a group is given what the files that it has ask for.
"""

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePath

import psutil

from guild.limits import Limits, Stopped

_PREFIX = "guild-job-"
"""What the names of our groups begin with; the number of the process that made them follows."""
_ASIDE = "guild-self"
"""Where guild goes itself in version 2, in which a group with processes may not bound those below it."""
_CONTROLLERS = {"memory", "pids"}
_EVENTS: tuple[tuple[str, str, Stopped], ...] = (
    ("memory.oom_control", "oom_kill", "memory"),
    ("memory.events", "oom_kill", "memory"),
    ("pids.events", "max", "processes"),
)
"""The files that count what was refused, the word before the count, and the limit that it is told as."""
_GRACE = 2.0
"""Seconds that killed processes may take to be gone."""
_PAUSE = 0.005
_numbers = count()


class Group:
    """A fresh control group for one program, in each tree that has a place for it; where it cannot be made, nothing."""

    def __init__(self, places: Iterable[Path], limits: Limits) -> None:
        name = f"{_PREFIX}{os.getpid()}-{next(_numbers)}"
        self.folders = [place / name for place in places]
        try:
            for folder in self.folders:
                folder.mkdir()
                self.bound(folder, limits)
        except OSError:
            self.remove()
            self.folders = []

    def bound(self, folder: Path, limits: Limits) -> None:
        """Write limits into the files that a folder has for them; OSError where it has none."""
        memory = str(limits.memory_bytes)
        wanted = {
            **{"memory.limit_in_bytes": memory, "memory.memsw.limit_in_bytes": memory},
            **{"memory.max": memory, "memory.swap.max": "0", "memory.oom.group": "1"},
            "pids.max": str(limits.tasks),
        }
        found = {folder / name: value for name, value in wanted.items() if (folder / name).exists()}
        for path, value in found.items():
            path.write_text(value)
        if not found:
            raise FileNotFoundError(f"{folder} bounds neither memory nor processes")

    def entered(self, argv: Sequence[str]) -> Sequence[str]:
        """Return the command that enters the group before it becomes another."""
        if not self.folders:
            return argv
        enter = 'echo 0 >"$1" && shift && ' * len(self.folders)
        doors = (str(_door(folder)) for folder in self.folders)
        return "/bin/sh", "-c", f'{enter}unset PWD OLDPWD && exec "$@"', "sh", *doors, *argv

    def overstepped(self) -> Stopped:
        """Return the limit at which the kernel has refused something, or ended somebody."""
        for name, word, limit in _EVENTS:
            if any(_counted(folder / name, word) for folder in self.folders):
                return limit
        return ""

    def remove(self) -> None:
        """Kill who is still in the group, and take it away."""
        _remove(self.folders)


def places(root: Path = Path("/")) -> Iterator[Path]:
    """Yield the control groups that this process is in, in the trees below root that know of memory or processes."""
    own: dict[str, str] = {}
    for line in _lines(root / "proc/self/cgroup"):
        _, names, path = line.split(":", 2)
        own |= dict.fromkeys(names.split(","), path)
    for line in _lines(root / "proc/self/mountinfo"):
        mount, _, tree = line.partition(" - ")
        top, point = mount.split()[3:5]
        kind, _, options = tree.split(" ", 2)
        known = {"cgroup": _CONTROLLERS.intersection(options.split(",")), "cgroup2": {""}}.get(kind)
        path = own.get(min(known, default="none"), "") if known else ""
        if PurePath(path).is_relative_to(top) and ".." not in path:
            folder = root / point[1:] / PurePath(path).relative_to(top)
            with suppress(OSError):
                yield folder if kind == "cgroup" else _delegated(folder)


def sweep(place: Path) -> None:
    """Take away the groups whose maker was killed before it could."""
    for folder in place.glob(f"{_PREFIX}*"):
        if not psutil.pid_exists(int(folder.name.removeprefix(_PREFIX).partition("-")[0])):
            _remove([folder])


def _delegated(own: Path) -> Path:
    """Return the group of version 2 whose members may be bounded, after stepping aside where we are in its way."""
    place = own.parent if own.name == _ASIDE else own
    there, handed_on = (
        {*(place / f"cgroup.{name}").read_text().split()} for name in ("controllers", "subtree_control")
    )
    if lacking := sorted(_CONTROLLERS & there - handed_on):
        aside = place / _ASIDE
        aside.mkdir(exist_ok=True)
        (aside / "cgroup.procs").write_text("0")
        try:
            (place / "cgroup.subtree_control").write_text(" ".join(f"+{name}" for name in lacking))
        except OSError:
            (place / "cgroup.procs").write_text("0")
            aside.rmdir()
            raise
    return place


def _remove(folders: Iterable[Path]) -> None:
    """Kill all that are in groups, and take these away with those that were made below them."""
    left = [Path(found) for folder in folders for found, _, _ in os.walk(folder, topdown=False)]
    for most in [file for folder in left if (file := folder / "pids.max").exists()]:
        with suppress(OSError):
            most.write_text("0")
    deadline = time.monotonic() + _GRACE
    while left := [folder for folder in left if not _gone(folder)]:
        if time.monotonic() > deadline:
            return
        time.sleep(_PAUSE)


def _gone(folder: Path) -> bool:
    """Kill all that are in one group, and return whether it could be taken away."""
    # One that cannot be seen from here is listed as 0, which `kill` takes for the caller's own process group.
    for pid in {*_lines(folder / "cgroup.procs")} - {"0"}:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(int(pid), signal.SIGKILL)
    with suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _door(folder: Path) -> Path:
    """Return the file by which one enters a group: 0 moves who writes it, in version 1 at once if it is one thread."""
    thread = folder / "tasks"
    return thread if thread.exists() else folder / "cgroup.procs"


def _counted(path: Path, word: str) -> int:
    """Return the count that stands behind a word in a file; 0 without it."""
    return next((int(line.split()[1]) for line in _lines(path) if line.startswith(f"{word} ")), 0)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:
        return []
