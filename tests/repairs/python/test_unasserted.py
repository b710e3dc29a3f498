import pytest

from guild.repairs.python.unasserted import apply
from tests.repairs.python.subjects import subject

TEST = "def test_add():\n    s = Stock()\n    {}\n    assert s.count() == 1\n"


@pytest.mark.parametrize("line", ['s.count("é") == 0', "s.names() != []", "0 < s.count() < 3"])
def test_a_comparison_that_stands_alone_is_asserted(line: str) -> None:
    assert apply(subject(TEST.format(line), "test_app.py")) == TEST.format(f"assert {line}")


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("s.count() == 0", "app.py"),
        ("assert s.count() == 0", "test_app.py"),
        ("with raises(KeyError):\n        s['a'] == 1", "test_app.py"),
        ("s.add('a')", "test_app.py"),
        ("s.count( == 0", "test_app.py"),
    ],
)
def test_what_checks_or_does_something_stays(line: str, path: str) -> None:
    assert apply(subject(TEST.format(line), path)) == TEST.format(line)


def test_only_the_statement_changes_on_a_line_of_two() -> None:
    text = "def test_add():\n    é = 1; é == 1\n"
    assert apply(subject(text, "test_app.py")) == "def test_add():\n    é = 1; assert é == 1\n"
