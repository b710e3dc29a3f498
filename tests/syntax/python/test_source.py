"""What a Python file declares and imports."""

from itertools import pairwise

import pytest

from guild.syntax import Declaration
from guild.syntax.python.source import parse, split_files, test_names

test_names.__test__ = False  # type: ignore[attr-defined]

FILE = '''#!/usr/bin/env python
"""Of it."""
from __future__ import annotations
import os.path as p, sys
from .m import a, b as c
from m import *

# über Größe
MAX: int = 3
x, y = 1, 2

# detached

# Add こんにちは.
@cache
@wraps(f)
async def add(
    a: int,
) -> int:
    """x

# no comment
    """
    def inner(): pass
    return a

@dataclass(frozen=True)
class Stack(Base):
    """A stack."""

    # size
    size: int = 0

    # pushes
    @property
    def push(self,
             x) -> None:
        pass
    y = 3

    def pop(self): ...

class Full(Exception):
    pass

type Pair[T] = tuple[T, T]
a = b = 1
a.c = 2
a += 1

if __name__ == "__main__":
    add(1)
'''
TABS = "class A:\n\t# one\n\tdef f(self):\n\t\treturn 1\n\n\tdef g(self): pass\n"


def declared(name: str) -> Declaration:
    return next(found for found in parse(FILE).declarations if found.name == name)


def test_declarations_by_name_and_kind() -> None:
    assert [(each.name, each.kind, each.receiver) for each in parse(FILE).declarations] == [
        ("MAX", "const", ""),
        ("x", "var", ""),
        ("y", "var", ""),
        ("add", "func", ""),
        ("Stack", "type", ""),
        ("Stack.push", "method", "Stack"),
        ("Stack.pop", "method", "Stack"),
        ("Full", "type", ""),
        ("Pair", "type", ""),
        ("a", "var", ""),
        ("b", "var", ""),
    ]


@pytest.mark.parametrize("text", [FILE, FILE.replace("\n", "\r\n"), TABS])
def test_positions_count_characters_and_nothing_stands_in_another(text: str) -> None:
    found = parse(text).declarations
    assert len(found) >= 3
    for each in found:
        assert text[each.start : each.end] == each.text
        assert text.split("\n")[each.line - 1].strip() == text[each.head :].split("\n")[0].strip()
        assert each.core == each.head and not each.broken and each.group is None
    spans = sorted({(each.start, each.end) for each in found})
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_comments_right_above_and_decorators_belong_to_a_declaration() -> None:
    assert declared("MAX").text == "# über Größe\nMAX: int = 3"
    assert declared("add").text.startswith("# Add こんにちは.\n@cache\n") and declared("add").text.endswith("return a")
    assert declared("x").text == "x, y = 1, 2"
    assert declared("Stack.push").text.startswith("    # pushes\n    @property\n    def push")
    assert parse("#!/bin/python\nx = 1\n").declarations[0].text == "x = 1"
    assert parse("x = '''\n# no'''\ny = 1\n").declarations[1].text == "y = 1"


def test_a_class_reaches_to_its_first_method() -> None:
    assert declared("Stack").text.endswith("size: int = 0") and declared("Full").text.endswith("pass")
    assert parse(TABS).declarations[0].text == "class A:"


def test_signatures_say_what_is_needed_to_use_it() -> None:
    assert declared("add").signature == "@cache\nasync def add(\n    a: int,\n) -> int"
    assert declared("Stack").signature == "class Stack(Base):\n    size: int = 0"
    assert declared("Stack.push").signature.startswith("class Stack:\n    @property\n    def push(self,\n")
    assert declared("Stack.pop").signature == "class Stack:\n    def pop(self)"
    assert declared("Full").signature == "class Full(Exception)"
    assert declared("MAX").signature == "MAX: int = 3"
    assert parse(TABS).declarations[2].signature == "class A:\n    def g(self)"
    assert parse("def f(\r\n    a,\r\n): ...\r\n").declarations[0].signature == "def f(\n    a,\n)"


def test_imports_say_the_module_and_the_name_that_it_has_here() -> None:
    assert [(each.path, each.alias, each.line) for each in parse(FILE).imports] == [
        ("__future__", "annotations", 3),
        ("os.path", "p", 4),
        ("sys", "", 4),
        (".m", "a", 5),
        (".m", "c", 5),
        ("m", "*", 6),
    ]


@pytest.mark.parametrize(
    ("head", "name", "signature"),
    [
        ("def f(a: int) -> str", "f", "def f(a: int) -> str"),
        ("def f(\n    a,\n)", "f", "def f(\n    a,\n)"),
        ("async def f():\n", "f", "async def f()"),
        ("class A(B)", "A", "class A(B)"),
        ("class A:\n    def f(self) -> None", "A.f", "class A:\n    def f(self) -> None"),
    ],
)
def test_a_head_without_a_body_is_a_broken_declaration(head: str, name: str, signature: str) -> None:
    found = parse(head).declarations[-1]
    assert (found.name, found.signature, found.broken) == (name, signature, True)
    assert found.text == head[found.start : found.end] and parse(head).faults and found.end <= len(head.rstrip())


def test_what_breaks_one_declaration_leaves_the_others() -> None:
    found = parse("def f(:\n    return 1\n\n\ndef g():\n    return 2\n").declarations
    assert [(each.name, each.broken) for each in found] == [("f", True), ("g", False)]
    indented = parse("    def f(self):\n        return 1\n").declarations
    assert [(each.name, each.text[:11]) for each in indented] == [("f", "    def f(s")]


@pytest.mark.parametrize(
    "text", ["", "\n", "# words\n", "Here is the code:", "}{)(`", "\ud800", "\x00", "def", "@", "class"]
)
def test_any_text_can_be_read(text: str) -> None:
    assert (parse(text).package, parse(text).declarations, test_names(text)) == ("", (), [])
    assert parse(text).text == text and split_files(text) == [text]


def test_nesting_deeper_than_pythons_stack() -> None:
    text = "def f():\n    return " + "(" * 3000 + "a.b" + ")" * 3000 + "\n"
    assert parse(text).declarations[0].name == "f" and parse(text).faults


def test_tests_are_known_by_their_names_and_their_class() -> None:
    text = """
def test_a(): pass
@mark
async def test_b(x): pass
def testify(): pass
class TestX:
    def test_c(self): pass
    @mark
    def test_d(self): pass
    def other_test(self): pass
    test_e = 1
class Many(unittest.TestCase):
    def test_f(self): pass
class Helper:
    def test_g(self): pass
if x:
    def test_h(): pass
"""
    assert test_names(text) == ["test_a", "test_b", "TestX.test_c", "TestX.test_d", "Many.test_f"]


def test_files_are_cut_at_the_comments_that_name_them() -> None:
    first, second = (
        "# src/a.py\nx = 1\n\n",
        "# File: `test_a.py`\ny = '''\n# b.py\n'''\n    # c.py\n# see d.py for it\n",
    )
    assert split_files(first + second) == [first, second]
