"""The Rust toolchain with little patience, so that what hangs ends soon."""

import pytest

from guild import settings
from guild.sandbox import open_sandbox
from guild.toolchains.rust import RustToolchain
from guild.toolchains.rust.commands import Allowance, Rust
from guild.toolchains.rust.locate import locate
from tests.toolchains.samples import RUST

ALLOWANCE = Allowance(tests=8, oracles=8, memory_bytes=300 << 20)
FILES = {path: text for path, text in RUST.files.items() if path != "src/main.rs"}
"""A library and its tests."""


@pytest.fixture(scope="package")
def tool() -> RustToolchain:
    path = settings.search_path()
    return RustToolchain(Rust(locate(path), open_sandbox(), settings.cache_folder(), path, ALLOWANCE))


@pytest.fixture(scope="package")
def free() -> RustToolchain:
    """The toolchain on the bare machine."""
    path = settings.search_path()
    sandbox = open_sandbox(unsafe_host=True)
    return RustToolchain(Rust(locate(path), sandbox, settings.cache_folder(), path, ALLOWANCE))
