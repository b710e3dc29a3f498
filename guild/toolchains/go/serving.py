"""The stage that runs a server: build it, start it in a sandbox of its own, and have the probes sent to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from guild.process import Limits
from guild.sandbox import Job
from guild.syntax import go as syntax
from guild.toolchains import Report
from guild.toolchains.go.commands import UNIFORM, Go
from guild.toolchains.go.layout import Package, module_path, packages
from guild.toolchains.go.output import Origin, never_mute, read
from guild.toolchains.go.stacks import death, stable
from guild.toolchains.serving import Died, Server, diagnostic, judge, probing, unasked
from guild.values import OracleResult, Probe
from guild.workspace import Workspace, temporary


@dataclass(frozen=True)
class _Program:
    """The program that serves: its package, and the project's files."""

    package: Package
    files: Mapping[str, str]

    @property
    def server(self) -> Server:
        """What its answers are read against."""
        declaring = (path for path in self.package.sources if "func main(" in self.files[path])
        shipped = {p: text for p, text in self.files.items() if p.endswith(".go") and not p.endswith("_test.go")}
        return Server(next(declaring, self.package.sources[0]), shipped, self._death, stable)

    def _death(self, output: str) -> Died | None:
        died = death(output, module_path(self.files))
        if died is None or not died.frames:
            return Died(died.message) if died else None
        first = died.frames[0]
        return Died(died.message, first.path, first.line, first.symbol)


def serve(go: Go, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
    """Build the server of the project at `root`, start it in a fresh copy, and send it the probes in turn."""
    begun = monotonic()
    files = Workspace(root).read()
    program = _program(files)
    if program is None:
        found = diagnostic("no package main that could be started", "no-server", "go.mod")
        return Report(ok=False, diagnostics=(found,), seconds=0.0), unasked(probes)
    with temporary() as scratch, temporary() as copy:
        binary = scratch.root / "server"
        arguments = ["build", *UNIFORM, "-o", str(binary), f"./{program.package.folder}"]
        built = go.compile(arguments, root, scratch=scratch.root)
        if built.returncode != 0:
            said = read(built.stderr, Origin(root, packages(files)), "run")
            failed = Report(ok=False, diagnostics=never_mute(said, built, "run"), seconds=monotonic() - begun)
            return failed, unasked(probes)
        copy.write(files)
        done = go.run(probing(_job(go, binary, copy.root), probes, go.allowance.listening))
    found, results = judge(done, program.server, probes)
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun), results


def _program(files: Mapping[str, str]) -> _Program | None:
    """Choose the program to start: of several the one at the root, else the first that serves."""
    mains = [package for package in packages(files) if package.name == "main" and package.sources]
    rest = [package for package in mains if package.folder != "."]
    for package in (*(each for each in mains if each.folder == "."), *rest):
        others = {path for other in mains if other is not package for path in other.sources}
        if len(mains) == 1 or syntax.reaches_server({p: text for p, text in files.items() if p not in others}):
            return _Program(package, files)
    return _Program(mains[0], files) if mains else None


def _job(go: Go, binary: Path, root: Path) -> Job:
    """Make the job that starts the server."""
    return Job(
        argv=(str(binary),),
        cwd=root,
        readable=(binary.parent,),
        writable=(root,),
        env={"GOROOT": str(go.installation.root)},
        limits=Limits(memory_bytes=go.allowance.memory_bytes),
    )
