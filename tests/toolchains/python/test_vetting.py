"""What is wrong whatever one thinks of style is found; what is mere style is not."""

from pathlib import Path

import pytest

from guild.toolchains.python import PythonToolchain
from guild.workspace import Workspace

SOUND = "def double(n):\n    return 2 * n\n"


def vetted(tool: PythonToolchain, root: Path, text: str, test: str = "") -> list[tuple[str, int, str, str]]:
    Workspace(root).write({"k.py": text, "test_k.py": test})
    return [(each["path"], each["line"], each["code"], each["symbol"]) for each in tool.vet(root).diagnostics]


@pytest.mark.parametrize(
    ("text", "line", "code", "symbol"),
    [
        ("def f():\n    return x\n", 2, "undefined", "x"),
        ("def f(): ...\ndef f(): ...\n", 2, "redeclared", "f"),
        ("X = '%s %s' % ('a',)\n", 1, "panic", ""),
        ("def f():\n    return '{} {}'.format(1)\n", 2, "vet", ""),
        ("def f(x):\n    return x is 'a'\n", 2, "vet", ""),
        ("def f():\n    return 1\n  return 2\n", 3, "syntax", ""),
        ("return 1\n", 1, "syntax", ""),
        ("x = 1  # noqa\ndef f():\n    return y  # noqa\n", 3, "undefined", "y"),
    ],
)
def test_a_mistake_is_told_in_the_houses_words(
    tool: PythonToolchain, tmp_path: Path, text: str, line: int, code: str, symbol: str
) -> None:
    assert vetted(tool, tmp_path, text) == [("k.py", line, code, symbol)]


def test_style_and_unused_names_are_no_mistakes(tool: PythonToolchain, tmp_path: Path) -> None:
    text = "import os, sys\ndef F( x,y=[] ):\n  unused = 1; l = lambda: x\n  return f'a'\n"
    Workspace(tmp_path).write({"pyproject.toml": '[tool.ruff.lint]\nselect = ["ALL"]\n'})
    assert vetted(tool, tmp_path, text) == []


def test_tests_are_imported_too(tool: PythonToolchain, tmp_path: Path) -> None:
    test = "import pytest\nfrom k import halve\n"
    assert vetted(tool, tmp_path, SOUND, test) == [("test_k.py", 2, "undefined", "halve")]
    test = "import sys\nimport k\n\nsys.exit(k.double(1))\n"
    assert vetted(tool, tmp_path, SOUND, test) == [("test_k.py", 4, "exit", "")]
    test = "import k\n\n\ndef test_a():\n    assert k.halve(2) == 1\n"
    assert vetted(tool, tmp_path, SOUND, test) == [("test_k.py", 5, "undefined", "halve")]


def test_an_overlay_is_vetted_with_the_project_and_leaves_it_as_it_is(tool: PythonToolchain, tmp_path: Path) -> None:
    files = {"k.py": SOUND, "test_k.py": "from k import double\n\n\ndef test_a():\n    assert double(1) == 2\n"}
    Workspace(tmp_path).write(files)
    assert tool.compiles(tmp_path, {"k.py": SOUND.replace("2 * n", "n + n")}).ok
    said = tool.compiles(tmp_path, {"k.py": "def halve(n):\n    return n / 2\n"}).diagnostics
    assert [(each["path"], each["symbol"]) for each in said] == [("test_k.py", "double")]
    assert tool.compiles(tmp_path, {"sub/deep.py": "import k\n"}).ok
    assert Workspace(tmp_path).read() == files


def test_what_is_imported_twice_is_the_same_and_what_hides_an_import_is_not(
    tool: PythonToolchain, tmp_path: Path
) -> None:
    assert vetted(tool, tmp_path, "import os\nimport os\nX = os.sep\n") == []
    test = "from k import double\n\n\ndef double(n):\n    return n\n"
    assert vetted(tool, tmp_path, SOUND, test) == [("test_k.py", 4, "redeclared", "double")]
    assert tool.vet(tmp_path).diagnostics[0]["message"] == "Redefinition of unused `double`"


CALLS = """import functools
from dataclasses import dataclass
import k as self_made


@dataclass
class Point:
    x: int
    y: int = 0


def f(a, b=1, *, c=2): ...
def anything(*args, **kwargs): ...


@functools.wraps(f)
def wrapped(*args): ...
class Own:
    def __new__(cls, *args): return object.__new__(cls)
    def __init__(self, a=1): ...


def g(f_of, *rest, **more):
"""


@pytest.mark.parametrize(
    ("call", "symbol"),
    [
        ("f()", "f"),
        ("f(1, 2, 3)", "f"),
        ("f(1, d=1)", "f"),
        ("Point()", "Point"),
        ("self_made.f()", "self_made.f"),
        ("f(1, 2, c=3)", ""),
        ("f(*rest)", ""),
        ("f(**more)", ""),
        ("anything(1, b=2)", ""),
        ("wrapped(1, 2, 3, 4)", ""),
        ("Own(1, 2, 3)", ""),
        ("Point(1)", ""),
        ("f_of()", ""),
        ("def f(): ...\n    f()", ""),
        ("from os import getcwd as f\n    f()", ""),
        ("len()", ""),
    ],
)
def test_a_call_has_to_fit_the_function_that_the_project_declares(
    tool: PythonToolchain, tmp_path: Path, call: str, symbol: str
) -> None:
    line = len(CALLS.splitlines()) + 1
    expected = [("k.py", line, "arguments", symbol)] if symbol else []
    assert vetted(tool, tmp_path, f"{CALLS}    {call}\n") == expected


def test_a_test_may_call_wrongly_where_it_wants_an_error(tool: PythonToolchain, tmp_path: Path) -> None:
    test = (
        "import pytest\nfrom k import double\n\n\ndef test_a():\n    with pytest.raises(TypeError):\n        double()\n"
    )
    assert vetted(tool, tmp_path, SOUND, test) == []
    assert vetted(tool, tmp_path, SOUND, f"{test}    double()\n") == [("test_k.py", 8, "arguments", "double")]
