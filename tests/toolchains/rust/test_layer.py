"""Layers: one for each set of crates, with places that nobody shares; crates from the registry alone."""

from pathlib import Path

import pytest

from guild.errors import ToolchainError
from guild.toolchains.rust.layer import crates_of, place
from guild.toolchains.rust.locate import Installation
from tests.toolchains.samples import CARGO

RUST = Installation(root=Path("/nowhere"), version="1.0.0")


def test_crates_are_read_from_the_manifest() -> None:
    manifest = f'{CARGO}\n[dependencies]\nitoa = "1"\nserde = {{ version = "1.0", features = ["derive"] }}\n'
    assert crates_of(manifest) == {
        "dependencies": {
            "itoa": 'itoa = { version = "1", features = [], default-features = true }',
            "serde": 'serde = { version = "1.0", features = ["derive"], default-features = true }',
        }
    }
    assert crates_of(CARGO) == crates_of("no toml [") == {}


@pytest.mark.parametrize("wanted", ['{ path = "../x" }', '{ git = "https://x" }', '{ version = "1", path = "x" }', "3"])
def test_a_crate_from_elsewhere_is_refused(wanted: str) -> None:
    with pytest.raises(ToolchainError, match="version alone"):
        crates_of(f"[dependencies]\nitoa = {wanted}\n")


def test_a_place_is_the_same_again_and_holds_one_project_at_a_time(tmp_path: Path) -> None:
    with place(RUST, tmp_path, {"Cargo.toml": "", "src/a.rs": "1"}, "") as first:
        (first.root / "Cargo.lock").touch()
        with place(RUST, tmp_path, {"Cargo.toml": ""}, "") as second:
            assert second.root != first.root
    with place(RUST, tmp_path, {"Cargo.toml": "", "src/b.rs": "2"}, "") as again:
        assert again.root == first.root
        names = {path.relative_to(again.root).as_posix() for path in again.root.rglob("*") if path.is_file()}
        assert names == {"Cargo.toml", "Cargo.lock", "src/b.rs"}


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    with place(RUST, tmp_path, {"Cargo.toml": "", "src/a.rs": "1"}, "") as first:
        before = (first.root / "src/a.rs").stat().st_mtime_ns
    with place(RUST, tmp_path, {"Cargo.toml": "x = 1", "src/a.rs": "1"}, "") as again:
        assert (again.root / "src/a.rs").stat().st_mtime_ns == before
