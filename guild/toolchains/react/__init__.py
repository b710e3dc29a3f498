"""The React toolchain behind the seam: ESLint, Jest with Testing Library, oracles and servers, each in the sandbox."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from guild.sandbox import Sandbox
from guild.toolchains import Census, Report, Seen, Subject
from guild.toolchains.memory import Memory, remembered
from guild.toolchains.react import acceptance, calls, linting, oracles, reading, running, serving, watching
from guild.toolchains.react.commands import Node
from guild.toolchains.react.layer import layer, place
from guild.toolchains.react.layout import PACKAGES, TESTING
from guild.toolchains.react.locate import locate
from guild.toolchains.react.scaffold import scaffold
from guild.values import Expect, OracleResult, Probe
from guild.workspace import temporary


class ReactToolchain:
    """Node with React, as the protocol of toolchains wants it."""

    language = "react"

    def __init__(self, node: Node) -> None:
        self._node = node
        self.memory = Memory()
        self.version = node.installation.version

    def scaffold(self, module: str, paths: Collection[str] = ()) -> dict[str, str]:
        """Return package.json, and a page where one of `paths` holds a component."""
        return scaffold(module, paths)

    @remembered
    def format(self, text: str) -> str:
        """Return a JavaScript file as Prettier prints it, unchanged when it does not parse."""
        with temporary() as nowhere:
            told = self._node.ask("formatting", nowhere.root, {"text": text})
        return str(told.lines[0]["text"]) if told.lines else text

    def census(self, files: Mapping[str, str]) -> Census:
        """Read what the files declare and test."""
        return reading.census(files)

    def parse(self, files: Mapping[str, str]) -> Report:
        """Say which file does not parse and which import leads nowhere."""
        return reading.parse(files)

    @remembered
    def build(self, root: Path) -> Report:
        """Read every module that ships, and follow its imports."""
        return linting.build(self._node, root)

    @remembered
    def vet(self, root: Path) -> Report:
        """Read tests and all, and look for suspect code."""
        return linting.vet(self._node, root)

    @remembered
    def test(self, root: Path, *, race: bool = False) -> Report:
        """Run the project's tests more than once."""
        return running.test(self._node, root, race=race)

    @remembered
    def compiles(self, root: Path, edits: Mapping[str, str]) -> Report:
        """Vet the project at `root` with edits laid over it."""
        return linting.overlaid(self._node, root, edits)

    @remembered
    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        """Run one test file with its checks watched."""
        return watching.watch(self._node, files, path)

    @remembered
    def exports(self, package: str) -> tuple[str, ...]:
        """Return what a package of the layer offers."""
        if package not in (*PACKAGES, *TESTING):
            return ()
        with temporary() as nowhere:
            told = self._node.ask("exporting", nowhere.root, {"package": package})
        return tuple(str(name) for line in told.lines for name in line["names"])

    def race_available(self) -> None:
        """Return None: there is no race detector."""
        return None

    def acceptance(self, files: Mapping[str, str], expect: Sequence[Expect]) -> dict[str, str]:
        """Render the oracles that are expressions as acceptance tests, in the form that Prettier gives."""
        sound = {number: each for number, each in enumerate(expect, 1) if not calls.fault(each)}
        return {path: self.format(text) for path, text in acceptance.render(files, sound).items()}

    @remembered
    def ask_oracles(self, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
        """Run oracles on a copy of what ships of `files`."""
        return oracles.ask(self._node, files, expect)

    def subject(self, files: Mapping[str, str], expect: Expect, message: str) -> Subject:
        """Say what an oracle is about that failed or could not be asked with `message`."""
        return calls.subject(files, expect, message)

    def agrees(self, files: Mapping[str, str], symbol: str, signature: str) -> bool:
        """Say whether the Project declares `symbol` with as many parameters as `signature`."""
        return calls.agrees(files, symbol, signature)

    def serves(self, files: Mapping[str, str]) -> bool:
        """Say whether the program of the project listens."""
        return bool(serving.program(files))

    def serve(self, root: Path, probes: Sequence[Probe]) -> tuple[Report, tuple[OracleResult, ...]]:
        """Start the project's server, wait until it listens, and send it the probes."""
        return serving.serve(self._node, root, probes)


def open_toolchain(sandbox: Sandbox, cache: Path, path: str) -> ReactToolchain:
    """Open the Node on `path`, or the packaged one, with the packages of the layer, which are fetched once."""
    installation = locate(path)
    return ReactToolchain(Node(installation, sandbox, layer(cache, installation)))


def to_fetch(cache: Path, path: str) -> str:
    """Return what opening the toolchain would fetch; empty where all is here."""
    return "" if place(cache, locate(path)).is_dir() else "the packages of React projects (140 MB)"
