"""Turn what failed tests printed into diagnostics: where each failed, in which words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guild.toolchains.go.events import Trail
from guild.toolchains.go.layout import Package
from guild.toolchains.go.stacks import Death, death, stable
from guild.values import Diagnostic

_LINES = 20
_FRAMES = 8
_PER_TEST = 10
"""Diagnostics of one test at most: a loop that fails a thousand times says no more than its first cases."""
_LOGGED = re.compile(r"^ +(?P<file>[\w.-]+\.go):(?P<line>\d+): ?(?P<text>.*)$")
_FRAME_LINE = re.compile(r"^\s*(?:=== |--- (?:FAIL|PASS|SKIP): |(?:FAIL|PASS|ok)\s*$|exit status)")
_ONLY_LOGS = re.compile(r"\.Logf?\(")
_RACED = "race detected during execution of test"
LUCK = "(only in some runs of the same test: it depends on luck, such as map order or timing)"


@dataclass(frozen=True)
class Scene:
    """Where tests ran: their package, the module, and the project's files to look places up in."""

    package: Package
    module: str
    files: Mapping[str, str]

    def path(self, name: str) -> str:
        """Return the project's file that a base name in a test's output means."""
        here = name if self.package.folder == "." else f"{self.package.folder}/{name}"
        if here in self.files:
            return here
        others = [path for path in self.files if path.endswith(f"/{name}") or path == name]
        return others[0] if len(others) == 1 else ""

    def home(self) -> str:
        """Return the file that answers for the package's tests."""
        return self.package.tests[0] if self.package.tests else ""

    def source_line(self, path: str, line: int) -> str:
        """Return a line of a file of the project."""
        lines = self.files.get(path, "").splitlines()
        return lines[line - 1] if 0 < line <= len(lines) else ""


def diagnose(trails: Mapping[str, Trail], scene: Scene) -> Iterator[Diagnostic]:
    """Yield the diagnostics of every test that failed, and of a package that failed as a whole."""
    told = False
    for name, trail in trails.items():
        if name and trail.failed and not trail.cut:
            own = list(_of_test(name, trail, scene, _has_failed_case(name, trails)))
            told = told or bool(own)
            yield from own
    whole = trails[""]
    if whole.failed and not told:
        yield _of_package(whole, scene)


def limit_reached(limit: str, trails: Mapping[str, Trail], scene: Scene) -> Diagnostic:
    """Say that the tests of a package were stopped at a limit of the sandbox, and in which test that was."""
    last = next((name for name, trail in reversed(list(trails.items())) if trail.cut), "")
    message = f"stopped at the limit of {limit} for the tests of a package"
    return _diagnostic(message, "limit", (scene.home() if not last else _declared(last, scene), 0), last)


def unexplained(trails: Mapping[str, Trail], scene: Scene) -> Diagnostic:
    """Say that a test program ended badly although no test of it failed."""
    return _of_package(trails[""], scene)


def _has_failed_case(name: str, trails: Mapping[str, Trail]) -> bool:
    return any(other.startswith(f"{name}/") and trail.failed for other, trail in trails.items())


def _of_test(name: str, trail: Trail, scene: Scene, has_failed_case: bool) -> Iterator[Diagnostic]:
    """Yield what one failed test said: how it died, else its failure messages, else that it failed."""
    died = death(trail.kept, scene.module)
    if died:
        yield _of_death(died, name, scene)
        if died.code != "race":
            return
    note = f" {LUCK}" if trail.sometimes else ""
    said = list(_messages(trail.kept, scene))[:_PER_TEST]
    for path, line, message in said:
        yield _diagnostic(message + note, "assertion", (path, line), name)
    if not (said or died or has_failed_case):
        yield _wordless(name, trail, scene)


def _wordless(name: str, trail: Trail, scene: Scene) -> Diagnostic:
    """Say that a test failed without a message of its own, or that the program left while it ran."""
    printed = [line for line in trail.kept.splitlines() if line.strip() and not _FRAME_LINE.match(line)]
    left = "--- FAIL: " not in trail.kept
    what = "the test program ended while this test ran (os.Exit or log.Fatal)" if left else "failed without a message"
    message = _trimmed([what, *printed[-_LINES:]])
    return _diagnostic(message, "exit" if left else "assertion", (_declared(name, scene), 0), name)


def _messages(output: str, scene: Scene) -> Iterator[tuple[str, int, str]]:
    """Yield place and text of each message that a test logged, lines of mere information left out."""
    place: tuple[str, int] | None = None
    lines: list[str] = []
    for line in [*output.splitlines(), "--- FAIL: end"]:
        match = _LOGGED.match(line)
        if place and (match or not line.startswith("        ")):
            yield *place, _trimmed(lines)
            place = None
        if match:
            path, number = scene.path(match["file"]), int(match["line"])
            silent = _ONLY_LOGS.search(scene.source_line(path, number)) or match["text"].startswith(_RACED)
            place, lines = (None if silent else (path, number)), [match["text"]]
        elif place:
            lines.append(line.strip())


def _of_death(died: Death, name: str, scene: Scene) -> Diagnostic:
    """Blame the innermost frame of the project, and list the frames around it."""
    first = died.frames[0] if died.frames else None
    listed = [f"at {frame.symbol} ({frame.path}:{frame.line})" for frame in died.frames[:_FRAMES]]
    place = (first.path, first.line) if first else (_declared(name, scene), 0)
    found = _diagnostic("\n".join([died.message, *listed]), died.code, place, name)
    found["symbol"] = first.symbol if first else ""
    return found


def _of_package(whole: Trail, scene: Scene) -> Diagnostic:
    """Say why a package failed although no test of it did: in init, in TestMain, or by leaving."""
    died = death(whole.kept, scene.module)
    if died:
        return _of_death(died, "", scene)
    lines = [line for line in whole.kept.splitlines() if line.strip() and not _FRAME_LINE.match(line)]
    message = _trimmed(lines[-_LINES:])
    return _diagnostic(message or "the test program ended before its tests did", "exit", (scene.home(), 0), "")


def _declared(test: str, scene: Scene) -> str:
    """Return the file that declares a test."""
    head = f"func {test.split('/')[0]}("
    return next((path for path in scene.package.tests if head in scene.files.get(path, "")), scene.home())


def _trimmed(lines: list[str]) -> str:
    kept = lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"... {len(lines) - _LINES + 1} more lines"]
    return stable("\n".join(line[:400] for line in kept)).strip()


def _diagnostic(message: str, code: str, place: tuple[str, int], test: str) -> Diagnostic:
    path, line = place
    found = Diagnostic(path=path, line=line, column=0, symbol="", code=code, message=message, stage="test")
    if test:
        found["test"] = test
    return found
