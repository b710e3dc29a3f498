"""Printed values as they are written in a test."""

import pytest

from guild.syntax.python.writing import written

FILE = "import datetime\nfrom shapes import Point as Spot, Line\n\n\nclass Mine: ...\n"


@pytest.mark.parametrize(
    "value",
    ['"x"', "-3", "2.5", "[1, (2,), {3}]", '{"a": None}', "True", "set()", "Spot(x=1)", "Line(1, Spot(2))", "Mine()"],
)
def test_literals_and_what_the_file_can_make_are_written(value):
    assert written(value, FILE, "0") == value


def test_what_a_module_makes_is_written_where_it_is_imported():
    assert written("datetime.date(1, 2, 3)", FILE, "0") == "datetime.date(1, 2, 3)"
    assert written("datetime.date(1, 2, 3)", "from datetime import date\n", "0") == ""


@pytest.mark.parametrize(
    "value",
    ["<Mine object at 0x7f>", "nan", "[inf]", "Point(x=1)", "Mine", "Mine.x", "no error", "", "1 + x", "ValueError"],
)
def test_what_means_nothing_there_is_not(value):
    assert written(value, FILE, "0") == ""


def test_an_exception_stands_for_an_exception_alone():
    assert written("KeyError", FILE, "ValueError") == "KeyError" and written("Line", FILE, "ValueError") == "Line"
    assert written("3", FILE, "ValueError") == "" and written("KeyError", FILE, "'ValueError'") == ""
    assert written("Unknown", FILE, "ValueError") == ""
