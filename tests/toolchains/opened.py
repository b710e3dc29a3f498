"""The real toolchains, each opened once, with the cache that stays warm between test runs."""

from functools import cache

import pytest

from guild import settings
from guild.errors import ToolchainError
from guild.sandbox import open_sandbox
from guild.toolchains import Toolchain, open_toolchain


def toolchain(language: str = "go") -> Toolchain:
    """Return a toolchain; the test is skipped where a registry has what it lacks and is out of reach."""
    opened = _opened(language)
    if isinstance(opened, str):
        pytest.skip(opened)
    return opened


@cache
def _opened(language: str) -> Toolchain | str:
    try:
        return open_toolchain(language, open_sandbox(), settings.cache_folder(), path=settings.search_path())
    except ToolchainError as lacking:
        if "registry" in str(lacking):
            return str(lacking)
        raise
