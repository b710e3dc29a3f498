"""The React toolchain with less patience than usual, so that what hangs ends soon."""

import pytest

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains.react import ReactToolchain
from guild.toolchains.react.commands import Allowance, Node
from guild.toolchains.react.layer import layer
from guild.toolchains.react.locate import locate
from tests.toolchains.opened import toolchain

ALLOWANCE = Allowance(load=4, each=3, listening=5)


@pytest.fixture(scope="package")
def tool() -> ReactToolchain:
    toolchain("react")
    installation = locate(settings.search_path())
    return ReactToolchain(Node(installation, open_sandbox(), layer(settings.cache_folder(), installation), ALLOWANCE))
