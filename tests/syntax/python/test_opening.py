import ast

import pytest

from guild.syntax.python.opening import equation, module_name
from guild.syntax.python.opening import test_start as start


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("gcd.py", "gcd"),
        ("store/items.py", "store.items"),
        ("src/store/items.py", "store.items"),
        ("a/__init__.py", "a"),
    ],
)
def test_a_file_is_imported_by_the_name_of_its_module(path: str, name: str) -> None:
    assert module_name(path) == name


def test_a_test_file_begins_with_what_it_uses() -> None:
    assert (
        start("test_a", {"a": ["f", "g"], "b.c": ["D"]})
        == "import pytest\n\nfrom a import f, g\nfrom b.c import D\n\n\n"
    )
    assert start("test_a", {"a": [], "test_a": ["f"]}) == "import pytest\n\n\n"


def test_many_names_stand_a_line_each() -> None:
    names = [f"function_{number}" for number in range(20)]
    text = start("test_a", {"a": names})
    (found,) = (node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom))
    assert [alias.name for alias in found.names] == names
    assert all(len(line) < 100 for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("gcd(12, 18) == 6", ("gcd(12, 18)", "6")),
        ("Box(2).size() = [1, 2] (not sorted)", ("Box(2).size()", "[1, 2]")),
        ("f('a == b') -> 'x # y'  # as told.", ("f('a == b')", "'x # y'")),
        ("f(x=1) == {'a': 1}.", ("f(x=1)", "{'a': 1}")),
        ("f(1)", None),
        ("f(1) ==", None),
        ("a == b", None),
        ("f(1) == the largest", None),
    ],
)
def test_equation(text: str, pair: tuple[str, str] | None) -> None:
    assert equation(text) == pair
