"""Run tests with pytest, each run in a fresh copy and with another order of sets, until every test has been told."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

from guild.syntax import syntax_of
from guild.toolchains import Report, TestResult
from guild.toolchains.python import failures, faults
from guild.toolchains.python.commands import Python
from guild.toolchains.python.events import Session, Trail, name_of, taken
from guild.workspace import Workspace, temporary

SEEDS = (1, 2)
"""One run a seed of hashes: a result that hangs on the order of a set seldom repeats."""
_MOST_ENDS = 4
"""Times that a run may be ended by its tests before the rest is given up."""
_NO_RACE = "Python has no race detector"


def test(python: Python, root: Path, *, race: bool = False) -> Report:
    """Run the project's tests once a seed."""
    begun = monotonic()
    files = Workspace(root).read()
    paths = [path for path in sorted(files) if syntax_of(path).is_test(path)]
    if race or not paths:
        return Report(ok=True, diagnostics=(), seconds=0.0, note=_NO_RACE if race else "there are no tests")
    sessions = run(python, files, paths, seconds=python.allowance.tests)
    found = faults.distinct(failures.diagnose(sessions, files))
    return Report(
        ok=not found,
        diagnostics=tuple(found),
        seconds=monotonic() - begun,
        tests=tuple(_results(sessions)),
        packages=len(paths),
    )


def run(
    python: Python, files: Mapping[str, str], paths: Sequence[str], *, seconds: float, seeds: Sequence[int] = SEEDS
) -> list[Session]:
    """Run test files once a seed, side by side."""
    with ThreadPoolExecutor(len(seeds)) as pool:
        return list(pool.map(partial(_session, python, files, paths, seconds), seeds))


def _session(python: Python, files: Mapping[str, str], paths: Sequence[str], seconds: float, seed: int) -> Session:
    """Run what is left to run until nothing is; what ended the program is noted and not run again."""
    session, deadline = Session(), monotonic() + seconds
    with temporary() as copy:
        copy.write(files)
        for _ in range(_MOST_ENDS):
            left = [path for path in paths if path not in session.broken]
            asked = python.testing(left, list(session.trails))
            told = python.ask("testing", copy.root, asked, seconds=max(1.0, deadline - monotonic()), seed=seed)
            if taken(session, told, str(copy.root)) or monotonic() >= deadline or not told.lines:
                break
    return session


def _results(sessions: Sequence[Session]) -> Iterator[TestResult]:
    """Yield one result a test and one a case of it; what was skipped in every run has none."""
    results: dict[tuple[str, str], list[Trail]] = {}
    for session in sessions:
        for test, trail in session.trails.items():
            path, name = test.partition("::")[0], name_of(test)
            for each in dict.fromkeys((name.partition("/")[0], name)):
                if trail.outcome != "skipped":
                    results.setdefault((path, each), []).append(trail)
    for (path, name), trails in results.items():
        passed = all(trail.outcome == "passed" for trail in trails)
        yield TestResult(package=path, name=name, passed=passed, output=failures.printed(trails))
