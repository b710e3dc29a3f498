"""Turn what failed tests told into diagnostics: where each failed, in which words."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from guild.toolchains.python import faults
from guild.toolchains.python.events import Session, Trail, name_of
from guild.toolchains.python.faults import Fault
from guild.toolchains.python.layout import is_test, tree_of
from guild.values import Diagnostic

LUCK = "(only in some runs of the same test: it depends on luck, such as the order of a set)"
_LINES = 20
_LETTERS = 400
_FRAMES = 8
_NOT_RAISED = "DID NOT RAISE"
_ENDS = ("timeout", "exit", "limit")
_NAMED = re.compile(r"(?:::|\()(test_\w+)")
_WHERE = re.compile(r"^ \+ +(?:where|and) +(.*)$")


def diagnose(sessions: Sequence[Session], files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics of every test that failed in any run, and of what was never told."""
    for test, trail, lucky in _worst(sessions):
        yield from _of_test(test, trail, LUCK if lucky else "", files)
    for session in sessions:
        for path, fault in session.broken.items():
            yield _of_file(path, fault, files)
        if session.left:
            yield faults.diagnosed(session.left, min(filter(is_test, files), default=""), files, "test")


def printed(trails: Sequence[Trail]) -> str:
    """Return what a test told of its failures; nothing where it passed."""
    found = next((trail for trail in trails if trail.faults), None)
    return "\n".join(fault.worded for fault in found.faults) if found else ""


def said(fault: Fault, files: Mapping[str, str]) -> str:
    """Return what an assertion says: the condition, what it got and wanted, and where that came from."""
    lines = fault.message.splitlines() or [""]
    place = fault.frames[0] if fault.frames else None
    condition = _source(place.path, place.line, files) if place else ""
    if fault.type == "Failed":
        return _trimmed([f"{condition}: {lines[0]}" if lines[0].startswith(_NOT_RAISED) else lines[0], *lines[1:]])
    where = [match[1] for line in lines if (match := _WHERE.match(line))]
    head = _compared(fault) if fault.op else lines[0].removeprefix("assert ")
    own = [lines[0]] if fault.op and not lines[0].startswith("assert ") else []
    return _trimmed(
        [f"{condition}: {head}" if condition not in ("", head) else head, *own, *(f"where {each}" for each in where)]
    )


def _of_file(path: str, fault: Fault, files: Mapping[str, str]) -> Diagnostic:
    """Say why the tests of a file could not be collected, at the test that pytest names where it does."""
    found = faults.diagnosed(fault, path, files, "test")
    if found["code"] == "assertion":
        named = _NAMED.findall(fault.message)
        functions = (node for node in ast.walk(tree_of(files[path])) if isinstance(node, ast.FunctionDef))
        found["code"], found["line"] = "other", next((each.lineno for each in functions if each.name in named), 0)
    return found


def _worst(sessions: Sequence[Session]) -> Iterator[tuple[str, Trail, bool]]:
    """Yield each test that failed, its first failure, and whether it passed in another run."""
    for test in dict.fromkeys(test for session in sessions for test in session.trails):
        trails = [session.trails[test] for session in sessions if test in session.trails]
        failed = next((trail for trail in trails if trail.outcome in ("failed", "cut")), None)
        if failed:
            yield test, failed, any(trail.outcome == "passed" for trail in trails)


def _of_test(test: str, trail: Trail, note: str, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    for fault in trail.faults:
        found = _of_fault(fault, (test.partition("::")[0], trail.line), files)
        found["message"] = f"{found['message']} {note}".strip()
        yield {**found, "test": name_of(test)}


def _of_fault(fault: Fault, test: tuple[str, int], files: Mapping[str, str]) -> Diagnostic:
    """Blame the test's own line for an assertion, else the innermost frame of what ships, and list those around it."""
    code, symbol = faults.classify(fault, files)
    own = [frame for frame in fault.frames if is_test(frame.path)]
    ships = [frame for frame in fault.frames if not is_test(frame.path)]
    if code == "assertion" and (fault.type == "Failed" or (fault.frames and fault.frames[0] in own)):
        place = (own[0].path, own[0].line) if own else test
        return _diagnostic(said(fault, files), "assertion", place)
    first = next(iter((*ships, *own)), None)
    listed = [f"at {frame.symbol} ({frame.path}:{frame.line})" for frame in fault.frames[:_FRAMES]]
    place = (first.path, first.line) if first else test
    found = _diagnostic(_trimmed([*fault.worded.splitlines(), *listed]), code if code in _ENDS else "panic", place)
    found["symbol"] = first.symbol if first else symbol
    return found


def _compared(fault: Fault) -> str:
    if fault.op == "==":
        return f"got {fault.got}, want {fault.want}"
    return f"{fault.got} {fault.op} {fault.want} does not hold"


def _source(path: str, line: int, files: Mapping[str, str]) -> str:
    """Return what a line of a file of the project asserts, or what is to raise there, or what else it says."""
    text = files.get(path, "")
    for node in ast.walk(tree_of(text)):
        if isinstance(node, ast.Assert | ast.With) and node.lineno == line:
            return ast.unparse(node.test if isinstance(node, ast.Assert) else node.body[0])
    lines = text.splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def _trimmed(lines: Sequence[str]) -> str:
    kept = lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"... {len(lines) - _LINES + 1} more lines"]
    return "\n".join(line[:_LETTERS] for line in kept).strip()


def _diagnostic(message: str, code: str, place: tuple[str, int]) -> Diagnostic:
    return faults.diagnostic(message, code, (*place, 0), "test")
