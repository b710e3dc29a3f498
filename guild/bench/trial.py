"""What `go test` says of a folder, told apart: whether it compiled, how many tests passed, why it failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guild import settings as setting
from guild.sandbox import open_sandbox
from guild.toolchains import Toolchain, fresh_toolchain
from guild.toolchains.go import events, running
from guild.toolchains.go.commands import Go
from guild.toolchains.go.layout import Package, packages
from guild.toolchains.go.locate import locate
from guild.workspace import temporary

_VETTED = ("atomic", "bool", "buildtags", "directive", "errorsas", "ifaceassert", "nilfunc", "printf", "stringintconv")
"""What `go test` itself lets vet look for, under its own time and in its own words."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How the tests of a project went."""

    compiled: bool
    passed: int = 0
    why: str = ""
    """Why it does not count as passed, in one line; empty when it does."""


def open_go(sandbox: str = "auto") -> Go:
    """Open Go for the scorer, beside whatever a run has opened."""
    return Go(locate(setting.search_path()), open_sandbox(sandbox), setting.cache_folder())


def fresh(language: str, sandbox: str = "auto") -> Toolchain:
    """Open a toolchain that remembers nothing of what others have asked."""
    return fresh_toolchain(language, open_sandbox(sandbox), setting.cache_folder(), path=setting.search_path())


def try_tests(go: Go, files: Mapping[str, str], *, runs: int = 1, race: bool = False, seconds: int = 60) -> Trial:
    """Vet, compile and run the tests of a project as `go test -count=RUNS` does, each package within its seconds."""
    tested = [package for package in packages(files) if package.tests]
    with temporary() as scratch, temporary() as place:
        place.write(files)
        vetted = go.compile(["vet", "-trimpath", *(f"-{name}" for name in _VETTED), "./..."], place.root)
        if vetted.returncode != 0:
            return Trial(compiled=False, why=f"does not compile: {_first(vetted.stderr) or vetted.stopped}")
        flags = ["-race"] if race else []
        compiled = running.compile_tests(go, place.root, scratch.root, tested, flags=flags)
        if compiled.diagnostics:
            return Trial(compiled=False, why=f"does not compile: {compiled.diagnostics[0]['message']}")
        trials = [
            _run(go, place.root, package, (str(binary), f"-test.count={runs}"), seconds)
            for package, binary in compiled.binaries
        ]
    passed = sum(trial.passed for trial in trials)
    why = next((trial.why for trial in trials if trial.why), "" if passed else "no test ran")
    return Trial(compiled=True, passed=passed, why=why)


def vetted(go: Go, files: Mapping[str, str]) -> str:
    """Return what `go vet ./...` has against a project, in one line; nothing where it is content."""
    with temporary() as place:
        place.write(files)
        done = go.compile(["vet", "-trimpath", "./..."], place.root)
    return "" if done.returncode == 0 else f"vet: {_first(done.stderr) or done.stopped}"


def _run(go: Go, root: Path, package: Package, argv: tuple[str, ...], seconds: int) -> Trial:
    done = running.run_binary(go, root, package, argv, seconds=seconds)
    trails = events.read(done.stdout)
    results = events.results(package.import_path, trails)
    passed = sum(result.passed for result in results)
    if done.returncode == 0 and not done.stopped:
        return Trial(compiled=True, passed=passed)
    failed = [result.name for result in results if not result.passed]
    said = f"failed: {', '.join(failed[:3])}" if failed else f"failed: {_first(done.stderr or trails[''].kept)}"
    return Trial(compiled=True, passed=passed, why=f"{done.stopped} limit: {said}" if done.stopped else said)


def _first(text: str) -> str:
    """Return the first line that says something of a place or a fault."""
    lines = [line.strip() for line in text.splitlines() if line.strip(" =\n") not in ("", "FAIL") and line[0] != "#"]
    return lines[0].removeprefix("vet: ")[:200] if lines else ""
