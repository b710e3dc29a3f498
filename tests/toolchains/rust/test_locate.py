"""Which Rust is taken, and what is said where none is, or not all of it."""

from pathlib import Path

import pytest

from guild import settings
from guild.errors import ToolchainError
from guild.toolchains.rust.locate import locate


def fake(folder: Path, version: str, *programs: str) -> str:
    binaries = folder / "bin"
    binaries.mkdir(parents=True)
    said = f'case "$1" in --print) echo {folder};; *) echo rustc {version};; esac'
    for name in ("rustc", *programs):
        (binaries / name).write_text(f"#!/bin/sh\n{said}\n")
        (binaries / name).chmod(0o755)
    return str(binaries)


@pytest.mark.rust
def test_the_rust_on_the_path_is_found_behind_its_wrapper() -> None:
    found = locate(settings.search_path())
    assert found.program("cargo").is_file() and found.version.count(".") == 2


def test_none_at_all_is_said_with_the_mend() -> None:
    with pytest.raises(ToolchainError, match="Rust is not here; install Rust"):
        locate("/nonexistent")


def test_one_too_old_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolchainError, match=r"Rust 1\.63\.0 is too old"):
        locate(fake(tmp_path / "old", "1.63.0"))


def test_what_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolchainError, match="rustup component add clippy"):
        locate(fake(tmp_path / "bare", "1.90.0", "cargo"))
    assert locate(fake(tmp_path / "whole", "1.90.0", "cargo", "cargo-clippy", "clippy-driver", "rustfmt"))


def test_one_that_does_not_work_is_refused(tmp_path: Path) -> None:
    path = fake(tmp_path / "broken", "nonsense")
    with pytest.raises(ToolchainError, match="does not say where Rust is"):
        locate(path)
