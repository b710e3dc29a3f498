"""Read what a test program told: which tests ran, how each ended, and what ended the program before its time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guild.syntax.react.tests import each_test
from guild.syntax.react.tree import tree
from guild.toolchains.react.commands import Told
from guild.toolchains.react.layout import tests

_NOISE = ((re.compile(r"\(?\d+(?:\.\d+)? ?ms\)?"), "? ms"), (re.compile(r"/tmp/[\w.-]*\d[\w.-]*"), "/tmp/?"))


@dataclass(frozen=True)
class Frame:
    """One call on a stack that lies in the project."""

    path: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What was thrown, in whose words, and the project's frames around it, the innermost first."""

    type: str
    message: str
    frames: tuple[Frame, ...] = ()
    matched: bool = False
    """Whether an expectation did not hold."""
    got: str = ""
    want: str = ""


@dataclass
class Trail:
    """How one test ended in one run: `passed`, `failed`, `skipped`, or `cut` where the program ended while it ran."""

    path: str
    title: str
    line: int
    outcome: str = "cut"
    faults: tuple[Fault, ...] = ()


@dataclass
class Session:
    """What one run told: each test by its number, the files that could not be loaded."""

    trails: dict[str, Trail] = field(default_factory=dict[str, Trail])
    broken: dict[str, Fault] = field(default_factory=dict[str, Fault])
    through: set[str] = field(default_factory=set[str])
    """The files of which all was told."""
    left: Fault | None = None
    """How the program ended before all was told, where no test and no file can be blamed for it."""


def taken(session: Session, told: Told, root: str) -> bool:
    """Take in what a program told, and say whether it came to its end."""
    running, collecting, hangs = "", "", False
    for line in told.lines:
        hangs = hangs or "hangs" in line
        if "collecting" in line:
            collecting = line["collecting"]
        elif "broken" in line:
            session.broken[line["broken"]] = read(line["fault"], root)
            collecting = ""
        elif "through" in line:
            session.through.add(line["through"])
        elif "begin" in line:
            running, collecting = line["begin"], ""
            session.trails[running] = Trail(line["path"], line["title"], int(line["line"]))
        elif "end" in line:
            _ended(session, line, root)
            running = ""
        elif line.get("finished") and not running:
            return True
    left = _left(told, hangs=hangs)
    if running:
        session.trails[running].faults = (left,)
    elif collecting:
        session.broken[collecting] = left
    else:
        session.left = left
    return False


def read(said: Mapping[str, Any], root: str) -> Fault:
    """Read what a guest told of a fault in the project at `root`."""
    frames = tuple(Frame(path, line) for path, line in said["frames"])
    stable = {key: _stable(str(said.get(key, "")), root) for key in ("message", "got", "want")}
    return Fault(str(said["type"]), frames=frames, matched=bool(said.get("matched")), **stable)


def placed(session: Session, files: Mapping[str, str]) -> Iterator[tuple[Trail, str, int | None]]:
    """Yield the trails of a session, each with its title as it is written, and its row where the test has several."""
    written = {
        (path, found.statement.start_point.row + 1): found
        for path in tests(files)
        for found in each_test(tree(files[path]))
    }
    seen: dict[tuple[str, int], int] = {}
    for trail in session.trails.values():
        at = trail.path, trail.line
        found = written.get(at)
        row = seen.get(at, 0)
        seen[at] = row + 1
        several = found is not None and found.rows is not None
        yield trail, found.title if found else trail.title, row if several else None


def _ended(session: Session, line: Mapping[str, Any], root: str) -> None:
    trail = session.trails.get(line["end"])
    if trail is not None:
        trail.outcome = line["outcome"]
        trail.faults = tuple(read(each, root) for each in line["faults"])


def _left(told: Told, *, hangs: bool) -> Fault:
    if hangs:
        return Fault("Hang", "timeout: it does not come to an end")
    limit = told.done.stopped
    if limit:
        return Fault("Limit", f"the test program was stopped at its limit of {limit}")
    said = next((line["failed"].splitlines()[0] for line in told.lines if "failed" in line), "")
    return Fault("Exit", f"the test program ended before its time {said}".strip())


def _stable(text: str, root: str) -> str:
    """Return a message without what differs from run to run or from machine to machine."""
    text = text.replace(f"{root}/", "")
    for pattern, replacement in _NOISE:
        text = pattern.sub(replacement, text)
    return text
