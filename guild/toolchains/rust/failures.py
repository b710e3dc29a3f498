"""Turn what failed tests printed into diagnostics: where each failed, in which words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guild.syntax.rust.checks import Check, checks
from guild.syntax.rust.source import each_test
from guild.syntax.rust.tree import tree
from guild.toolchains.rust.events import Session, Trail
from guild.toolchains.rust.layout import is_test
from guild.toolchains.rust.output import diagnostic
from guild.values import Diagnostic

LUCK = "(only in some runs of the same test: it depends on luck, such as the order of a HashMap)"
_LINES = 12
_LETTERS = 400
_FRAMES = 8
_PANIC = re.compile(
    r"^thread '.*?'(?: \(\d+\))? panicked at (?P<path>[^\n:]+):(?P<line>\d+):\d+:\n"
    r"(?P<text>.*?)(?=^stack backtrace:|^note: |\Z)",
    re.M | re.S,
)
_FRAME = re.compile(r"^ +\d+: (?P<symbol>.+)\n +at (?P<path>[^\n:]+):(?P<line>\d+)", re.M)
_UNPANICKED = re.compile(r"^note: (?P<text>test did not panic as expected)", re.M)
_SIDES = re.compile(
    r"^assertion `left (?:==|!=) right` failed(?:: (?P<own>.*?))?\n  left: (?P<left>.*)\n right: (?P<right>.*)", re.S
)
_ASKED = re.compile(r"^(?:assertion |called `(?:Result|Option)::)")
_OVERFLOWN = "has overflowed its stack"
_NOISE = (
    (re.compile(r"\n?^stack backtrace:\n(?:^ +.*\n?)*", re.M), ""),
    (re.compile(r"^note: (?:run with|Some details).*\n?", re.M), ""),
    (re.compile(r"(?<![\w/])/(?:[\w.@-]+/)+project/"), ""),
    (re.compile(r"(?<=')( \(\d+\))(?= panicked)"), ""),
    (re.compile(r"0x[0-9a-f]{5,}"), "0x?"),
    (re.compile(r"/tmp/guild-\w+/?"), ""),
)
_CLOSURE = re.compile(r"(?:::\{\{?closure\}?\})+|::h[0-9a-f]{16}$")


@dataclass(frozen=True)
class Panic:
    """Why a program panicked, where, and the calls of the project that led there, the innermost first."""

    message: str
    path: str
    line: int
    frames: tuple[tuple[str, str, int], ...]


def diagnose(sessions: Mapping[str, Sequence[Session]], files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics of every test that failed in any run, and of what was never told."""
    for path, runs in sessions.items():
        for name in dict.fromkeys(name for session in runs for name in session.trails):
            trails = [session.trails[name] for session in runs if name in session.trails]
            failed = next((trail for trail in trails if trail.outcome in ("failed", "cut")), None)
            if failed:
                lucky = any(trail.outcome == "passed" for trail in trails)
                found = _of_test((path, name), failed, files)
                found["message"] = f"{found['message']} {LUCK}" if lucky else found["message"]
                yield {**found, "test": name}
        for why in {session.unfinished for session in runs if session.unfinished}:
            yield diagnostic(_trimmed([f"the test program {why}"]), "exit", (path, 0, 0), "test")


def panic_in(output: str, files: Mapping[str, str]) -> Panic | None:
    """Return the first panic that an output tells of."""
    match = _PANIC.search(output)
    if match is None:
        return None
    listed = (
        (_symbol(each["symbol"]), _own(each["path"], files), int(each["line"])) for each in _FRAME.finditer(output)
    )
    frames = tuple(dict.fromkeys(each for each in listed if each[1]))
    return Panic(stable(match["text"].strip()), _own(match["path"], files), int(match["line"]), frames)


def stable(text: str) -> str:
    """Return a message without what differs from run to run."""
    for pattern, replacement in _NOISE:
        text = pattern.sub(replacement, text)
    return text


