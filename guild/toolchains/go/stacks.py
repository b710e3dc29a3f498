"""Read the goroutine stacks that a Go program prints when it dies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DEATH = re.compile(r"^(?P<kind>panic|fatal error|WARNING): (?P<text>.+?)(?: \[recovered(?:, repanicked)?\])?$", re.M)
_FILE = re.compile(r"^\s+(?P<path>\S+\.go):(?P<line>\d+)(?: \+0x[0-9a-f]+)?$")
_CLOSURE = re.compile(r"(?:\.func\d+|\.gowrap\d+|\.\d+|-range\d+)+$")
_NOISE = (
    (re.compile(r"\b0x[0-9a-f]{5,}\??"), "0x?"),
    (re.compile(r"\b0xc[0-9a-f]+"), "0x?"),
    (re.compile(r"\bgoroutine \d+"), "goroutine"),
    (re.compile(r" \(\d+\.\d+s\)"), ""),
    (re.compile(r"\b\d+\.\d{3,}(ns|µs|ms|s)\b"), r"?\1"),
    (re.compile(r" \[signal \S+: [^\]]*\]"), ""),
    (re.compile(r"/tmp/[\w.-]*\d[\w.-]*"), "/tmp/?"),
)


@dataclass(frozen=True)
class Frame:
    """One call on a stack that lies in the project: its function, its file below the root, its line."""

    symbol: str
    path: str
    line: int


@dataclass(frozen=True)
class Death:
    """Why a program died: `panic`, `timeout`, `deadlock`, `fatal` or `race`, in whose words, and where."""

    code: str
    message: str
    frames: tuple[Frame, ...]


def death(output: str, module: str) -> Death | None:
    """Return the first death that a program's output tells of, with the project's frames of its stacks."""
    match = _DEATH.search(output)
    if match is None or (match["kind"] == "WARNING" and match["text"] != "DATA RACE"):
        return None
    text = stable(match["text"])
    frames = tuple(_frames(output[match.end() :], module))
    return Death(_code(match["kind"], text), _worded(match["kind"], text), frames)


def stable(text: str) -> str:
    """Return a message without what differs from run to run: durations, addresses, goroutines, temporary folders."""
    for pattern, replacement in _NOISE:
        text = pattern.sub(replacement, text)
    return text


def _code(kind: str, text: str) -> str:
    if kind == "WARNING":
        return "race"
    if text.startswith("test timed out"):
        return "timeout"
    if "all goroutines are asleep" in text:
        return "deadlock"
    return "panic" if kind == "panic" else "fatal"


def _worded(kind: str, text: str) -> str:
    return "DATA RACE" if kind == "WARNING" else f"{kind}: {text}"


def _frames(stacks: str, module: str) -> Iterator[Frame]:
    """Yield the project's frames, the innermost of the first stack before all others, each place once."""
    seen: set[tuple[str, int]] = set()
    called = ""
    for line in stacks.splitlines():
        match = _FILE.match(line)
        if match is None:
            called = line.strip()
        elif match["path"].startswith(f"{module}/") and not called.startswith("created by"):
            place = match["path"].removeprefix(f"{module}/"), int(match["line"])
            if place not in seen:
                seen.add(place)
                yield Frame(_symbol(called), *place)


def _symbol(called: str) -> str:
    """Return the declared name in a line such as `ex.dev/m.(*T).At.func1(...)`: `T.At`."""
    name = called.replace("[...]", "").rpartition("/")[2].partition(".")[2]
    if name.startswith("("):
        receiver, _, rest = name[1:].partition(")")
        method = rest.lstrip(".").partition("(")[0]
        return _CLOSURE.sub("", f"{receiver.lstrip('*')}.{method}")
    return _CLOSURE.sub("", name.partition("(")[0])
