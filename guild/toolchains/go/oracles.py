"""Ask oracles: compile them together, leave out those that do not compile, run the rest so that none hides another."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guild.toolchains.go import acceptance, calls, events, stacks
from guild.toolchains.go.commands import Go
from guild.toolchains.go.failures import LUCK
from guild.toolchains.go.layout import Package, module_path, packages
from guild.toolchains.go.running import RUNS, Compiled, compile_tests, run_binary
from guild.values import Diagnostic, Expect, OracleResult
from guild.workspace import temporary

_REMOVALS = 3
"""Oracles that may kill or hang their program before the rest is given up."""
_PASSES = 3
"""Compilations at most: the second is without what does not compile, the third without what that uncovered."""
_SAID = re.compile(r"^ +guild_acceptance_test\.go:\d+: (?P<text>.*(?:\n {8}.*)*)", re.M)


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


def ask(go: Go, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
    """Ask every oracle about the files that ship, the project's own tests left out; results in the order asked."""
    shipped = {path: text for path, text in files.items() if not path.endswith("_test.go")}
    asking = _Asking(dict(enumerate(expect, 1)), shipped)
    for number, each in asking.expect.items():
        if wrong := calls.fault(each):
            asking.settle([number], None, f"does not compile: {wrong!r} is not an expression")
    for _ in range(_PASSES):
        if asking.open() and _compiled_and_run(go, asking):
            break
    asking.settle(asking.expect, None, "could not be asked")
    return tuple(_result(each, *asking.said[number]) for number, each in asking.expect.items())


def text_of(expect: Expect) -> str:
    """Return an oracle in one line."""
    return f"{' '.join(expect['call'].split())} = {', '.join(expect['want'])}"


def _result(expect: Expect, ok: bool | None, message: str) -> OracleResult:
    return OracleResult(oracle=text_of(expect), line=expect["line"], ok=ok, message=message)


def _compiled_and_run(go: Go, asking: _Asking) -> bool:
    """Compile the open oracles and run them; note those that do not compile, and say whether all was compiled."""
    rendered = acceptance.render(asking.files, asking.open())
    with temporary() as copy, temporary() as scratch:
        copy.write({**asking.files, **rendered})
        holders = [each for each in packages({**asking.files, **rendered}) if each.tests]
        compiled = compile_tests(go, copy.root, scratch.root, holders)
        broken = _broken(compiled, rendered)
        for number, message in broken.items():
            asking.settle([number], None, f"does not compile: {message}")
        if not broken:
            for package, binary in compiled.binaries:
                numbers = acceptance.numbers_in(rendered[package.tests[0]])
                _run(go, asking, (copy.root, package, binary), numbers)
        if compiled.diagnostics and not broken:
            first = compiled.diagnostics[0]
            place = f"{first['path']}:{first['line']}: " if first["line"] else ""
            asking.settle(asking.expect, None, f"the project does not compile: {place}{first['message']}")
    return not broken


def _broken(compiled: Compiled, rendered: Mapping[str, str]) -> dict[int, str]:
    """Return the oracles that the compiler's words are about, each with the first of them."""
    found: dict[int, str] = {}
    for said in compiled.diagnostics:
        number = acceptance.number_at(rendered.get(said["path"], ""), said["line"])
        if number:
            found.setdefault(number, _plain(said))
    return found


def _plain(said: Diagnostic) -> str:
    return " ".join(said["message"].split())


def _run(go: Go, asking: _Asking, program: tuple[Path, Package, Path], numbers: Sequence[int]) -> None:
    """Run the oracles of one package; one that kills or hangs the program is noted and the others run again."""
    root, package, binary = program
    left: list[int] = list(numbers)
    for _ in range(_REMOVALS):
        if not left:
            return
        pattern = "|".join(acceptance.test_name(number) for number in left)
        argv = (str(binary), f"-test.count={RUNS}", f"-test.run=^({pattern})$")
        done = run_binary(go, root, package, argv, seconds=go.allowance.oracles)
        trails = events.read(done.stdout)
        fatal = _fatal(trails, module_path(asking.files), done.stopped)
        for name, trail in trails.items():
            number = acceptance.number_of(name)
            if number in left and not fatal:
                asking.settle([number], not trail.failed, _message(trail))
        if fatal is None:
            asking.settle(left, None, "did not run: the program ended before it")
            return
        number, message = fatal
        asking.settle(
            [number] if number else left, False, f"{text_of(asking.expect[number])}: {message}" if number else message
        )
        left = [number for number in left if number not in asking.said]


def _message(trail: events.Trail) -> str:
    """Return what a failed oracle said of its result; nothing for one that holds."""
    if not trail.failed:
        return ""
    said = [" ".join(match["text"].split()) for match in _SAID.finditer(trail.kept)]
    note = f" {LUCK}" if trail.sometimes else ""
    return stacks.stable("; ".join(said) or "failed without a message") + note


def _fatal(trails: Mapping[str, events.Trail], module: str, stopped: str) -> tuple[int, str] | None:
    """Return the oracle during which the whole program died or hung (0: before any), and how it died."""
    for name, trail in trails.items():
        died = stacks.death(trail.kept, module)
        left = bool(name) and trail.failed and "--- FAIL: " not in trail.kept
        if trail.cut or died or left:
            number = acceptance.number_of(name) if name else 0
            return number, _how(died, stopped)
    return (0, _how(None, stopped)) if stopped else None


def _how(died: stacks.Death | None, stopped: str) -> str:
    if died is None:
        return f"the program was stopped at its limit of {stopped}" if stopped else "it ends the whole program"
    frame = f" at {died.frames[0].symbol} ({died.frames[0].path})" if died.frames else ""
    return f"{died.message}{frame}"
