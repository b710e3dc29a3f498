"""Ask oracles: each is a test of its own, so that one that hangs, leaves or cannot be asked hides no other."""

from collections.abc import Mapping, Sequence

from guild.spec.prose import unfolded
from guild.toolchains.react import acceptance, calls
from guild.toolchains.react.commands import Node
from guild.toolchains.react.failures import LUCK
from guild.toolchains.react.layout import REACT
from guild.toolchains.react.running import run
from guild.toolchains.react.sessions import Fault, Session, Trail
from guild.values import Expect, OracleResult

_Answer = tuple[bool | None, str]


def ask(node: Node, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
    """Ask every oracle about the files that ship, the project's own tests left out; results in the order asked."""
    shipped = {path: text for path, text in files.items() if not REACT.is_test(path)}
    wrong = {number: fault for number, each in enumerate(expect, 1) if (fault := calls.fault(each))}
    sound = {number: each for number, each in enumerate(expect, 1) if number not in wrong}
    rendered = acceptance.render(shipped, sound)
    sessions = run(node, {**shipped, **rendered}, [*rendered], seconds=node.allowance.oracles) if rendered else []
    results: list[OracleResult] = []
    for number, each in enumerate(expect, 1):
        unasked = f"cannot be asked: {wrong[number]!r} is not an expression" if number in wrong else ""
        ok, message = (None, unasked) if unasked else _answer(number, each, sessions)
        results.append(OracleResult(oracle=text_of(each), line=each["line"], ok=ok, message=message))
    return tuple(results)


def text_of(expect: Expect) -> str:
    """Return an oracle in one line."""
    return f"{unfolded(expect['call'])} = {', '.join(expect['want'])}"


def _answer(number: int, expect: Expect, sessions: Sequence[Session]) -> _Answer:
    """Return what an oracle said over all runs: the worst of it."""
    title = acceptance.title(number)
    trails = [trail for session in sessions for trail in session.trails.values() if trail.title == title]
    if len(trails) < len(sessions):
        said = next((fault.message for session in sessions for fault in session.broken.values()), "it was left out")
        return None, f"did not run: {said.splitlines()[0]}"
    failed = next((trail for trail in trails if trail.outcome != "passed"), None)
    if failed is None:
        return True, ""
    ok, message = _told(failed, expect)
    lucky = any(trail.outcome == "passed" for trail in trails)
    return ok, f"{message} {LUCK}" if lucky else message


def _told(trail: Trail, expect: Expect) -> _Answer:
    call = unfolded(expect["call"])
    fault = trail.faults[0] if trail.faults else Fault("Error", "it failed")
    lines = [line.strip() for line in fault.message.splitlines() if line.strip()] or [""]
    if trail.outcome == "cut":
        return False, f"{text_of(expect)}: {'it ends the whole program' if fault.type == 'Exit' else fault.message}"
    if fault.type == "Error" and lines[0].startswith(call) and ": got " in lines[0]:
        return False, " ".join(lines[0].split())
    inside = [frame for frame in fault.frames if frame.path != acceptance.FILE]
    if fault.type == "SyntaxError" or "Cannot find module" in lines[0]:
        return None, f"the project cannot be loaded: {lines[0]}"
    if not inside and ("is not defined" in lines[0] or "is not a " in lines[0]):
        return None, f"cannot be asked: {fault.type}: {lines[0]}"
    place = f" at {inside[0].path}:{inside[0].line}" if inside else ""
    return False, f"{call}: threw {fault.type}: {lines[0]}{place}"
