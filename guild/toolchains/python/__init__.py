"""The Python toolchain behind the seam: imports, ruff, pytest, oracles and servers, each in the sandbox."""

import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from guild.sandbox import Sandbox
from guild.toolchains import Acted, Census, Report, Seen, Subject
from guild.toolchains.memory import Memory, remembered
from guild.toolchains.python import (
    acceptance,
    calls,
    importing,
    oracles,
    packages,
    reading,
    running,
    serving,
    trying,
    vetting,
    watching,
)
from guild.toolchains.python.commands import Python
from guild.toolchains.python.locate import locate
from guild.values import Expect, OracleResult, Probe
from guild.workspace import temporary

PROJECT_RELEASE = (3, 11)
"""The release that a new project asks for."""
_PROJECT = """[project]
name = "{name}"
version = "0.1.0"
requires-python = ">={major}.{minor}"

[tool.pytest.ini_options]
pythonpath = [".", "src"]
"""
_EXPORTS_SECONDS = 10


class PythonToolchain:
    """Python, as the protocol of toolchains wants it."""

    language = "python"

    def __init__(self, python: Python) -> None:
        self._python = python
        self.memory = Memory()
        self.version = python.installation.version

    def scaffold(self, module: str, paths: Collection[str] = ()) -> dict[str, str]:
        """Return a pyproject.toml for `module`, with which a plain `pytest` finds what it tests."""
        major, minor = min(PROJECT_RELEASE, self._python.installation.release)
        name = module.rstrip("/").rpartition("/")[2]
        return {"pyproject.toml": _PROJECT.format(name=name, major=major, minor=minor)}

    @remembered
    def format(self, text: str) -> str:
        """Return a Python file as ruff prints it, unchanged when it does not parse."""
        with temporary() as nowhere:
            done = self._python.ruff(["format", "--isolated", "--no-cache", "-"], nowhere.root, stdin=text)
        return done.stdout if done.returncode == 0 and done.stdout else text

    def census(self, files: Mapping[str, str]) -> Census:
        """Read what the files declare and test."""
        return reading.census(files)

    def parse(self, files: Mapping[str, str]) -> Report:
        """Say which file does not parse and which import leads nowhere."""
        return reading.parse(files, self._python.offered(files))

    @remembered
    def build(self, root: Path) -> Report:
        """Import every module that ships."""
        return importing.build(self._python, root)

    @remembered
    def vet(self, root: Path) -> Report:
        """Import tests and all, and look for suspect code."""
        return vetting.vet(self._python, root)

    @remembered
    def test(self, root: Path, *, race: bool = False) -> Report:
        """Run the project's tests, once for each of several orders of sets."""
        return running.test(self._python, root, race=race)

    @remembered
    def compiles(self, root: Path, edits: Mapping[str, str]) -> Report:
        """Vet the project at `root` with edits laid over it."""
        return vetting.overlaid(self._python, root, edits)

    @remembered
    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        """Run one test file with its checks watched."""
        return watching.watch(self._python, files, path)

    @remembered
    def exports(self, package: str) -> tuple[str, ...]:
        """Return the public names of a module of the standard library, with their signatures."""
        if package.partition(".")[0] not in sys.stdlib_module_names:
            return ()
        with temporary() as nowhere:
            told = self._python.ask("exporting", nowhere.root, {"module": package}, seconds=_EXPORTS_SECONDS)
        return tuple(str(name) for line in told.lines for name in line["names"])

    def race_available(self) -> None:
        """Return None: there is no race detector."""
        return None

    def acceptance(self, files: Mapping[str, str], expect: Sequence[Expect]) -> dict[str, str]:
        """Render the oracles that are expressions as acceptance tests, in the form that ruff gives."""
        sound = {number: each for number, each in enumerate(expect, 1) if not calls.fault(each)}
        return {path: self.format(text) for path, text in acceptance.render(files, sound).items()}

    @remembered
    def ask_oracles(self, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
        """Run oracles on a copy of what ships of `files`."""
        return oracles.ask(self._python, files, expect)

    def subject(self, files: Mapping[str, str], expect: Expect, message: str) -> Subject:
        """Say what an oracle is about that failed or could not be asked with `message`."""
        return calls.subject(files, expect, message)

    def agrees(self, files: Mapping[str, str], symbol: str, signature: str) -> bool:
        """Say whether the Project declares `symbol` with the parameters of `signature`."""
        return calls.agrees(files, symbol, signature)

    def serves(self, files: Mapping[str, str]) -> bool:
        """Say whether the program of the project reaches a call that serves."""
        return serving.program(files) is not None

    def serve(self, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
        """Start the project's server, wait until it listens, and send it the probes."""
        return serving.serve(self._python, root, probes)

    def install(self, files: Mapping[str, str], requirement: str) -> Acted:
        """Fetch a package and record it in the pyproject.toml."""
        return packages.install(self._python.cache, self.version, files, requirement)

    def run(self, files: Mapping[str, str], command: Sequence[str]) -> Acted:
        """Run the interpreter or pytest in the sandbox."""
        return trying.run(self._python, files, command)


def open_toolchain(sandbox: Sandbox, cache: Path, path: str) -> PythonToolchain:
    """Open the Python that runs guild, with the pytest and the ruff beside it; `path` is not looked at."""
    return PythonToolchain(Python(locate(), sandbox, cache))
