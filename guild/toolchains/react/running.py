"""Run tests with Jest, each run in a fresh copy, until every test has been told."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

from guild.toolchains import Report, TestResult
from guild.toolchains.react import failures
from guild.toolchains.react.commands import Node
from guild.toolchains.react.layout import distinct, tests
from guild.toolchains.react.sessions import Session, Trail, placed, taken
from guild.workspace import Workspace, temporary

RUNS = 2
"""A result that hangs on chance seldom repeats."""
_MOST_ENDS = 4
"""Times that a run may be ended by its tests before the rest is given up."""
_NO_RACE = "JavaScript has no race detector"


def test(node: Node, root: Path, *, race: bool = False) -> Report:
    """Run the project's tests."""
    begun = monotonic()
    files = Workspace(root).read()
    paths = tests(files)
    if race or not paths:
        return Report(ok=True, diagnostics=(), seconds=0.0, note=_NO_RACE if race else "there are no tests")
    sessions = run(node, files, paths, seconds=node.allowance.tests)
    found = distinct(failures.diagnose(sessions, files))
    return Report(
        ok=not found,
        diagnostics=tuple(found),
        seconds=monotonic() - begun,
        tests=tuple(_results(sessions, files)),
        packages=len(paths),
    )


def run(node: Node, files: Mapping[str, str], paths: Sequence[str], *, seconds: float) -> list[Session]:
    """Run test files more than once, side by side."""
    with ThreadPoolExecutor(RUNS) as pool:
        return list(pool.map(partial(_session, node, files, paths), [seconds] * RUNS))


def _session(node: Node, files: Mapping[str, str], paths: Sequence[str], seconds: float) -> Session:
    """Run what is left to run until nothing is; what ended the program is noted and not run again."""
    session, deadline = Session(), monotonic() + seconds
    with temporary() as copy:
        copy.write(files)
        for _ in range(_MOST_ENDS):
            left = [path for path in paths if path not in session.broken and path not in session.through]
            if not left:
                break
            asked = node.testing(left, list(session.trails))
            told = node.ask("testing", copy.root, asked, seconds=max(1.0, deadline - monotonic()))
            if taken(session, told, str(copy.root)) or monotonic() >= deadline or not told.lines:
                break
    return session


def _results(sessions: Sequence[Session], files: Mapping[str, str]) -> Iterator[TestResult]:
    """Yield one result a test and one a row of it; what was skipped in every run has none."""
    results: dict[tuple[str, str], list[Trail]] = {}
    for session in sessions:
        for trail, title, row in placed(session, files):
            for name in (title, *([f"{title}/{row}"] if row is not None else [])):
                if trail.outcome != "skipped":
                    results.setdefault((trail.path, name), []).append(trail)
    for (path, name), trails in results.items():
        passed = all(trail.outcome == "passed" for trail in trails)
        yield TestResult(package=path, name=name, passed=passed, output=failures.printed(trails))
