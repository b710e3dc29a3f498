"""The family as a whole: what a model's usual answer becomes, and what no repair may do."""

import pytest

from guild.repairs import REGISTRY, names
from tests.repairs.python.subjects import NUMKIT, repaired, subject

ANSWER = """import unittest
from my_module import gcd


def gcd(a, b):
    return b


def test_gcd():
    assert gcd(2, 4) == 2
    with pytest.raises(ValueError):
        Box()


if __name__ == "__main__":
    pytest.main()
"""


def test_the_usual_answer_becomes_a_test() -> None:
    result = repaired(ANSWER, "test_numkit.py")
    assert result.fired == ("loose", "repeated", "imports")
    assert "my_module" not in result.text and "unittest" not in result.text and "def gcd" not in result.text
    assert all(line in result.text for line in ("from numkit import gcd", "from numkit import Box", "import pytest"))


@pytest.mark.parametrize("name", REGISTRY["python"].repairs)
def test_no_repair_fires_on_a_sound_file(name: str) -> None:
    assert REGISTRY["python"].repairs[name](subject(NUMKIT)) == NUMKIT


@pytest.mark.parametrize("name", REGISTRY["python"].repairs)
@pytest.mark.parametrize(
    "text", ["", "def", "import", "}{", "def f(:\n\tx", "class A(", "'''", "\ud800", "from . import"]
)
def test_no_repair_stumbles_over_broken_text(name: str, text: str) -> None:
    assert isinstance(REGISTRY["python"].repairs[name](subject(text)), str)


def test_all_can_be_left_out() -> None:
    assert repaired(ANSWER, "notes.txt").text == ANSWER
    assert set(names("python")) == {
        "tabs",
        "loose",
        "repeated",
        "unasserted",
        "arguments",
        "imports",
        "undefined",
        "fixtures",
    }
