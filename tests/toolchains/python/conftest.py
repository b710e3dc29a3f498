"""The Python toolchain with little patience, so that what hangs ends soon."""

import pytest

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains.python import PythonToolchain
from guild.toolchains.python.commands import Allowance, Python
from guild.toolchains.python.locate import locate

ALLOWANCE = Allowance(imports=1, each=1, tests=8, oracles=8, listening=3, memory_bytes=300 << 20)


def opened(*, unsafe_host: bool = False) -> PythonToolchain:
    sandbox = open_sandbox(unsafe_host=unsafe_host)
    return PythonToolchain(Python(locate(), sandbox, settings.cache_folder(), ALLOWANCE))


@pytest.fixture(scope="package")
def tool() -> PythonToolchain:
    return opened()


@pytest.fixture(scope="package", params=["isolated", "host"])
def anywhere(request: pytest.FixtureRequest) -> PythonToolchain:
    return opened(unsafe_host=request.param == "host")
