"""What builds, vets, tests and formats a language: the protocol, and the registry of the languages that have one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from guild.errors import ToolchainError
from guild.sandbox import Sandbox
from guild.values import Diagnostic, Expect, OracleResult, Probe

LANGUAGES: tuple[str, ...] = ("go", "python", "rust", "react")


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """One test, or one case of a test, and what it printed."""

    __test__ = False

    package: str
    name: str
    passed: bool
    output: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one stage said of a Project."""

    ok: bool
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    tests: tuple[TestResult, ...] = ()
    packages: int = 0
    note: str = ""
    """Why a stage could not be asked; empty when it was."""


@dataclass(frozen=True, kw_only=True)
class Census:
    """What the files of a Project hold, read without running anything; tests stand as `path:TestName`."""

    symbols: frozenset[str]
    tests: tuple[str, ...]
    hollow: tuple[str, ...]
    """Tests that cannot fail."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an oracle is about: the Project's symbol that it calls, the file that declares it, whether it is missing."""

    symbol: str
    path: str
    missing: bool


@dataclass(frozen=True)
class Seen:
    """What a check of a test saw in one row: whether it failed, and both sides as the language writes them."""

    check: int
    row: str
    """The number or key of the row; empty outside of a table."""
    failed: bool
    got: str
    want: str


@dataclass(frozen=True, kw_only=True)
class Acted:
    """What came of an action that a diagnosis asked for: what is to be told of it, what it changes in a manifest."""

    ok: bool
    said: str
    edits: Mapping[str, str] = field(default_factory=dict[str, str])


@runtime_checkable
class Acting(Protocol):
    """A toolchain that can do more about a failure than judge an edit."""

    def install(self, files: Mapping[str, str], requirement: str) -> Acted:
        """Fetch a package, with the network, for the environment of the project alone, and record it there."""
        ...

    def run(self, files: Mapping[str, str], command: Sequence[str]) -> Acted:
        """Run a command on a copy of the project in the sandbox, under limits, and tell what it printed."""
        ...


class Toolchain(Protocol):
    """The real compiler and test runner of one language: what it says is final."""

    language: str
    version: str

    def scaffold(self, module: str, paths: Collection[str] = ()) -> dict[str, str]:
        """Return the files that a project of this language starts with, which is to hold files at `paths`."""
        ...

    def format(self, text: str) -> str:
        """Return a source file in the language's standard form, unchanged when it does not parse."""
        ...

    def census(self, files: Mapping[str, str]) -> Census:
        """Read what the files declare and test."""
        ...

    def parse(self, files: Mapping[str, str]) -> Report:
        """Read every file, and say which does not parse and which import leads nowhere."""
        ...

    def build(self, root: Path) -> Report:
        """Compile what ships; `packages` counts those whose shipped files type-check."""
        ...

    def vet(self, root: Path) -> Report:
        """Type-check tests too and look for suspect code; `packages` counts those that type-check whole."""
        ...

    def test(self, root: Path, *, race: bool = False) -> Report:
        """Run the project's tests often enough that luck does not pass, or once under the race detector."""
        ...

    def compiles(self, root: Path, edits: Mapping[str, str]) -> Report:
        """Say what `vet` would say of the project at `root` with edits that are not written into it."""
        ...

    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        """Run one test file with its checks watched; None where it does not compile."""
        ...

    def exports(self, package: str) -> tuple[str, ...]:
        """Return the declarations that a package of the standard library offers; none for one that is not there."""
        ...

    def race_available(self) -> str | None:
        """Return why the race detector cannot run here, nothing when it can, None where the language has none."""
        ...

    def acceptance(self, files: Mapping[str, str], expect: Sequence[Expect]) -> dict[str, str]:
        """Render oracles as acceptance tests, path -> text, one function an oracle."""
        ...

    def ask_oracles(self, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
        """Run oracles apart from the project's own tests, each so that it hides no other."""
        ...

    def subject(self, files: Mapping[str, str], expect: Expect, message: str) -> Subject:
        """Say what an oracle is about that failed or did not compile with `message`."""
        ...

    def agrees(self, files: Mapping[str, str], symbol: str, signature: str) -> bool:
        """Say whether the Project declares `symbol` as `signature` does; true where that is about something else."""
        ...

    def serves(self, files: Mapping[str, str]) -> bool:
        """Say whether the project is a server that can be started and asked."""
        ...

    def serve(self, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
        """Start the project's server, wait until it listens, and send it the probes."""
        ...


def fresh_toolchain(language: str, sandbox: Sandbox, cache: Path, *, path: str) -> Toolchain:
    """Find a language's toolchain on `path` or among the installed packages; ToolchainError says what lacks."""
    if language not in LANGUAGES:
        raise ToolchainError(f"no toolchain for {language!r}; known languages: {', '.join(LANGUAGES)}")
    module = import_module(f"guild.toolchains.{language}")
    opener = cast("Callable[[Sandbox, Path, str], Toolchain]", module.open_toolchain)
    return opener(sandbox, cache, path)


open_toolchain = lru_cache(maxsize=8)(fresh_toolchain)
"""The same, opened once, so that what it remembers of a text serves every run of a process."""


def mend_of(language: str) -> str:
    """Return what brings a language's toolchain here."""
    return str(import_module(f"guild.toolchains.{language}.locate").MEND)


def to_fetch(language: str, cache: Path, *, path: str) -> str:
    """Return what opening a language's toolchain would fetch from the network; empty where nothing, or all is here."""
    asked = getattr(import_module(f"guild.toolchains.{language}"), "to_fetch", None)
    return str(asked(cache, path)) if asked else ""
