"""The stage that runs tests: compile them with the build cache at hand, run them where it is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from guild.process import Completed, Limits
from guild.sandbox import Job
from guild.toolchains import Report, TestResult
from guild.toolchains.go import events, failures
from guild.toolchains.go.commands import UNIFORM, Go
from guild.toolchains.go.layout import Package, module_path, packages
from guild.toolchains.go.output import Origin, distinct, never_mute, read
from guild.values import Diagnostic
from guild.workspace import Workspace, temporary

RUNS = 4
"""Runs of every test: a result that hangs on map order or timing seldom repeats."""
_GRACE = 10
"""Seconds that Go has to print the stacks of what hangs, before the job is ended."""
_RACE = "atexit_sleep_ms=50"
"""The race detector waits a whole second at the end by itself."""


@dataclass(frozen=True)
class Compiled:
    """Test binaries, package by package, and what the compiler said where there is none."""

    binaries: tuple[tuple[Package, Path], ...]
    diagnostics: tuple[Diagnostic, ...]


def test(go: Go, root: Path, *, race: bool = False) -> Report:
    """Run the tests of every package in a fresh copy of the project."""
    begun = monotonic()
    files = Workspace(root).read()
    tested = [package for package in packages(files) if package.tests]
    if not tested:
        return Report(ok=True, diagnostics=(), seconds=0.0, note="there are no tests")
    with temporary() as scratch, temporary() as copy:
        compiled = compile_tests(go, root, scratch.root, tested, flags=["-race"] if race else [])
        if race and compiled.diagnostics:
            note = f"no race build here: {compiled.diagnostics[0]['message']}"
            return Report(ok=True, diagnostics=(), seconds=monotonic() - begun, note=note)
        copy.write(files)
        ran = [
            _run_package(go, copy.root, binary, failures.Scene(package, module_path(files), files), race)
            for package, binary in compiled.binaries
        ]
    found = distinct([*compiled.diagnostics, *(each for _, said in ran for each in said)])
    return Report(
        ok=not found,
        diagnostics=tuple(found),
        seconds=monotonic() - begun,
        tests=tuple(each for results, _ in ran for each in results),
        packages=len(tested),
    )


def compile_tests(
    go: Go, root: Path, scratch: Path, tested: Sequence[Package], *, flags: Sequence[str] = ()
) -> Compiled:
    """Compile the tests of packages into binaries below `scratch`; packages whose binaries share a name go apart."""
    made: list[tuple[Package, Path]] = []
    said: list[Diagnostic] = []
    batches = list(_batches(tested))
    for number, batch in enumerate(batches):
        folder = scratch / str(number)
        folder.mkdir()
        wanted = [f"./{package.folder}" for package in batch] if len(batches) > 1 else ["./..."]
        arguments = ["test", "-c", *UNIFORM, *flags, "-o", f"{folder}/", *wanted]
        done = go.compile(arguments, root, scratch=scratch, race="-race" in flags)
        if done.returncode != 0:
            found = read(done.stderr, Origin(root, tested), "test")
            said += never_mute(found, done, "test")
        made += [(package, folder / package.binary) for package in batch if (folder / package.binary).is_file()]
    return Compiled(tuple(made), tuple(said))


def run_binary(go: Go, root: Path, package: Package, argv: Sequence[str], *, seconds: int) -> Completed:
    """Run a test binary as `go test` would, but with no build cache in sight and its output turned into events."""
    binary = Path(argv[0])
    flags = ("-test.v=test2json", f"-test.timeout={seconds}s", "-test.paniconexit0")
    return go.run(
        Job(
            argv=(str(go.test2json), *argv, *flags),
            cwd=root / package.folder,
            readable=(binary.parent, go.test2json, go.installation.root),
            writable=(root,),
            env={"GOROOT": str(go.installation.root), "PATH": go.search_path, "GORACE": _RACE},
            limits=Limits(seconds=seconds + _GRACE, memory_bytes=go.allowance.memory_bytes),
        )
    )


def _batches(tested: Sequence[Package]) -> Iterator[list[Package]]:
    """Yield packages in groups in which no two binaries share a name."""
    left = list(tested)
    while left:
        batch: dict[str, Package] = {}
        for package in left:
            batch.setdefault(package.binary, package)
        yield list(batch.values())
        left = [package for package in left if batch[package.binary] is not package]


def _run_package(
    go: Go, copy: Path, binary: Path, scene: failures.Scene, race: bool
) -> tuple[tuple[TestResult, ...], tuple[Diagnostic, ...]]:
    """Run one package's tests and read what they did."""
    argv = (str(binary), f"-test.count={1 if race else RUNS}")
    done = run_binary(go, copy, scene.package, argv, seconds=go.allowance.tests)
    trails = events.read(done.stdout)
    found = list(failures.diagnose(trails, scene))
    if done.stopped:
        found.append(failures.limit_reached(done.stopped, trails, scene))
    elif done.returncode != 0 and not found:
        found.append(failures.unexplained(trails, scene))
    return events.results(scene.package.import_path, trails), tuple(found)
