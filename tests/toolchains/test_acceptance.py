"""What every language makes of an oracle."""

from types import ModuleType

import pytest

from guild.toolchains.python import acceptance as python
from guild.toolchains.react import acceptance as react
from guild.toolchains.rust import acceptance as rust
from guild.values import Expect


@pytest.mark.parametrize("language", [python, rust, react])
def test_a_call_over_lines_is_joined_and_the_spaces_of_its_literals_stay(language: ModuleType) -> None:
    told = Expect(call='words(\n  "a  b",\n  1)', want=["2"], line=1)
    [text] = language.render({"src/lib.rs": "", "Cargo.toml": '[package]\nname = "k"\n'}, {1: told}).values()
    assert text.count('words( "a  b", 1)') >= 1
