"""Find a Rust installation that is new enough and whole: the one that PATH leads to, behind whatever wraps it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guild.errors import ToolchainError
from guild.process import Limits, run, which

OLDEST = (1, 74)
MEND = "install Rust with rustup, or with your system's packages (cargo, rust-clippy and rustfmt)"
_PROGRAMS = {"cargo": "cargo", "cargo-clippy": "clippy", "clippy-driver": "clippy", "rustfmt": "rustfmt"}
"""What is run beside the compiler, and the component that brings it."""


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A Rust installation: its root folder and its version, such as `1.95.0`."""

    root: Path
    version: str

    def program(self, name: str) -> Path:
        """Return a program of the installation itself, never a wrapper around it."""
        return self.root / "bin" / name


@lru_cache(maxsize=8)
def locate(path: str) -> Installation:
    """Return the Rust that PATH `path` leads to; ToolchainError says what lacks."""
    rustc = which("rustc", path)
    if rustc is None:
        raise ToolchainError(f"Rust is not here; {MEND}")
    root, version = _ask(rustc, path, "--print", "sysroot"), _ask(rustc, path, "--version")
    found = re.search(r"\d+\.\d+\.\d+", version)
    if not root or found is None or not Path(root, "bin/rustc").is_file():
        raise ToolchainError(f"{rustc} does not say where Rust is; {MEND}")
    if tuple(map(int, found[0].split(".")[:2])) < OLDEST:
        raise ToolchainError(f"Rust {found[0]} is too old ({'.'.join(map(str, OLDEST))} or newer is needed); {MEND}")
    installation = Installation(root=Path(root).resolve(), version=found[0])
    for program, component in _PROGRAMS.items():
        if not installation.program(program).is_file():
            raise ToolchainError(f"{program} is not in {root}: rustup component add {component}; or {MEND}")
    return installation


def _ask(rustc: Path, path: str, *arguments: str) -> str:
    """Ask a compiler, which may be a wrapper that would rather install another."""
    env = {"PATH": path, "RUSTUP_AUTO_INSTALL": "0"}
    done = run([str(rustc), *arguments], cwd=Path("/"), env=env, limits=Limits(seconds=60))
    return done.stdout.strip() if done.returncode == 0 else ""
