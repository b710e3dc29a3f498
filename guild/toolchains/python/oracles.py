"""Ask oracles: each is a test of its own, so that one that hangs, leaves or cannot be asked hides no other."""

from collections.abc import Mapping, Sequence

from guild.spec.prose import unfolded
from guild.toolchains.python import acceptance, calls
from guild.toolchains.python.commands import Python
from guild.toolchains.python.events import Session, Trail
from guild.toolchains.python.failures import LUCK
from guild.toolchains.python.faults import Fault
from guild.toolchains.python.layout import is_test
from guild.toolchains.python.running import run
from guild.values import Expect, OracleResult

_Answer = tuple[bool | None, str]


def ask(python: Python, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
    """Ask every oracle about the files that ship, the project's own tests left out; results in the order asked."""
    shipped = {path: text for path, text in files.items() if not is_test(path)}
    wrong = {number: fault for number, each in enumerate(expect, 1) if (fault := calls.fault(each))}
    sound = {number: each for number, each in enumerate(expect, 1) if number not in wrong}
    rendered = acceptance.render(shipped, sound)
    sessions = run(python, {**shipped, **rendered}, [*rendered], seconds=python.allowance.oracles) if rendered else []
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
    test = f"{acceptance.FILE}::{acceptance.test_name(number)}"
    trails = [session.trails[test] for session in sessions if test in session.trails]
    if len(trails) < len(sessions):
        return None, "did not run: the program ended before it"
    failed = next((trail for trail in trails if trail.outcome != "passed"), None)
    if failed is None:
        return True, ""
    ok, message = _told(failed, expect)
    lucky = any(trail.outcome == "passed" for trail in trails)
    return ok, f"{message} {LUCK}" if lucky else message


def _told(trail: Trail, expect: Expect) -> _Answer:
    call = unfolded(expect["call"])
    fault = trail.faults[0]
    if trail.outcome == "cut":
        return False, f"{text_of(expect)}: {'it ends the whole program' if fault.type == 'Exit' else fault.message}"
    if fault.type == "AssertionError" and fault.frames and fault.frames[0].path == acceptance.FILE:
        return False, " ".join(fault.message.splitlines()[0].split())
    if fault.type == "Hang":
        return False, f"{call}: {fault.message}"
    inside = [frame for frame in fault.frames if frame.path != acceptance.FILE]
    if _is_broken(fault):
        place = f"{inside[0].path}:{inside[0].line}: " if inside else ""
        return None, f"the project cannot be imported: {place}{fault.worded}"
    if not inside and _cannot_be_made(fault):
        return None, f"cannot be asked: {fault.worded}"
    place = f" at {inside[0].symbol} ({inside[0].path})" if inside else ""
    return False, f"{call}: raised {fault.worded}{place}"


def _is_broken(fault: Fault) -> bool:
    """Say whether the project's modules, and not its functions, are at fault."""
    inside = [frame for frame in fault.frames if frame.path != acceptance.FILE]
    return fault.builtin == "SyntaxError" or (bool(inside) and not inside[-1].symbol)


def _cannot_be_made(fault: Fault) -> bool:
    named = fault.builtin in ("NameError", "ImportError", "ModuleNotFoundError", "AttributeError")
    return named or (fault.type == "TypeError" and ("argument" in fault.message or "not callable" in fault.message))
