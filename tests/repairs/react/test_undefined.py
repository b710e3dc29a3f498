"""Names that do not exist are written as the only one that there is."""

import pytest

from guild.repairs.react.assertions import asserts_less
from guild.repairs.react.undefined import mend
from guild.syntax import edited
from guild.values import Diagnostic
from tests.repairs.react.subjects import subject


def said(symbol: str, line: int, code: str = "undefined") -> Diagnostic:
    return Diagnostic(path="src/app.js", line=line, column=1, symbol=symbol, code=code, message="", stage="vet")


def test_a_name_is_written_as_the_one_there_is() -> None:
    text = 'a = Slugify(1);\nb = Slugify("Slugify");\n'
    assert edited(text, mend(subject(text), [said("Slugify", 2)])) == 'a = Slugify(1);\nb = slugify("Slugify");\n'
    text = "function toUpper() {}\n\nto_upper();\n"
    assert edited(text, mend(subject(text), [said("to_upper", 3)])) == "function toUpper() {}\n\ntoUpper();\n"


@pytest.mark.parametrize("found", [said("Slugify", 1, "vet"), said("lcm", 1), said("slugify", 1), said("", 0)])
def test_other_names_are_left(found: Diagnostic) -> None:
    assert mend(subject("Slugify(lcm);\n"), [found]) == []


TEST = 'test("asks twice", () => {\n  expect(f(1)).toBe(2);\n  expect(f(2)).toBe(3);\n});\n'


@pytest.mark.parametrize(
    ("text", "less"),
    [
        (TEST, False),
        (f'import {{ f }} from "./f.js";\n\n{TEST}', False),
        (TEST.replace("toBe(3)", "toBe(4)"), True),
        (TEST.replace("  expect(f(2)).toBe(3);\n", ""), True),
        ("", True),
    ],
)
def test_a_case_that_is_lost_is_seen(text: str, less: bool) -> None:
    assert asserts_less(subject(TEST, "src/f.test.js"), text) is less
    assert not asserts_less(subject(TEST, "src/f.js"), text)
