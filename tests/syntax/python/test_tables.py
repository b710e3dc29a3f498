"""The tables of Python tests."""

import pytest

from guild.syntax.python.source import each_test
from guild.syntax.python.tables import Table, table_of
from guild.syntax.python.tree import tree, walk


def table(text: str) -> Table | None:
    """Return the table of the `assert` of a test."""
    parsed = tree(text)
    [(_, test)] = each_test(parsed)
    return table_of(parsed, next(node for node in walk(test) if node.type == "assert_statement"), test)


def rows(text: str) -> list[dict[str, str]]:
    found = table(text)
    return [{name: tree(text).of(cell) for name, cell in row.cells.items()} for row in found.rows] if found else []


def loop(head: str, before: str = "pass", outside: str = "") -> str:
    return f"{outside}\ndef test_it():\n    {before}\n    for {head}:\n        assert x\n"


def marked(given: str) -> str:
    return f"@pytest.mark.parametrize({given})\ndef test_it(a, want):\n    assert x\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (loop("a, want in [(1, 2), (3, (4))]"), [{"a": "1", "want": "2"}, {"a": "3", "want": "4"}]),
        (loop("(a, b), c in (((1, 2), 3),)"), [{"a": "1", "b": "2", "c": "3"}]),
        (loop("a, want in rows", "rows = [\n        (1, 2),  # one\n    ]"), [{"a": "1", "want": "2"}]),
        (loop("a, want in ROWS", outside="ROWS = [(1, 2)]"), [{"a": "1", "want": "2"}]),
        (loop("row in [(1, 2)]"), [{"row": "(1, 2)", "row[0]": "1", "row[1]": "2"}]),
        (loop("row in [{'in': 1}]"), [{"row": "{'in': 1}", "row['in']": "1"}]),
        (loop("i, (a, b) in enumerate([(1, 2)], 1)"), [{"a": "1", "b": "2"}]),
        (loop("a, b in {'x': 1}.items()"), [{"a": "'x'", "b": "1"}]),
        (loop("a in ['x', 'y']"), [{"a": "'x'"}, {"a": "'y'"}]),
        (marked("'a, want', [(1, 2), pytest.param(3, 4, id='x')]"), [{"a": "1", "want": "2"}, {"a": "3", "want": "4"}]),
        (marked("['a', 'want'], [[1, 2]], ids=str"), [{"a": "1", "want": "2"}]),
        (marked("'a', [(1, 2)]"), [{"a": "(1, 2)"}]),
    ],
)
def test_rows_by_the_words_that_the_code_has_for_their_cells(text, wanted):
    assert rows(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        loop("a in range(3)"),
        loop("a in {1, 2}"),
        loop("a in rows", "rows = [1]\n    rows += [2]"),
        loop("a in []"),
        marked("'a', make()"),
        marked("'a', [1], indirect=True"),
        marked("'a', [1])\n@pytest.mark.parametrize('b', [2]"),
        "def test_it():\n    assert x\n",
    ],
)
def test_what_is_no_table(text):
    assert table(text) is None


def test_the_nearest_loop_is_the_table_and_a_row_has_its_number():
    text = "def test_it():\n    for a in [1]:\n        for b in [2, 3]:\n            assert x\n"
    assert rows(text) == [{"b": "2"}, {"b": "3"}]
    assert (found := table(text)) and [row.key for row in found.rows] == ["0", "1"]
    assert rows(text.replace("[2, 3]", "range(2)")) == []
