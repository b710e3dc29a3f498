"""The environment layer: made once, whole or not at all, and all that tests see beside the standard library."""

from pathlib import Path

import pytest

from guild.errors import ToolchainError
from guild.toolchains.python.layer import layer
from guild.toolchains.python.locate import locate


def test_a_layer_is_made_once_and_holds_what_tests_need(tmp_path: Path) -> None:
    found = locate()
    place = layer(tmp_path, found.distributions, found.version)
    assert (place / "pytest" / "__init__.py").is_file() and (place / "pluggy").is_dir()
    assert list((place / "_pytest" / "__pycache__").glob("*.pyc"))
    assert not (place / "guild").exists() and not (place / "xdist").exists()
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    stamp = place.stat().st_mtime_ns
    assert layer(tmp_path, found.distributions, found.version) == place
    assert place.stat().st_mtime_ns == stamp
    other = layer(tmp_path, found.distributions[:1], found.version)
    assert len({place, other, layer(tmp_path, found.distributions[:1], "3.99.0")}) == 3


def test_a_cache_that_cannot_be_written_is_the_machines_fault(tmp_path: Path) -> None:
    (tmp_path / "python-layers").write_text("in the way")
    with pytest.raises(ToolchainError, match=str(tmp_path)):
        layer(tmp_path, locate().distributions, "1")
