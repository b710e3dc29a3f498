"""The real toolchains, each opened once, with the cache that stays warm between test runs."""

from functools import cache

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains import Toolchain, open_toolchain


@cache
def toolchain(language: str = "go") -> Toolchain:
    return open_toolchain(language, open_sandbox(), settings.cache_folder(), path=settings.search_path())
