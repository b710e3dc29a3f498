"""Run a program under limits: the only door to other programs."""

import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, cast

from guild import cgroups
from guild.limits import Family, Limits, Stopped, kill_marked

__all__ = ["Completed", "Limits", "Stopped", "cancel_all", "durations", "kill_marked", "run", "which"]

_USUAL = Limits()
_TICK = 0.05
"""Seconds between two looks at the clock and at what is in use."""
_POLITE = 0.25
"""Seconds that a program, told to end, has for ending its own children."""
_GRACE = 2.0
"""Seconds that killed programs may take to be gone."""
_PAUSE = 0.005
_CHUNK = 1 << 16
_running: "set[_Child]" = set()
_cancellations = 0
durations: list[float] = []
"""The seconds of each program that has been run since this process began."""


@dataclass(frozen=True, kw_only=True)
class Completed:
    """How a program ended: 127 is a missing program, 126 one that cannot be started, negative a signal."""

    argv: tuple[str, ...]
    returncode: int
    stdout: str
    stderr: str
    seconds: float
    stopped: Stopped
    """The limit that ended it; empty when it ended by itself."""


def run(
    argv: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    limits: Limits = _USUAL,
) -> Completed:
    """Run a program in exactly the given environment, and leave none of its descendants alive."""
    began, cancellations = time.monotonic(), _cancellations
    try:
        child = _Child(argv, cwd, dict(env or {}), stdin.encode("utf-8", "replace"), limits)
    except (OSError, ValueError) as error:
        code = 127 if isinstance(error, FileNotFoundError) else 126
        return Completed(argv=tuple(argv), returncode=code, stdout="", stderr=f"{error}\n", seconds=0.0, stopped="")
    with child.process:
        _running.add(child)
        try:
            stopped = _watch(child, began + limits.seconds, cancellations)
        finally:
            child.end()
            _running.discard(child)
    return Completed(
        argv=tuple(argv),
        returncode=child.process.returncode,
        stdout=child.stdout.decode("utf-8", "replace"),
        stderr=child.stderr.decode("utf-8", "replace"),
        seconds=time.monotonic() - began,
        stopped=stopped or ("output" if child.room < 0 else ""),
    )


def cancel_all() -> None:
    """Kill every program now running; safe in a signal handler and from any thread, since it takes no lock."""
    global _cancellations
    _cancellations += 1
    for child in _running.copy():
        child.kill()


def which(name: str, path: str) -> Path | None:
    """Return the program called `name` in the folders of `path`."""
    found = shutil.which(name, path=path)
    return Path(found).absolute() if found else None


@cache
def bounding() -> tuple[Path, ...]:
    """Return where control groups can be made that programs can enter, found out once by trying it."""
    return tuple(place for place in cgroups.places() if _enters(place))


def _enters(place: Path) -> bool:
    """Try a group in one place, and take away the dead ones there."""
    cgroups.sweep(place)
    group = cgroups.Group((place,), _USUAL)
    with _started(group.entered(("/bin/true",)), None, {}, False) as process:
        process.communicate()
    group.remove()
    return bool(group.folders) and process.returncode == 0


def _started(argv: Sequence[str], cwd: Path | None, env: dict[str, str], heard: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        argv,
        cwd=cwd,
        env=env,
        stdin=subprocess.PIPE if heard else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


class _Child:
    """A running program with its pipes and its descendants."""

    def __init__(
        self, argv: Sequence[str], cwd: Path | None, env: dict[str, str], stdin: bytes, limits: Limits
    ) -> None:
        self.began = time.monotonic()
        self.room = limits.output_bytes
        self.stdout, self.stderr = bytearray(), bytearray()
        self._stdin = memoryview(stdin)
        self.group = cgroups.Group(bounding(), limits)
        try:
            self.process = _started(self.group.entered(argv), cwd, env, bool(stdin))
        except (OSError, ValueError):
            self.group.remove()
            raise
        self._family = Family(self.process.pid, limits)
        self._selector = selectors.DefaultSelector()
        for pipe, sink in ((self.process.stdout, self.stdout), (self.process.stderr, self.stderr)):
            if pipe:
                self._selector.register(pipe, selectors.EVENT_READ, sink)
        if self.process.stdin:
            os.set_blocking(self.process.stdin.fileno(), False)
            self._selector.register(self.process.stdin, selectors.EVENT_WRITE)

    def pump(self) -> None:
        """Move what waits in the pipes, or wait a moment for it."""
        if not self._selector.get_map():
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_TICK)
            return
        for key, _ in self._selector.select(_TICK):
            done = self._feed(key.fd) if key.events == selectors.EVENT_WRITE else self._drain(key.fd, key.data)
            if done:
                self._selector.unregister(key.fileobj)
                cast("IO[bytes]", key.fileobj).close()

    def ended(self) -> bool:
        """Return whether the program itself is gone; what it left behind is not waited for."""
        return self.process.poll() is not None

    def overstepped(self) -> Stopped:
        """Return the limit that the program and its descendants have passed together."""
        self._family.look(self.ended())
        return self.group.overstepped() or self._family.overstepped()

    def kill(self) -> None:
        """Kill the program and its process group, unless its number may belong to another by now."""
        if self.process.returncode is None:
            self._kill_group()

    def end(self) -> None:
        """Kill the whole family, wait until it is gone, and take in what it had printed."""
        deadline = time.monotonic() + _GRACE
        self._family.look(self.ended())
        if not self.ended():
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_POLITE)
        self._kill_group()
        while self._family.kill() and time.monotonic() < deadline:
            time.sleep(_PAUSE)
            self._family.look(self.ended())
        self.group.remove()
        self.process.wait()
        deadline = time.monotonic() + 4 * _TICK
        while self.room >= 0 and self._selector.get_map() and time.monotonic() < deadline:
            self.pump()
        durations.append(time.monotonic() - self.began)
        self._selector.close()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _feed(self, fd: int) -> bool:
        """Write what the pipe takes, and return whether there is nothing left to write or nobody to read it."""
        try:
            self._stdin = self._stdin[os.write(fd, self._stdin[:_CHUNK]) :]
        except BrokenPipeError:
            return True
        return not self._stdin

    def _drain(self, fd: int, sink: bytearray) -> bool:
        """Read what is there, keep what there is room for, and return whether the pipe has ended."""
        chunk = os.read(fd, _CHUNK)
        sink += chunk[: max(self.room, 0)]
        self.room -= len(chunk)
        return not chunk


def _watch(child: _Child, deadline: float, cancellations: int) -> Stopped:
    """Wait for a child's end and return the limit that it reached, if any."""
    look = time.monotonic() + _TICK
    while True:
        child.pump()
        if cancellations != _cancellations:
            return "cancelled"
        if child.room < 0:
            return "output"
        if child.ended():
            return child.group.overstepped()
        if time.monotonic() >= deadline:
            return "time"
        if time.monotonic() >= look:
            look = time.monotonic() + _TICK
            if stopped := child.overstepped():
                return stopped
