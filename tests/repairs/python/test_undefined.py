import pytest

from guild.repairs.python.undefined import mend
from guild.syntax import edited
from guild.values import Diagnostic
from tests.repairs.python.subjects import subject


def said(symbol: str, line: int, code: str = "undefined") -> Diagnostic:
    return Diagnostic(path="app.py", line=line, column=1, symbol=symbol, code=code, message="", stage="vet")


def test_a_name_is_written_as_the_one_there_is() -> None:
    text = "x = Gcd(1, 2)\ny = Gcd('Gcd')\n"
    assert edited(text, mend(subject(text), [said("Gcd", 2)])) == "x = Gcd(1, 2)\ny = gcd('Gcd')\n"
    text = "def from_roman(s):\n    return s\n\n\nx = fromRoman('I')\n"
    assert "x = from_roman('I')" in edited(text, mend(subject(text), [said("fromRoman", 5)]))


@pytest.mark.parametrize("found", [said("Gcd", 1, "type"), said("lcm", 1), said("gcd", 1), said("", 0)])
def test_other_names_are_left(found: Diagnostic) -> None:
    assert mend(subject("x = Gcd(1, lcm)\n"), [found]) == []


def test_where_two_could_be_meant_none_is_taken() -> None:
    assert mend(subject("x = gCd(1)\n", other="def GCD():\n    pass\n"), [said("gCd", 1)]) == []
