"""The environment layer: the packages of a lockfile of ours, fetched once by npm, and then only read."""

import shutil
from hashlib import sha256
from importlib.resources import files as resources
from pathlib import Path
from uuid import uuid4

from guild.errors import ToolchainError
from guild.process import Limits, run
from guild.settings import environment
from guild.toolchains.react.locate import MEND, Installation
from guild.workspace import Workspace

_FILES = ("package.json", "package-lock.json")
_COMMAND = ("install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
_SECONDS = 900


def manifest() -> dict[str, str]:
    """Return what the layer is made from, file by file."""
    folder = resources("guild.toolchains.react").joinpath("environment")
    return {name: folder.joinpath(name).read_text("utf-8") for name in _FILES}


def place(cache: Path, installation: Installation) -> Path:
    """Return where the layer of this manifest lies, or is to lie: packages hold binaries for one machine and Node."""
    named = "\n".join([*manifest().values(), str(installation.release[0])])
    return cache / "react-layers" / sha256(named.encode()).hexdigest()[:16]


def layer(cache: Path, installation: Installation) -> Path:
    """Return the folder that holds the packages; ToolchainError where they cannot be fetched."""
    made = place(cache, installation)
    if not made.is_dir():
        _fetch(made, installation)
    return made


def _fetch(made: Path, installation: Installation) -> None:
    """Fill a fresh folder and rename it: who comes second takes what the first one made."""
    if installation.npm is None:
        raise ToolchainError(f"npm is not here, to fetch the packages of React projects; {MEND}")
    fresh = made.with_name(f"{made.name}.{uuid4().hex}")
    try:
        fresh.mkdir(parents=True)
        Workspace(fresh).write(manifest())
        argv = (str(installation.node), str(installation.npm), *_COMMAND)
        limits = Limits(seconds=_SECONDS, memory_bytes=4 << 30)
        done = run(argv, cwd=fresh, env=environment(), limits=limits)
        if done.returncode or done.stopped:
            said = " ".join((done.stderr or done.stdout).split())[-300:] or f"npm took more than {_SECONDS} s"
            raise ToolchainError(f"the packages of React projects cannot be fetched from the npm registry: {said}")
        fresh.rename(made)
    except OSError as fault:
        if not made.is_dir():
            raise ToolchainError(f"no packages can be kept in {made.parent}: {fault}") from fault
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
