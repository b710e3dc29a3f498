"""Run Node inside the sandbox: what runs sees the packages of the layer and the project, nothing else."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from guild.process import Completed, Limits
from guild.sandbox import Job, Sandbox
from guild.toolchains.react.locate import Installation

_LINE = 'exec "$@" 3>&1 >/dev/null 2>&1'
"""Gives a guest a line of its own: what the project prints goes nowhere."""
_ENVIRONMENT = {"CI": "true", "FORCE_COLOR": "0", "NODE_ENV": "test"}


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a project's own code gets while it runs, before it counts as hanging or as boundless."""

    load: int = 10
    """Seconds to load one test file with all that it imports."""
    each: int = 5
    """Seconds for one test."""
    tests: int = 60
    """Seconds for one run of all tests."""
    oracles: int = 20
    """Seconds for one run of all oracles."""
    watched: int = 20
    """Seconds for one run of a watched file."""
    listening: int = 10
    """Seconds until a server listens."""
    memory_bytes: int = 2 << 30


@dataclass(frozen=True)
class Told:
    """How a guest ended, and what it told: one value a line."""

    done: Completed
    lines: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Node:
    """One Node inside one sandbox, with the environment layer of its projects."""

    installation: Installation
    sandbox: Sandbox
    layer: Path
    """The folder of the packages."""
    allowance: Allowance = Allowance()

    @cached_property
    def guests(self) -> Path:
        """The folder of the scripts that run beside the project."""
        return Path(str(resources("guild.toolchains.react"))) / "guest"

    @property
    def readable(self) -> tuple[Path, ...]:
        """What every run has to see."""
        return self.installation.node, self.layer, self.guests

    def testing(self, paths: Sequence[str], done: Sequence[str] = (), setup: Sequence[str] = ()) -> dict[str, object]:
        """Return what the guest is asked that runs test files, but for the tests that were told already."""
        own = self.allowance
        return {"paths": [*paths], "done": [*done], "setup": [*setup], "load": own.load, "each": own.each}

    def run(self, job: Job) -> Completed:
        """Run a job; one that was cancelled ends the work that wanted it, since it says nothing of the project."""
        done = self.sandbox.run(job)
        if done.stopped == "cancelled":
            raise KeyboardInterrupt
        return done

    def ask(self, name: str, root: Path, asked: Mapping[str, object], *, seconds: float = 60) -> Told:
        """Run a guest on the project at `root`; a line counts where it bears the word that only the guest was told."""
        word = secrets.token_hex(16)
        program = (str(self.installation.node), str(self.guests / f"{name}.cjs"))
        job = Job(
            argv=("/bin/sh", "-c", _LINE, "sh", *program),
            cwd=root,
            readable=self.readable,
            writable=(root,),
            env=_ENVIRONMENT,
            limits=Limits(seconds=seconds, memory_bytes=self.allowance.memory_bytes),
            stdin=json.dumps({**asked, "root": str(root), "layer": str(self.layer), "word": word}),
        )
        done = self.run(job)
        return Told(done, tuple(_lines(done.stdout, word)))


def _lines(text: str, word: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        if line.startswith(word):
            try:
                yield json.loads(line.removeprefix(word))
            except ValueError:
                continue
