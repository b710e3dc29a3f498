"""A test whose values stand, told anew: on real Python."""

import pytest

from guild.retelling import retold
from tests.toolchains.opened import toolchain

CODE = """class Stock:
    def __init__(self) -> None:
        self.pieces = 0

    def add(self, count: int) -> None:
        self.pieces += count

    def total(self) -> int:
        return self.pieces
"""
OVERWRITES = CODE.replace("+=", "=")
TEST = """from stock import Stock


def test_add() -> None:
    stock = Stock()
    stock.add(3)
    assert stock.total() == 5


def test_none() -> None:
    assert Stock().total() == 0
"""
RIGHT = TEST.replace("    stock.add(3)\n", "    stock.add(3)\n    stock.add(2)\n").partition("\n\n\ndef test_none")[0]


def told(drafts: list[str], *others: str) -> str:
    return retold(toolchain("python"), {}, ("stock.py", drafts), ("test_stock.py", [TEST, *others]), ["test_add"])


def test_what_passes_on_most_drafts_takes_the_place_of_what_failed() -> None:
    text = told([CODE, CODE + "\n", OVERWRITES], TEST, RIGHT)
    assert "stock.add(2)" in text and text.count("def test_add") == 1 and "def test_none" in text


@pytest.mark.parametrize("drafts", [[OVERWRITES, CODE, CODE], [CODE, OVERWRITES]])
def test_neither_the_code_that_stands_nor_the_most_may_fail(drafts: list[str]) -> None:
    assert told(drafts, RIGHT) == ""


@pytest.mark.parametrize(
    "weaker",
    [
        RIGHT.replace("assert stock.total() == 5", "assert stock"),
        RIGHT.replace("    stock.add(2)\n", "").replace("== 5", "== 3"),
        RIGHT.replace("test_add", "test_another"),
    ],
)
def test_no_case_goes_and_no_value_changes(weaker: str) -> None:
    assert told([CODE], weaker) == ""
