"""A replacement's declarations put into a Python text."""

import pytest

from guild.syntax.python.source import parse
from guild.syntax.python.splicing import splice
from tests.syntax.python.test_source import FILE as EVERYTHING
from tests.syntax.python.test_source import TABS

FILE = '''"""Of it."""

import os

LIMIT = 3  # at most


# Says こんにちは.
def a():
    return "こんにちは"


@dataclass
class Stack(Base):
    """Holds."""

    size: int = 0

    @property
    def top(self):
        return 1

    @top.setter
    def top(self, value):
        pass

    def pop(self):
        return 2

    after = 1


def b(): ...


if __name__ == "__main__":
    b()
'''
PROPERTY = "class A:\n    @property\n    def x(self): ...\n\n    @x.setter\n    def x(self, v): ...\n"
OVERLOADED = "@overload\ndef f(x: int): ...\n@overload\ndef f(x: str): ...\ndef f(x): return x\n\nx = 1\nx = x + 1\n"


@pytest.mark.parametrize(
    "text", [FILE, FILE.replace("\n", "\r\n"), EVERYTHING, TABS, PROPERTY, OVERLOADED, "", "# words\n", "x = 1"]
)
def test_a_text_over_itself_changes_nothing(text: str) -> None:
    assert splice(text, text) == text


def test_a_function_takes_the_place_of_its_namesake_and_keeps_its_comment() -> None:
    assert splice(FILE, 'def a():\n    return "はい"\n') == FILE.replace('こんにちは"\n', 'はい"\n')
    renewed = splice(FILE, "# New.\nasync def a(): ...\n")
    assert "# New.\nasync def a(): ...\n\n\n@dataclass" in renewed and "こんにちは" not in renewed


def test_what_is_new_goes_before_what_follows_it_else_before_the_program() -> None:
    result = splice(
        FILE, "def c(): ...\n\nclass Full(Exception): ...\n\nclass Stack:\n    def pop(self): ...\n\nD = 1\n"
    )
    assert '"\n\n\ndef c(): ...\n\n\nclass Full(Exception): ...\n\n\n@dataclass\nclass Stack(Base):' in result
    assert result.endswith('def b(): ...\n\n\nD = 1\n\n\nif __name__ == "__main__":\n    b()\n')
    assert splice("x = 1\n", "def c(): ...\n") == "x = 1\n\n\ndef c(): ...\n"


def test_a_class_shown_in_part_keeps_the_rest() -> None:
    result = splice(FILE, "class Stack:\n  def pop(self):\n    return '''\n  x'''\n\n  def last(self): ...\n")
    there, new = FILE.split("        return 2\n")
    assert result == there.replace("pop(self):\n", "pop(self):\n      return '''\n  x'''\n") + new.replace(
        "after = 1\n", "after = 1\n\n    def last(self): ...\n"
    ).replace("\n    after", "\n    after")


def test_values_bases_and_decorators_of_a_class_are_merged() -> None:
    result = splice(
        FILE, '@final\nclass Stack(Other):\n    """New."""\n    size: int = 9\n    more = 1\n    def pop(self): ...\n'
    )
    assert '@final\nclass Stack(Other):\n    """New."""\n\n    size: int = 9\n' in result and "Base" not in result
    assert "    more = 1\n    def pop(self): ...\n\n    after = 1\n" in result and "def top(self, value)" in result


def test_a_class_that_shows_all_its_methods_is_replaced_whole() -> None:
    methods = "@property\n    def top(self): ...\n    @top.setter\n    def top(self, v): ...\n    def pop(self): ..."
    shown = f"class Stack:\n    {methods}\n"
    result = splice(FILE, shown)
    assert result == FILE[: FILE.index("@dataclass")] + shown.rstrip() + FILE[FILE.index("\n\n\ndef b") :]
    assert splice("class P:\n    x: int\n    y: int\n", "class P:\n    x: str\n") == "class P:\n    x: str\n"


@pytest.mark.parametrize("margin", ["", "    ", "\t"])
def test_a_method_without_its_class_finds_it(margin: str) -> None:
    result = splice(FILE, f"{margin}def pop(self):\n{margin}    return 7\n")
    assert result == FILE.replace("return 2", "return 7")
    assert "    def push(self, x): ...\n\n\ndef b" in splice(FILE, f"{margin}def push(self, x): ...\n")
    two = FILE + "\n\nclass Queue:\n    def pop(self): ...\n"
    assert splice(two, "def pop(self):\n    return 7\n").count("def pop") == 3


def test_a_setter_is_told_from_its_getter() -> None:
    result = splice(FILE, "class Stack:\n    @top.setter\n    def top(self, value):\n        self.x = value\n")
    assert result == FILE.replace("        pass\n", "        self.x = value\n")


def test_a_value_takes_the_place_of_its_namesake() -> None:
    assert splice(FILE, "LIMIT: int = 4\n") == FILE.replace("LIMIT = 3", "LIMIT: int = 4")
    assert splice("a, b = 1, 2\n", "a = 3\n") == "a, b = 1, 2\na = 3\n"
    assert splice("a = 1\nb = 2\n", "a, b = 3, 4\n") == "a, b = 3, 4\n"


def test_the_last_of_two_stands_and_doubles_go() -> None:
    assert splice("def a(): ...\n", "def a(): return 1\n\ndef a(): return 2\n") == "def a(): return 2\n"
    assert splice("x = 1\n", "def a(): return 1\n\ndef a(): return 2\n").count("def a") == 1
    assert splice("def a(): ...\n\n\ndef a(): ...\n", "def a(): return 1\n").strip() == "def a(): return 1"


def test_the_program_is_replaced_by_the_program_alone() -> None:
    assert splice(FILE, "def b(): ...\n") == FILE
    assert splice(FILE, "def b(): ...\n\nif __name__ == '__main__':\n    a()\n").endswith("'__main__':\n    a()\n")
    assert splice("def b(): ...\n", "if __name__ == '__main__':\n    b()\n") == (
        "def b(): ...\n\n\nif __name__ == '__main__':\n    b()\n"
    )


def test_what_registers_itself_under_no_name_is_added_once() -> None:
    once = splice("@f.register\ndef _(x: int): ...\n", "@f.register\ndef _(x: str): ...\n")
    assert once.count("def _") == 2 and splice(once, "@f.register\ndef _(x: str): ...\n") == once


def test_nothing_to_splice_changes_nothing() -> None:
    assert [splice(FILE, each) for each in ("", "words of it", "print(1)\n", "}{")] == [FILE] * 4
    assert splice("", "    def f(): ...\n") == "def f(): ...\n" and splice("# only\n", "x = 1\n") == "x = 1\n"
    assert parse(splice("def broken(:\n", "def broken(): ...\n")).faults == ()
