"""Turn what failed tests told into diagnostics: where each failed, in which words."""

from collections.abc import Iterator, Mapping, Sequence

from guild.toolchains.react.layout import REACT, declared_at, diagnostic, tests
from guild.toolchains.react.sessions import Fault, Frame, Session, Trail, placed
from guild.values import Diagnostic

LUCK = "(only in some runs of the same test: it depends on luck, such as a random number or the time)"
_LINES = 20
_LETTERS = 400
_FRAMES = 8
_QUERY = "TestingLibraryElementError"
_TIMEOUT = "Exceeded timeout of"
_ENDS = {"Hang": "timeout", "Limit": "limit", "Exit": "exit"}


def diagnose(sessions: Sequence[Session], files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics of every test that failed in any run, and of what was never told."""
    for trail, name, lucky in _worst(sessions, files):
        for fault in trail.faults:
            found = _of_fault(fault, (trail.path, trail.line), files)
            found["message"] = f"{found['message']} {LUCK if lucky else ''}".strip()
            yield {**found, "test": name}
    for session in sessions:
        for path, fault in session.broken.items():
            yield _of_fault(fault, (path, 0), files)
        if session.left:
            yield _of_fault(session.left, (min(tests(files), default=""), 0), files)


def printed(trails: Sequence[Trail]) -> str:
    """Return what a test told of its failures; nothing where it passed."""
    found = next((trail for trail in trails if trail.faults), None)
    return "\n".join(_worded(fault) for fault in found.faults) if found else ""


def code_of(fault: Fault) -> str:
    """Return the code of a fault."""
    if fault.matched or fault.type == _QUERY:
        return "assertion"
    if fault.message.startswith(_TIMEOUT):
        return "timeout"
    return _ENDS.get(fault.type, "panic")


def _worst(sessions: Sequence[Session], files: Mapping[str, str]) -> Iterator[tuple[Trail, str, bool]]:
    """Yield each test that failed, the first failure of it, and whether it passed in another run."""
    trails: dict[tuple[str, str, int], list[tuple[Trail, str]]] = {}
    for session in sessions:
        count: dict[tuple[str, str], int] = {}
        for trail, title, row in placed(session, files):
            name = title if row is None else f"{title}/{row}"
            count[trail.path, name] = count.get((trail.path, name), 0) + 1
            trails.setdefault((trail.path, name, count[trail.path, name]), []).append((trail, name))
    for told in trails.values():
        failed = next(((trail, name) for trail, name in told if trail.outcome in ("failed", "cut")), None)
        if failed:
            yield *failed, any(trail.outcome == "passed" for trail, _ in told)


def _of_fault(fault: Fault, test: tuple[str, int], files: Mapping[str, str]) -> Diagnostic:
    """Blame the test's own line for an expectation, else the innermost frame of what ships, and list those around."""
    code = code_of(fault)
    own = [frame for frame in fault.frames if REACT.is_test(frame.path)]
    ships = [frame for frame in fault.frames if not REACT.is_test(frame.path)]
    if code == "assertion":
        place = (own[0].path, own[0].line) if own else test
        return diagnostic(_said(fault, _line(place, files)), code, (*place, 0), "test")
    first = next(iter((*ships, *own)), None)
    place = (first.path, first.line) if first and code != "timeout" else test
    listed = [f"at {_symbol(frame, files) or 'a call'} ({frame.path}:{frame.line})" for frame in fault.frames[:_FRAMES]]
    found = diagnostic(_trimmed([*_worded(fault).splitlines(), *listed]), code, (*place, 0), "test")
    found["symbol"] = _symbol(first, files) if first and ships else ""
    return found


def _symbol(frame: Frame, files: Mapping[str, str]) -> str:
    return declared_at(files.get(frame.path, ""), frame.line)


def _said(fault: Fault, condition: str) -> str:
    """Return what an expectation says: the condition, what it got and wanted."""
    lines = [line.rstrip() for line in fault.message.splitlines() if line.strip()]
    if fault.got or fault.want:
        return _trimmed([f"{condition}: got {fault.got}, want {fault.want}".removeprefix(": ")])
    told = [line for line in lines if not line.startswith(("expect(", "Ignored nodes"))]
    return _trimmed([f"{condition}: {told[0]}".removeprefix(": "), *told[1:]] if told else [condition])


def _worded(fault: Fault) -> str:
    if fault.message.startswith(_TIMEOUT):
        return "timeout: it waits for what does not come"
    return fault.message if fault.type in _ENDS or fault.matched else f"{fault.type}: {fault.message}".rstrip(": ")


def _line(place: tuple[str, int], files: Mapping[str, str]) -> str:
    lines = files.get(place[0], "").split("\n")
    return lines[place[1] - 1].strip().rstrip(";") if 0 < place[1] <= len(lines) else ""


def _trimmed(lines: Sequence[str]) -> str:
    kept = lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"... {len(lines) - _LINES + 1} more lines"]
    return "\n".join(line[:_LETTERS] for line in kept).strip()
