"""What guests share: a place in which the project runs as a user would run it, and a line to those who asked."""

import json
import os
import signal
import site
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from traceback import walk_tb
from types import FrameType, TracebackType
from typing import Any

Tell = Callable[[dict[str, Any]], None]

_MOST_FRAMES = 40
_MOST_TEXT = 2000
_AGAIN = 1.0
_TICK = 0.05
SYNTAX = ("lineno", "offset", "filename")
NAMES = ("name", "path")


class Hang(BaseException):
    """Ends what takes too long, whatever exceptions it catches."""


class Caught:
    """Holds whatever a project's code raises, SystemExit too."""

    error: BaseException | None = None

    def __enter__(self) -> "Caught":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        self.error = error
        return True


def prepared() -> tuple[dict[str, Any], Tell]:
    """Read what is asked, give the project's folders to the import system, and take stdout out of its reach."""
    asked: dict[str, Any] = json.load(sys.stdin)
    line = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    root, layer = Path(asked["root"]), asked["layer"]
    folders = [str(folder) for folder in (root, root / "src") if folder.is_dir()]
    own = (str(Path(__file__).parent.parent), layer)
    sys.path[:] = [*folders, *(path for path in sys.path if path not in own), layer]
    # Without `site` nobody has set these, which programs take for a part of the language.
    site.setquit()
    word = asked.pop("word")
    return asked, lambda said: send(line, f"{word}{json.dumps(said)}\n".encode())


def alarmed(seconds: float) -> None:
    """Have a Hang raised in some seconds, and again where that ends nothing; 0 takes it back."""
    begun = clock()

    def hang(number: int, frame: FrameType | None) -> None:
        left = seconds - (clock() - begun)
        if left <= _TICK:
            raise Hang(f"takes more than {seconds} s")
        signal.setitimer(signal.ITIMER_REAL, left, _AGAIN)

    signal.signal(signal.SIGALRM, hang)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN if seconds else 0)


def clock(process: int | str = "self") -> float:
    """Return the time in seconds without that for which a process waited for a processor: a busy machine is no hang."""
    try:
        waited = int(Path(f"/proc/{process}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        waited = 0.0
    return time.monotonic() - waited


def send(line: int, data: bytes) -> None:
    """Write all of it."""
    while data:
        data = data[os.write(line, data) :]


def told(error: BaseException, root: str) -> dict[str, Any]:
    """Return what a fault says of itself, and which of its frames lie in the project, the innermost last."""
    caught, said = Caught(), ""
    with caught:
        said = str(error)[:_MOST_TEXT]
    syntax = isinstance(error, SyntaxError)
    return {
        "type": type(error).__name__,
        "message": error.msg if isinstance(error, SyntaxError) else said,
        "frames": list(frames(error.__traceback__, root))[-_MOST_FRAMES:],
        **{name: _plain(getattr(error, name, None)) for name in (SYNTAX if syntax else NAMES)},
        "kind": next((base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"), ""),
    }


def frames(trace: TracebackType | None, root: str) -> Iterator[tuple[str, int, str]]:
    """Yield the places of a traceback that lie below `root`: path, line, function; repetitions once."""
    seen: set[tuple[str, int]] = set()
    for frame, line in walk_tb(trace):
        name = frame.f_code.co_filename
        if name.startswith(f"{root}/") and (name, line) not in seen:
            seen.add((name, line))
            yield name.removeprefix(f"{root}/"), line, frame.f_code.co_qualname


def _plain(value: object) -> str | int | None:
    return value if isinstance(value, str | int) else None
