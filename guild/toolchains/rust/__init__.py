"""The Rust toolchain behind the seam: cargo, clippy, tests, oracles and servers, each in the sandbox."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from guild.sandbox import Sandbox
from guild.syntax.rust.opening import crate_name
from guild.toolchains import Census, Report, Seen, Subject
from guild.toolchains.memory import Memory, remembered
from guild.toolchains.rust import acceptance, calls, compiling, oracles, reading, running, serving, watching
from guild.toolchains.rust.commands import EDITION, Rust
from guild.toolchains.rust.layout import MANIFEST
from guild.toolchains.rust.locate import locate
from guild.values import Expect, OracleResult, Probe

_PROJECT = """[package]
name = "{name}"
version = "0.1.0"
edition = "{edition}"
build = false

[dependencies]
"""


class RustToolchain:
    """Rust, as the protocol of toolchains wants it."""

    language = "rust"

    def __init__(self, rust: Rust) -> None:
        self._rust = rust
        self.memory = Memory()
        self.version = rust.installation.version

    def scaffold(self, module: str, paths: Collection[str] = ()) -> dict[str, str]:
        """Return a Cargo.toml for the crate that `module` names; it has no build script, so that nothing runs early."""
        return {MANIFEST: _PROJECT.format(name=crate_name(module), edition=EDITION)}

    @remembered
    def format(self, text: str) -> str:
        """Return a file as rustfmt prints it, unchanged when it does not parse."""
        done = self._rust.formatted(text)
        return done.stdout if done.returncode == 0 and done.stdout else text

    def census(self, files: Mapping[str, str]) -> Census:
        """Read what the files declare and test."""
        return reading.census(files)

    def parse(self, files: Mapping[str, str]) -> Report:
        """Say which file does not parse and which path leads nowhere."""
        return reading.parse(files)

    @remembered
    def build(self, root: Path) -> Report:
        """Type-check what ships."""
        return compiling.build(self._rust, root)

    @remembered
    def vet(self, root: Path) -> Report:
        """Type-check tests and all, and look for suspect code."""
        return compiling.vet(self._rust, root)

    @remembered
    def test(self, root: Path, *, race: bool = False) -> Report:
        """Run the project's tests three times over; a race detector there is none."""
        return running.test(self._rust, root, race=race)

    @remembered
    def compiles(self, root: Path, edits: Mapping[str, str]) -> Report:
        """Vet the project at `root` with edits laid over it."""
        return compiling.overlaid(self._rust, root, edits)

    @remembered
    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        """Run one test file with its checks watched."""
        return watching.watch(self._rust, files, path)

    def exports(self, package: str) -> tuple[str, ...]:
        """Return nothing: what the library offers stands in no list, and the compiler names what was meant."""
        return ()

    def race_available(self) -> None:
        """Return nothing: the compiler itself refuses data races."""
        return

    def acceptance(self, files: Mapping[str, str], expect: Sequence[Expect]) -> dict[str, str]:
        """Render the oracles that are expressions as acceptance tests, in the form that rustfmt gives."""
        sound = {number: each for number, each in enumerate(expect, 1) if not calls.fault(each)}
        return {path: self.format(text) for path, text in acceptance.render(files, sound).items()}

    @remembered
    def ask_oracles(self, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
        """Run oracles on a copy of what ships of `files`."""
        return oracles.ask(self._rust, files, expect)

    def subject(self, files: Mapping[str, str], expect: Expect, message: str) -> Subject:
        """Say what an oracle is about that failed or could not be asked with `message`."""
        return calls.subject(files, expect, message)

    def agrees(self, files: Mapping[str, str], symbol: str, signature: str) -> bool:
        """Say whether the project declares `symbol` with the types of `signature`."""
        return calls.agrees(files, symbol, signature)

    def serves(self, files: Mapping[str, str]) -> bool:
        """Say whether the project is a program that listens."""
        return serving.serves(files)

    def serve(self, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
        """Start the project's server, wait until it listens, and send it the probes."""
        return serving.serve(self._rust, root, probes)


def open_toolchain(sandbox: Sandbox, cache: Path, path: str) -> RustToolchain:
    """Find Rust on `path`, and open it."""
    return RustToolchain(Rust(locate(path), sandbox, cache, path))
