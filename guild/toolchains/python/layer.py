"""The environment layer: pytest and what it needs, copied out of the environment of guild, and nothing else of it."""

import compileall
import shutil
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.metadata import Distribution
from pathlib import Path
from uuid import uuid4

from guild.errors import ToolchainError

_LAYOUT = "1"
"""Changes when layers are made in another way, so that no older one is taken for a new one."""


def layer(cache: Path, distributions: Sequence[Distribution], version: str) -> Path:
    """Return the folder that holds these distributions for an interpreter; made once and then only read."""
    named = "\n".join([_LAYOUT, version, *(f"{one.name}=={one.version}" for one in distributions)])
    place = cache / "python-layers" / sha256(named.encode()).hexdigest()[:16]
    if not place.is_dir():
        _make(place, distributions)
    return place


def _make(place: Path, distributions: Sequence[Distribution]) -> None:
    """Fill a fresh folder and rename it: who comes second takes what the first one made."""
    fresh = place.with_name(f"{place.name}.{uuid4().hex}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        for source, target in _files(distributions):
            (fresh / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, fresh / target)
        # Nothing is compiled where tests run: an installer may have left it to the first import.
        compileall.compile_dir(fresh, quiet=2)
        fresh.rename(place)
    except OSError as fault:
        shutil.rmtree(fresh, ignore_errors=True)
        if not place.is_dir():
            raise ToolchainError(f"no environment for tests can be made in {place.parent}: {fault}") from fault


def _files(distributions: Sequence[Distribution]) -> Iterator[tuple[Path, Path]]:
    """Yield each file of the distributions and where it goes; commands, which lie elsewhere, are left out."""
    for one in distributions:
        listed = [each for each in one.files or () if ".." not in each.parts]
        if not listed:
            raise ToolchainError(f"{one.name} does not say which files it has: install it anew with pip")
        for each in listed:
            source = Path(str(one.locate_file(each)))
            if source.is_file():
                yield source, Path(*each.parts)
