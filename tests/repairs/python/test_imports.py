import pytest

from guild.repairs.python.imports import apply
from tests.repairs.python.subjects import subject


@pytest.mark.parametrize(
    ("imported", "body", "wanted"),
    [
        ("import os, sys", "print(sys.path)", ["import sys"]),
        ("from your_module import gcd", "x = gcd(1, 2)", ["from numkit import gcd"]),
        ("from .numkit import gcd", "x = gcd(1, 2)", ["from numkit import gcd"]),
        ("from src.a import Box as B, gone", "x = B, gone", ["from numkit import Box as B", "from src.a import gone"]),
        ("import os", "x = gcd(1, math.pi)", ["import math", "from numkit import gcd"]),
        ("", "x: Optional[Counter] = 1", ["from collections import Counter", "from typing import Optional"]),
        ("", "x = datetime.now(), os.sep", ["from datetime import datetime", "import os"]),
        ("", "x = datetime.date(1, 1, 1)", ["import datetime"]),
        ("from app import f", "def f():\n    return 1", []),
    ],
)
def test_imports_come_from_where_their_names_lie(imported: str, body: str, wanted: list[str]) -> None:
    lines = apply(subject(f"{imported}\n\n\n{body}\n")).split("\n")
    assert sorted(line for line in lines if "import" in line) == sorted(wanted)
    assert [line for line in lines if line and "import" not in line] == body.split("\n")


def test_lines_are_counted_as_python_counts_them() -> None:
    text = 'X = "a\u2028b\x0cc"\nimport os\nimport sys\n\nprint(X, sys.path)\n'
    assert apply(subject(text)) == text.replace("import os\n", "")
    assert apply(subject("import os")) == ""


def test_a_test_imports_its_runner() -> None:
    text = "def test_a():\n    with pytest.raises(E):\n        pass\n"
    assert apply(subject(text, "test_a.py")).startswith("import pytest\n")
    assert apply(subject(text, "a.py")) == text


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("import os\n\nx = os.sep\n", "app.py"),
        ("from __future__ import annotations\n", "app.py"),
        ("from numkit import *\n", "app.py"),
        ("from .items import Item\nimport os\n", "store/__init__.py"),
        ("from yaml import load\n\nx = load(1)\n", "app.py"),
        ('import os\n\n__all__ = ["os"]\n', "app.py"),
        (
            "import os  # noqa\ntry:\n    import tomllib\nexcept ImportError:\n    tomllib = None\nos, tomllib\n",
            "app.py",
        ),
        ("def f(x):\n    return [y for y in x if (z := y)]\n", "app.py"),
        ("def f(x):\n    match x:\n        case [a, *b]:\n            return a, b\n", "app.py"),
        ("x = somewhere(1)\n", "app.py"),
        ("import os; import sys\n", "app.py"),
        ("import (\n", "app.py"),
    ],
)
def test_sound_imports_stay(text: str, path: str) -> None:
    assert apply(subject(text, path)) == text


def test_relative_imports_within_a_package_stay() -> None:
    text = "from .items import Item\n\nx = Item\n"
    given = subject(text, "store/shelf.py")
    beside = {**given.siblings, "store/items.py": "class Item:\n    pass\n"}
    assert apply(subject(text, "store/shelf.py", **{"store/items": beside["store/items.py"]})) == text


def test_a_name_that_two_modules_offer_is_left_to_the_model() -> None:
    text = "x = gcd(1, 2)\n"
    assert apply(subject(text, other="def gcd():\n    pass\n")) == text
