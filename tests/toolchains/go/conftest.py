"""The Go toolchain with little patience, so that what hangs ends soon."""

import pytest

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains.go import GoToolchain
from guild.toolchains.go.commands import Allowance, Go
from guild.toolchains.go.locate import locate

ALLOWANCE = Allowance(tests=3, oracles=2, listening=2, memory_bytes=200 << 20)


@pytest.fixture(scope="package")
def tool() -> GoToolchain:
    return GoToolchain(Go(locate(settings.search_path()), open_sandbox(), settings.cache_folder(), ALLOWANCE))
