"""What is found beside guild, and what is said where it lacks."""

import re
import sys
from pathlib import Path

import pytest

from guild.errors import ToolchainError
from guild.toolchains.python.locate import locate, with_requirements


def test_the_interpreter_is_the_one_that_runs_guild_and_no_link_to_it() -> None:
    found = locate()
    assert found.python.is_relative_to(Path(sys.base_prefix).resolve())
    assert found.python == found.python.resolve()
    assert found.release == sys.version_info[:2]
    assert found.ruff.name.startswith("ruff")


def test_pytest_comes_with_all_that_it_needs_here_and_nothing_else() -> None:
    names = {re.sub(r"[-_.]+", "-", one.name).lower() for one in locate().distributions}
    assert names >= {"pytest", "pluggy", "iniconfig", "packaging"}
    assert not names & {"pytest-timeout", "pytest-xdist", "guild", "colorama", "attrs"}


def test_what_lacks_is_named_with_the_mend() -> None:
    with pytest.raises(ToolchainError, match=r"no-such-thing.*pip install 'guild\[local\]'"):
        with_requirements("no-such-thing")