def _own(path: str, files: Mapping[str, str]) -> str:
    """Return the file of the project that a path in a program means, wherever it was compiled."""
    if path.startswith("/"):
        return next((each for each in files if path.endswith(f"/project/{each}")), "")
    return path.removeprefix("./") if path.removeprefix("./") in files else ""


def _symbol(said: str) -> str:
    """Return the declared name in `shapes::Stack::push::{{closure}}`: `Stack.push`."""
    name = _CLOSURE.sub("", said)
    if name.startswith("<"):
        name = name[1:].partition(" as ")[0].partition(">")[0] + "::" + name.rpartition("::")[2]
    parts = re.sub(r"<.*>", "", name).split("::")
    return ".".join(parts[-2:]) if len(parts) > 1 and parts[-2][:1].isupper() else parts[-1]


def _of_test(test: tuple[str, str], trail: Trail, files: Mapping[str, str]) -> Diagnostic:
    """Blame the test's own line for an assertion, else the innermost call of what ships, and list those around it."""
    place = (test[0], _declared(test, files), 0)
    found = panic_in(trail.said, files)
    if trail.outcome == "cut":
        return _of_cut(test, trail, place)
    if found is None:
        unpanicked = _UNPANICKED.search(trail.said)
        words = [unpanicked["text"]] if unpanicked else trail.said.splitlines()[:_LINES]
        return diagnostic(_trimmed(words) or "failed without a message", "assertion", place, "test")
    asked = _check_at(files.get(found.path, ""), found.line)
    if asked or (is_test(found.path) and _ASKED.match(found.message)):
        return diagnostic(_compared(found, asked), "assertion", (found.path, found.line, 0), "test")
    ships = [frame for frame in found.frames if not is_test(frame[1])]
    symbol, *where = (ships or [*found.frames, ("", found.path or place[0], found.line)])[0]
    if ships and found.path == ships[0][1]:
        where = [found.path, found.line]
    listed = [f"at {name} ({path}:{line})" for name, path, line in found.frames[:_FRAMES]]
    message = _trimmed([f"panicked: {found.message}", *listed])
    return {**diagnostic(message, "panic", (str(where[0]), int(where[1]), 0), "test"), "symbol": symbol}


def _of_cut(test: tuple[str, str], trail: Trail, place: tuple[str, int, int]) -> Diagnostic:
    if trail.stopped == "time":
        return {**diagnostic("did not end in time", "timeout", place, "test"), "symbol": test[1]}
    if trail.stopped:
        return diagnostic(f"stopped at the limit of {trail.stopped}", "limit", place, "test")
    if _OVERFLOWN in trail.said:
        return diagnostic("panicked: the stack overflowed, by a recursion without end", "panic", place, "test")
    return diagnostic("the test program ended while this test ran (process::exit)", "exit", place, "test")


def _compared(found: Panic, asked: Check | None) -> str:
    """Return what an assertion says: what was asked, what came, and what was wanted."""
    sides = _SIDES.match(found.message)
    if asked is None or sides is None:
        return _trimmed([found.message if asked is None else f"{asked.asked.text}: {found.message}"])
    turned = asked.want is not None and asked.asked.at > asked.want.at
    got, want = (sides["right"], sides["left"]) if turned else (sides["left"], sides["right"])
    sign = "not " if asked.kind == "unlike" else ""
    own = [sides["own"]] if sides["own"] else []
    return _trimmed([f"{asked.asked.text}: got {got}, want {sign}{want}", *own])


def _check_at(text: str, line: int) -> Check | None:
    parsed = tree(text)
    return next((each for each in checks(parsed) if each.statement.start_point.row + 1 == line), None)


def _declared(test: tuple[str, str], files: Mapping[str, str]) -> int:
    path, name = test
    return next((node.start_point.row + 1 for each, node in each_test(tree(files.get(path, ""))) if each == name), 0)


def _trimmed(lines: Sequence[str]) -> str:
    lines = [line for text in lines for line in text.splitlines()]
    kept = lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"... {len(lines) - _LINES + 1} more lines"]
    return stable("\n".join(line[:_LETTERS] for line in kept)).strip()
