"""Where a text is not Python."""

import warnings

import pytest

from guild.syntax.python.faults import faults


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("def f()\n    pass\n", 1, 8, "expected ':'"),
        ("def f():\n\nx = 1\n", 3, 1, "expected an indented block"),
        ("print x\n", 1, 1, "Missing parentheses"),
        ('x = "こんにちは" )\n', 1, 13, "unmatched ')'"),
        ("    x = 1\n", 1, 4, "unexpected indent"),
        ("if x:\n\ty = 1\n        z = 2\n", 3, 1, "inconsistent use of tabs"),
        ("x = '''a\n", 1, 5, "unterminated"),
        ("\x00", 1, 1, "null bytes"),
        ("\ud800", 1, 1, "surrogates"),
        ("x = (1\n", 1, 5, "never closed"),
    ],
)
def test_faults_say_where_in_the_words_of_python(text: str, line: int, column: int, words: str) -> None:
    found = faults(text)[0]
    assert (found.line, found.column) == (line, column)
    assert words in found.message


def test_other_places_are_told_by_the_tree_once_a_line() -> None:
    found = faults("Here is the code\nfor you:\n\ndef g():\n    return 2\n")
    assert [each.line for each in found] == [1, 2] and "`for you:`" in found[1].message
    assert 10 < len(faults("def f(:\n    x\n" * 100)) <= 20


@pytest.mark.parametrize("text", ["", "x = 1\r\n", "match x:\n    case 1: pass\n"])
def test_what_python_reads_has_none(text: str) -> None:
    assert faults(text) == []


def test_a_doubtful_escape_is_no_fault_and_warns_nobody() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert faults("x = '\\d'\n") == []
    assert told == []
