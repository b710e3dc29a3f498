import pytest

from guild.repairs.python.fixtures import mend
from guild.syntax import edited
from guild.values import Diagnostic
from tests.repairs.python.subjects import subject

TEST = "def test_main({}) -> None:\n    é = print(tmp_path, capsys)\n    assert é\n\n\ndef helper():\n    capsys\n"


def said(symbol: str, line: int, code: str = "undefined") -> Diagnostic:
    return Diagnostic(path="test_app.py", line=line, column=1, symbol=symbol, code=code, message="", stage="vet")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("", "tmp_path, capsys"), ("x=1", "tmp_path, capsys, x=1"), ("\n    *, x\n", "tmp_path, capsys, \n    *, x\n")],
)
def test_a_test_asks_for_the_fixtures_that_it_uses(given: str, wanted: str) -> None:
    text = TEST.format(given)
    found = [said("tmp_path", text.count("\n") - 5), said("capsys", text.count("\n") - 5), said("capsys", 2)]
    assert edited(text, mend(subject(text, "test_app.py"), found)) == TEST.format(wanted)


@pytest.mark.parametrize(
    ("found", "path"),
    [
        (said("capsys", 2), "app.py"),
        (said("capsys", 7), "test_app.py"),
        (said("captain", 2), "test_app.py"),
        (said("capsys", 2, "type"), "test_app.py"),
    ],
)
def test_what_is_no_fixture_of_a_test_is_left(found: Diagnostic, path: str) -> None:
    assert mend(subject(TEST.format(""), path), [found]) == []


def test_what_does_not_parse_is_left() -> None:
    assert mend(subject("def test_main(:\n    capsys\n", "test_app.py"), [said("capsys", 2)]) == []
