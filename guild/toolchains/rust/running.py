"""Run tests: each file's compiled into a program, run several times over, until every test has been told."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from guild.process import Completed, Limits
from guild.sandbox import Job
from guild.syntax.rust.source import each_test
from guild.syntax.rust.tree import tree
from guild.toolchains import Report, TestResult
from guild.toolchains.rust import failures
from guild.toolchains.rust.commands import Rust
from guild.toolchains.rust.events import LAST, Session, taken
from guild.toolchains.rust.layout import is_test, roots, shipped
from guild.toolchains.rust.output import distinct, read
from guild.values import Diagnostic
from guild.workspace import Workspace, temporary

RUNS = 3
"""Runs of every test: a result that hangs on the order of a map seldom repeats."""
_MOST_ENDS = 4
"""Times that a run may be ended by its tests before the rest is given up."""
_LAST = "\n#[cfg(test)]\nmod {name} {{\n    #[test]\n    fn last() {{}}\n}}\n"
_NO_RACE = "Rust has no race detector"


@dataclass(frozen=True)
class Ran:
    """What came of the test files: what each told in each run, and what the compiler said of them."""

    sessions: Mapping[str, Sequence[Session]]
    diagnostics: tuple[Diagnostic, ...]


def test(rust: Rust, root: Path, *, race: bool = False) -> Report:
    """Run the project's tests, those that stand in what ships too."""
    begun = monotonic()
    files = Workspace(root).read()
    paths = [*filter(is_test, sorted(files)), *_inline(files)]
    if race or not paths:
        return Report(ok=True, diagnostics=(), seconds=0.0, note=_NO_RACE if race else "there are no tests")
    ran = run(rust, files, paths, seconds=rust.allowance.tests)
    found = distinct([*ran.diagnostics, *failures.diagnose(ran.sessions, files)])
    return Report(
        ok=not found,
        diagnostics=tuple(found),
        seconds=monotonic() - begun,
        tests=tuple(_results(ran.sessions)),
        packages=len(paths),
    )


def run(rust: Rust, files: Mapping[str, str], paths: Sequence[str], *, seconds: float, runs: int = RUNS) -> Ran:
    """Compile the tests of files, and run them so many times."""
    word = secrets.token_hex(8)
    last = _LAST.format(name=f"{LAST}_{word}")
    with rust.placed({**files, **{path: f"{files[path]}{last}" for path in paths}}) as at:
        told = read(rust.cargo(["build", "--tests", "--keep-going"], at), at.root, files, "test")
        programs = {path: told.programs[path] for path in paths if path in told.programs}
        sessions = {
            path: list(_sessions(rust, files, (path, program), (word, seconds, runs)))
            for path, program in programs.items()
        }
        for program in told.programs.values():
            # Programs are large, and the word in them is never asked for again.
            program.unlink(missing_ok=True)
    return Ran(sessions, told.diagnostics)


def _inline(files: Mapping[str, str]) -> list[str]:
    """Return the files that crates begin with in which tests stand, or in whose modules they do."""
    tested = any("#[test]" in text for text in shipped(files).values())
    return roots(files) if tested else []


def _sessions(
    rust: Rust, files: Mapping[str, str], tests: tuple[str, Path], asked: tuple[str, float, int]
) -> Iterator[Session]:
    """Run tests so many times, what is left of them until nothing is; what ended the program is not run again."""
    (path, program), (word, seconds, runs) = tests, asked
    known = [name for name, _ in each_test(tree(files[path]))]
    ended = list[str]()
    for _ in range(runs):
        session = Session()
        with temporary() as copy:
            copy.write(files)
            for _ in range(_MOST_ENDS):
                skipped = [part for name in ended for part in ("--skip", name)]
                done = start(rust, program, copy.root, skipped, seconds=seconds)
                whole = taken(session, done, word, known)
                ended += [name for name in session.cut() if name not in ended]
                if whole or session.unfinished:
                    break
        yield session


def start(rust: Rust, program: Path, root: Path, arguments: Sequence[str], *, seconds: float) -> Completed:
    """Run a program of tests, one test after the other, with nothing of the toolchain in sight."""
    return rust.run(
        Job(
            argv=(str(program), "--test-threads=1", "--exact", *arguments),
            cwd=root,
            readable=(program,),
            writable=(root,),
            env={"RUST_BACKTRACE": "1"},
            limits=Limits(seconds=seconds, memory_bytes=rust.allowance.memory_bytes),
        )
    )


def _results(sessions: Mapping[str, Sequence[Session]]) -> Iterator[TestResult]:
    """Yield one result a test; what was skipped in every run has none."""
    for path, runs in sessions.items():
        for name in dict.fromkeys(name for session in runs for name in session.trails):
            trails = [session.trails[name] for session in runs if name in session.trails]
            if any(trail.outcome != "skipped" for trail in trails):
                passed = all(trail.outcome in ("passed", "skipped") for trail in trails)
                output = next((trail.said for trail in trails if trail.said), "")
                yield TestResult(package=path, name=name, passed=passed, output=output)
