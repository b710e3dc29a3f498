"""Run Python and ruff inside the sandbox: what runs sees the standard library, pytest and the project, nothing else."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from guild.process import Completed, Limits
from guild.sandbox import Job, Sandbox
from guild.toolchains.python.layer import layer
from guild.toolchains.python.locate import Installation
from guild.toolchains.python.packages import MANIFEST, folder, offered, required

FLAGS = ("-S", "-s", "-P", "-B")
"""No site-packages, none of the user's, no folder of the script on the path, nothing written beside a source."""
GUEST = "guild_guest"


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a project's own code gets while it runs, before it counts as hanging or as boundless."""

    imports: int = 3
    """Seconds to import one module."""
    each: int = 5
    """Seconds for one test."""
    tests: int = 30
    """Seconds for one run of all tests."""
    oracles: int = 10
    """Seconds for one run of all oracles; one that hangs is stopped as a test is."""
    listening: int = 10
    """Seconds until a server listens."""
    memory_bytes: int = 2 << 30


@dataclass(frozen=True)
class Told:
    """How a guest ended, and what it told: one value a line."""

    done: Completed
    lines: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Python:
    """One interpreter inside one sandbox, with the environment layer of its tests."""

    installation: Installation
    sandbox: Sandbox
    cache: Path
    allowance: Allowance = Allowance()

    @cached_property
    def layer(self) -> Path:
        """The folder of pytest and what it needs; made on first use."""
        return layer(self.cache, self.installation.distributions, self.installation.version)

    @cached_property
    def guests(self) -> Path:
        """The folder that holds the package of guests."""
        return Path(str(resources("guild.toolchains.python")))

    def packages(self, manifest: str) -> tuple[Path, ...]:
        """Return the folder of what a pyproject.toml requires; none where that is nothing, or was not fetched here."""
        wanted = required(manifest)
        place = folder(self.cache, self.installation.version, wanted)
        return (place,) if wanted and place.is_dir() else ()

    def offered(self, files: Mapping[str, str]) -> frozenset[str]:
        """Return what can be imported of the packages that a project requires."""
        return frozenset(name for place in self.packages(files.get(MANIFEST, "")) for name in offered(place))

    def readable(self, root: Path) -> tuple[Path, ...]:
        """Return what a run of the interpreter on a project sees; a module is found by listing its folder."""
        own = (self.installation.prefix, self.installation.python.parent, self.layer, self.guests)
        return *own, *self.packages(_text(root / MANIFEST))

    def environment(self, root: Path, *first: str) -> Mapping[str, str]:
        """Return where packages and a guest are found; the guest puts the project's folders before all that."""
        places = [*first, self.guests, *self.packages(_text(root / MANIFEST)), self.layer]
        return {"PYTHONPATH": ":".join(map(str, places)), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def testing(self, paths: Sequence[str], done: Sequence[str] = ()) -> dict[str, object]:
        """Return what the guest is asked that runs test files, but for the tests that were told already."""
        each, memory = self.allowance.each, self.allowance.memory_bytes
        return {"paths": [*paths], "done": [*done], "each": each, "memory": memory}

    def guest(self, name: str) -> tuple[str, ...]:
        """Return the argv that runs a guest."""
        return str(self.installation.python), *FLAGS, "-m", f"{GUEST}.{name}"

    def run(self, job: Job) -> Completed:
        """Run a job; one that was cancelled ends the work that wanted it, since it says nothing of the project."""
        done = self.sandbox.run(job)
        if done.stopped == "cancelled":
            raise KeyboardInterrupt
        return done

    def ask(self, name: str, root: Path, asked: Mapping[str, object], *, seconds: float, seed: int = 0) -> Told:
        """Run a guest on the project at `root`; a line counts where it bears the word that only the guest was told."""
        word = secrets.token_hex(16)
        limits = Limits(seconds=seconds, memory_bytes=self.allowance.memory_bytes)
        done = self.run(
            Job(
                argv=self.guest(name),
                cwd=root,
                readable=self.readable(root),
                writable=(root,),
                env={**self.environment(root), "PYTHONHASHSEED": str(seed)},
                limits=limits,
                stdin=json.dumps({**asked, "root": str(root), "layer": str(self.layer), "word": word}),
            )
        )
        return Told(done, tuple(_lines(done.stdout, word)))

    def ruff(self, arguments: Sequence[str], root: Path, *, stdin: str = "") -> Completed:
        """Run ruff on the project at `root`, which it may only read, by none of the project's own settings."""
        program = self.installation.ruff
        argv = (str(program), *arguments)
        return self.run(Job(argv=argv, cwd=root, readable=(program, root), limits=Limits(seconds=120), stdin=stdin))


def _text(path: Path) -> str:
    """Return a file's text; nothing of one that is not there or cannot be read."""
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text("utf-8")
    return ""


def _lines(text: str, word: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        if line.startswith(word):
            try:
                yield json.loads(line.removeprefix(word))
            except ValueError:
                continue
