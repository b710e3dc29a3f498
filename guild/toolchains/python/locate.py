"""Find what checks Python: the interpreter that runs guild, and pytest and ruff as they are installed beside it."""

import platform
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from guild.errors import ToolchainError

MEND = "install it with: pip install 'guild[local]'"


@dataclass(frozen=True, kw_only=True)
class Installation:
    """An interpreter with its version, the ruff beside it, and pytest with all that it needs."""

    python: Path
    prefix: Path
    """Where its standard library lies."""
    version: str
    ruff: Path
    distributions: tuple[Distribution, ...]

    @property
    def release(self) -> tuple[int, int]:
        """Major and minor version."""
        major, minor = self.version.split(".")[:2]
        return int(major), int(minor)


@lru_cache(maxsize=1)
def locate() -> Installation:
    """Return what is installed; ToolchainError says what lacks."""
    return Installation(
        python=_interpreter(),
        prefix=Path(sys.base_prefix).resolve(),
        version=platform.python_version(),
        ruff=_ruff(),
        distributions=with_requirements("pytest"),
    )


def with_requirements(name: str) -> tuple[Distribution, ...]:
    """Return a distribution and what it requires of this interpreter, each once, in the order of their names."""
    found: dict[str, Distribution] = {}
    wanted = [name]
    while wanted:
        try:
            one = distribution(wanted.pop())
        except PackageNotFoundError as lacking:
            raise ToolchainError(f"{lacking.name} is not here; {MEND}") from None
        if one.name not in found:
            found[one.name] = one
            needs = (Requirement(text) for text in one.requires or ())
            wanted += [each.name for each in needs if each.marker is None or each.marker.evaluate({"extra": ""})]
    return tuple(found[name] for name in sorted(found))


def _interpreter() -> Path:
    """Return the interpreter itself: the one of a virtual environment only leads to it."""
    return Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()


def _ruff() -> Path:
    if find_spec("ruff") is None:
        raise ToolchainError(f"ruff is not here; {MEND}")
    from ruff.__main__ import find_ruff_bin

    try:
        return Path(find_ruff_bin()).resolve()
    except FileNotFoundError as lacking:
        raise ToolchainError(f"ruff has no program ({lacking}); {MEND}") from lacking
