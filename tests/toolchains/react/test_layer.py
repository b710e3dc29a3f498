"""The environment layer: fetched once, whole or not at all, and known by what it is made from."""

import json
from pathlib import Path

import pytest

from guild import settings
from guild.errors import ToolchainError
from guild.toolchains import to_fetch
from guild.toolchains.react.layer import layer, manifest, place
from guild.toolchains.react.locate import Installation, locate

HERE = locate(settings.search_path())


def node(npm: Path | None, version: str = "22.1.0") -> Installation:
    """Return an installation whose Node is the shell: its npm is a shell script."""
    return Installation(node=Path("/bin/sh"), version=version, npm=npm)


def script(folder: Path, text: str) -> Path:
    path = folder / "npm-cli.js"
    path.write_text(text)
    return path


def test_a_layer_is_fetched_once_from_our_manifest(tmp_path: Path) -> None:
    npm = script(tmp_path, f'echo "$@" >> {tmp_path}/asked; mkdir node_modules; cp package-lock.json node_modules/')
    made = layer(tmp_path / "cache", node(npm))
    assert (made / "node_modules/package-lock.json").read_text() == manifest()["package-lock.json"]
    assert layer(tmp_path / "cache", node(npm)) == made
    assert (tmp_path / "asked").read_text().count("install --ignore-scripts") == 1
    assert [each.name for each in made.parent.iterdir()] == [made.name]
    assert place(tmp_path / "cache", node(npm, "24.0.0")) != made


def test_what_cannot_be_fetched_leaves_nothing_and_is_told(tmp_path: Path) -> None:
    fails = script(tmp_path, "touch half; echo 'no route to the host' >&2; exit 1")
    with pytest.raises(ToolchainError, match=r"npm registry: no route to the host"):
        layer(tmp_path / "cache", node(fails))
    assert list((tmp_path / "cache/react-layers").iterdir()) == []
    with pytest.raises(ToolchainError, match=r"npm is not here.*guild\[react\]"):
        layer(tmp_path / "cache", node(None))
    (tmp_path / "file").touch()
    with pytest.raises(ToolchainError, match="no packages can be kept"):
        layer(tmp_path / "file", node(fails))


def test_what_opening_would_fetch_is_told_without_doing_so(tmp_path: Path) -> None:
    assert "React" in to_fetch("react", tmp_path, path=settings.search_path())
    place(tmp_path, HERE).mkdir(parents=True)
    assert to_fetch("react", tmp_path, path=settings.search_path()) == ""
    assert to_fetch("python", tmp_path, path="") == ""


def test_the_lock_pins_what_the_manifest_asks_for() -> None:
    wanted = json.loads(manifest()["package.json"])["dependencies"]
    locked = json.loads(manifest()["package-lock.json"])
    assert locked["packages"][""]["dependencies"] == wanted
    assert all("integrity" in each for path, each in locked["packages"].items() if path)
