"""Python expressions that stand alone."""

import pytest

from guild.syntax.python.expressions import denied, expression


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        ("ok", "not ok"),
        ("f(1)", "not f(1)"),
        ("not f(1)", "f(1)"),
        ("not (a or b)", "(a or b)"),
        ("a == b", "not (a == b)"),
        ("not a and b", "not (not a and b)"),
        ("a in b", "not (a in b)"),
    ],
)
def test_a_condition_is_denied(condition: str, opposite: str) -> None:
    assert denied(condition) == opposite


@pytest.mark.parametrize("text", ["", "x = 1", "a b", "\x00", "(" * 3000, "f("])
def test_what_is_no_expression(text: str) -> None:
    assert expression(text) is None
