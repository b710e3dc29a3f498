"""Run cargo and what it built inside the sandbox: what compiles sees its layer, what runs sees the program alone."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guild.process import Completed, Limits
from guild.sandbox import Job, Sandbox
from guild.toolchains.rust.layer import Place, place
from guild.toolchains.rust.locate import Installation

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
EDITION = "2021"
COMPILE_LIMITS = Limits(seconds=300, memory_bytes=3 << 30)
_UNIFORM = {
    "CARGO_INCREMENTAL": "0",
    "CARGO_NET_OFFLINE": "true",
    "CARGO_TERM_COLOR": "never",
    "CARGO_PROFILE_DEV_DEBUG": "line-tables-only",
}
"""Settings of every compiling command: one set, so that all share what was compiled."""


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a project's own code gets while it runs, before it counts as hanging or as boundless."""

    tests: int = 15
    """Seconds for one run of the tests of a file."""
    oracles: int = 10
    """Seconds for one run of all oracles; where one hangs, the others are asked again."""
    listening: int = 10
    """Seconds until a server listens."""
    memory_bytes: int = 2 << 30


@dataclass(frozen=True)
class Rust:
    """One Rust installation inside one sandbox, with the layers of its crates."""

    installation: Installation
    sandbox: Sandbox
    cache: Path
    path: str
    """The user's PATH, for what acts for the user."""
    allowance: Allowance = Allowance()

    @contextmanager
    def placed(self, files: Mapping[str, str]) -> Generator[Place]:
        """Give a place to compile a project in."""
        with place(self.installation, self.cache, files, self.path) as found:
            yield found

    def run(self, job: Job) -> Completed:
        """Run a job; one that was cancelled ends the work that wanted it, since it says nothing of the project."""
        done = self.sandbox.run(job)
        if done.stopped == "cancelled":
            raise KeyboardInterrupt
        return done

    def cargo(self, arguments: Sequence[str], at: Place) -> Completed:
        """Run `cargo ARGUMENTS` on a project, which tells in JSON what it finds."""
        command, *rest = arguments
        crates = {"CARGO_HOME": str(at.crates)} if at.crates else {}
        return self.run(
            Job(
                argv=(str(self.installation.program("cargo")), command, "--quiet", "--message-format=json", *rest),
                cwd=at.root,
                readable=(self.installation.root, *((at.crates,) if at.crates else ())),
                writable=(at.root, at.target),
                env={
                    **_UNIFORM,
                    **crates,
                    "PATH": f"{self.installation.root / 'bin'}:{SYSTEM_PATH}",
                    "RUSTC": str(self.installation.program("rustc")),
                    "CARGO_TARGET_DIR": str(at.target),
                },
                limits=COMPILE_LIMITS,
            )
        )

    def formatted(self, text: str) -> Completed:
        """Pass a file through rustfmt, by none of the project's own settings."""
        root = self.installation.root
        argv = (str(self.installation.program("rustfmt")), "--edition", EDITION, "--emit", "stdout", "--quiet")
        return self.run(Job(argv=argv, cwd=root, readable=(root,), limits=Limits(seconds=20), stdin=text))
