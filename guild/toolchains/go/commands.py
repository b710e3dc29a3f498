"""Run the go command and what it built inside the sandbox: what compiles has the build cache, what runs has not."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from guild.errors import ToolchainError
from guild.process import Completed, Limits, which
from guild.sandbox import Job, Sandbox
from guild.toolchains.go.locate import Installation
from guild.workspace import temporary

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
COMPILE_LIMITS = Limits(seconds=300, memory_bytes=3 << 30)
UNIFORM = ("-trimpath", "-gcflags=-e", "-ldflags=-s -w")
"""Flags of every compiling command: one set, so that build, vet and test share what the cache holds."""


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a project's own code gets while it runs, before it counts as hanging or as boundless."""

    tests: int = 30
    """Seconds for all runs of one package's tests."""
    oracles: int = 10
    """Seconds for all runs of one package's oracles; where one hangs, the others are asked again."""
    listening: int = 10
    """Seconds until a server listens."""
    memory_bytes: int = 2 << 30


@dataclass(frozen=True)
class Go:
    """One Go installation inside one sandbox, with a build cache of its own."""

    installation: Installation
    sandbox: Sandbox
    cache: Path
    allowance: Allowance = Allowance()

    def run(self, job: Job) -> Completed:
        """Run a job; one that was cancelled ends the work that wanted it, since it says nothing of the project."""
        done = self.sandbox.run(job)
        if done.stopped == "cancelled":
            raise KeyboardInterrupt
        return done

    @cached_property
    def build_cache(self) -> Path:
        """The folder of Go's build cache; made on first use."""
        folder = self.cache / "go-build"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def search_path(self) -> str:
        """The PATH of every job: the installation's commands, then the system's."""
        return f"{self.installation.root / 'bin'}:{SYSTEM_PATH}"

    @cached_property
    def test2json(self) -> Path:
        """The converter of test output, built once an installation and kept beside the build cache."""
        tool = self.cache / "bin" / f"test2json-{self.installation.version}"
        if not tool.is_file():
            tool.parent.mkdir(parents=True, exist_ok=True)
            with temporary() as scratch:
                self._build_test2json(scratch.root, tool)
        return tool

    def _build_test2json(self, scratch: Path, tool: Path) -> None:
        made, fresh = scratch / "test2json", tool.with_name(f"{tool.name}.{uuid4().hex}")
        done = self.compile(["build", "-trimpath", "-o", str(made), "cmd/test2json"], scratch, scratch=scratch)
        if done.returncode != 0:
            raise ToolchainError(f"test2json cannot be built: {(done.stderr or done.stopped).strip()[-200:]}")
        shutil.copy2(made, fresh)
        fresh.replace(tool)

    @cached_property
    def compiler(self) -> Path | None:
        """The C compiler that the sandbox can see."""
        found = (which(name, SYSTEM_PATH) for name in ("gcc", "cc", "clang"))
        return next((path for path in found if path), None)

    def compile(
        self, arguments: Sequence[str], root: Path, *, scratch: Path | None = None, race: bool = False
    ) -> Completed:
        """Run `go ARGUMENTS` on the project at `root`, which it may only read; `scratch` takes what it makes."""
        return self.run(
            Job(
                argv=(str(self.installation.go), *arguments),
                cwd=root,
                readable=(self.installation.root, root),
                writable=(self.build_cache, *((scratch,) if scratch else ())),
                env=self._environment(race=race),
                limits=COMPILE_LIMITS,
            )
        )

    def filter(self, tool: str, text: str) -> Completed:
        """Pass text through a small program of the installation, such as gofmt."""
        root = self.installation.root
        argv = (str(root / "bin" / tool),)
        return self.run(Job(argv=argv, cwd=root, readable=(root,), limits=Limits(seconds=20), stdin=text))

    def _environment(self, *, race: bool) -> Mapping[str, str]:
        return {
            "PATH": self.search_path,
            "GOROOT": str(self.installation.root),
            "GOCACHE": str(self.build_cache),
            "GOPATH": "/tmp/gopath",
            "GOENV": "off",
            "GOFLAGS": "-mod=mod",
            "GOPROXY": "off",
            "GOSUMDB": "off",
            "GOTELEMETRY": "off",
            "GOTOOLCHAIN": "local",
            "GOWORK": "off",
            "CGO_ENABLED": "1" if race else "0",
            **({"CC": str(self.compiler)} if race and self.compiler else {}),
        }
