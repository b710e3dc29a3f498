"""Ask oracles: compile them together, leave out those that do not compile, run the rest so that none hides another."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from guild.spec.prose import unfolded
from guild.toolchains.rust import acceptance, calls
from guild.toolchains.rust.commands import Rust
from guild.toolchains.rust.events import Session
from guild.toolchains.rust.failures import LUCK, panic_in
from guild.toolchains.rust.layout import completed, shipped
from guild.toolchains.rust.reading import source_of
from guild.toolchains.rust.running import Ran, run
from guild.values import Diagnostic, Expect, OracleResult

_PASSES = 4
"""Compilations at most: each is without what did not compile in the one before, and may uncover more."""
_UNDERIVED = re.compile(r"`(?:\w+::)*(\w+)` doesn't implement|can't compare `(?:\w+::)*(\w+)` with")
"""What is said of a type that lacks what every type of values has: it is the project's to derive it."""


@dataclass
class _Asking:
    """The oracles of one asking, by number, and what each said so far."""

    expect: Mapping[int, Expect]
    files: Mapping[str, str]
    said: dict[int, tuple[bool | None, str]] = field(default_factory=dict[int, "tuple[bool | None, str]"])

    def open(self) -> dict[int, Expect]:
        """Return the oracles that have said nothing yet."""
        return {number: expect for number, expect in self.expect.items() if number not in self.said}

    def settle(self, numbers: Collection[int], ok: bool | None, message: str) -> None:
        """Note what oracles said, unless they said something before."""
        for number in numbers:
            self.said.setdefault(number, (ok, message))


def ask(rust: Rust, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
    """Ask every oracle about the files that ship, the project's own tests left out; results in the order asked."""
    sources = shipped(files)
    asking = _Asking(
        dict(enumerate(expect, 1)),
        completed({path: files[path] for path in files if not path.endswith(".rs")} | sources),
    )
    for number, each in asking.expect.items():
        if wrong := calls.fault(each):
            asking.settle([number], None, f"does not compile: {wrong!r} is not an expression")
    for _ in range(_PASSES):
        if not asking.open() or _compiled_and_run(rust, asking):
            break
    asking.settle(asking.expect, None, "could not be asked")
    return tuple(_result(each, *asking.said[number]) for number, each in asking.expect.items())


def text_of(expect: Expect) -> str:
    """Return an oracle in one line."""
    return f"{unfolded(expect['call'])} = {', '.join(expect['want'])}"


def _result(expect: Expect, ok: bool | None, message: str) -> OracleResult:
    return OracleResult(oracle=text_of(expect), line=expect["line"], ok=ok, message=message)


def _compiled_and_run(rust: Rust, asking: _Asking) -> bool:
    """Compile the open oracles and run them; note those that do not compile, and say whether all was compiled."""
    rendered = acceptance.render(asking.files, asking.open())
    ran = run(rust, {**asking.files, **rendered}, [*rendered], seconds=rust.allowance.oracles)
    broken = {number: each for each in reversed(ran.diagnostics) if (number := _number(each, rendered))}
    for number, each in broken.items():
        lacking = _UNDERIVED.search(each["message"])
        declared = lacking is not None and not _types(asking.files).isdisjoint(lacking.groups())
        message = " ".join(each["message"].splitlines()[0].split())
        about = text_of(asking.expect[number]) if declared else "does not compile"
        asking.settle([number], False if declared else None, f"{about}: {message}")
    if broken:
        return False
    if ran.diagnostics:
        first = ran.diagnostics[0]
        place = f"{first['path']}:{first['line']}: " if first["line"] else ""
        asking.settle(asking.expect, None, f"the project does not compile: {place}{first['message']}")
    for number, each in asking.open().items():
        asking.settle([number], *_answer(number, each, ran, asking.files))
    return True


def _number(found: Diagnostic, rendered: Mapping[str, str]) -> int:
    return acceptance.number_at(rendered.get(found["path"], ""), found["line"])


def _types(files: Mapping[str, str]) -> set[str]:
    declared = (found for text in shipped(files).values() for found in source_of(text).declarations)
    return {found.name for found in declared if found.kind == "type"}


def _answer(number: int, expect: Expect, ran: Ran, files: Mapping[str, str]) -> tuple[bool | None, str]:
    """Return what an oracle said over all runs: the worst of it."""
    sessions: Sequence[Session] = ran.sessions.get(acceptance.FILE, ())
    name = acceptance.test_name(number)
    trails = [session.trails[name] for session in sessions if name in session.trails]
    if not trails:
        return None, "did not run: the program ended before it"
    failed = next((trail for trail in trails if trail.outcome != "passed"), None)
    if failed is None:
        return True, ""
    note = f" {LUCK}" if any(trail.outcome == "passed" for trail in trails) else ""
    if failed.outcome == "cut":
        how = "did not end in time" if failed.stopped == "time" else "it ends the whole program"
        return False, f"{text_of(expect)}: {how}"
    found = panic_in(failed.said, files)
    if found is None:
        return False, f"{text_of(expect)}: {failed.said[:200]}"
    inside = [f"{name} ({path})" for name, path, _ in found.frames if path != acceptance.FILE]
    place = f" at {inside[0]}" if inside else ""
    call = unfolded(expect["call"])
    message = " ".join(found.message.split())
    return False, f"{message if message.startswith(call) else f'{call}: panicked: {message}{place}'}{note}"
