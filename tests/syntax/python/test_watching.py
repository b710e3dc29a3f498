"""Test files rewritten so that each check tells what it saw, run by pytest with the module that they call."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from guild.syntax.python.cases import cases
from guild.syntax.python.source import parse
from guild.syntax.python.watching import watched
from tests.syntax.python.test_cases import DICTS, LOOP, PARAMETRIZED, RAISING, UNITTEST, test_file

CODE = """
def back(text, given):
    return given[::-1]

def double(n):
    return 2 * n

def parse(text):
    if text:
        raise TypeError(text)

def add(a, b):
    if a < 0:
        raise KeyError(a)
    return a + b

def is_small(n):
    return n and "x"

def root(n):
    return n ** 0.5

def names():
    return {"b", "a"}

async def later():
    return 1
"""
Saw = tuple[int, str, bool, str, str]


def sees(text: str, folder: Path) -> list[Saw]:
    """Return what the checks of a test report that pytest runs."""
    (folder / "code_of_it.py").write_text(CODE)
    (folder / "guild_watch.py").write_text(files("guild.toolchains.python").joinpath("watch.tmpl").read_text())
    (folder / "test_it.py").write_text("from code_of_it import *\n" + watched(text))
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", "test_it.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    report = folder / "guild_sight.jsonl"
    assert report.exists(), done.stdout
    told = [json.loads(line) for line in report.read_text().splitlines()]
    return [(each["check"], each["row"], each["failed"], each["got"], each["want"]) for each in told]


@pytest.mark.parametrize("body", [LOOP, DICTS, RAISING, UNITTEST, "assert (a :=\n  f(1)) == 2 and g(1), 'why'", "pass"])
def test_what_is_watched_parses(body):
    text = test_file(body)
    assert parse(watched(text)).faults == () and parse(watched(PARAMETRIZED)).faults == ()
    assert ("guild_watch" in watched(text)) is bool(cases(text))


def test_every_way_to_ask_tells_both_sides_and_goes_on(tmp_path):
    text = """import unittest
import pytest


def test_plain():
    assert double(2) == 5, "why"
    assert add(1, 2) == 3 and is_small(1)
    assert not is_small(1)
    assert add(-1, 2) == 3
    assert add(-1, 2) != 3
    assert double(2) != 4
    assert root(2) == pytest.approx(1.414, abs=0.01)
    assert root(4) == 2 and root(4) is not None
    assert is_small(1) is True
    assert names() == {"a", "b"} and names() == {"c"}
    assert (n := double(1)) == 2
    assert n == 2 and float("nan") == float("nan")
    assert back("", "'") == "x"
    undefined()
    assert double(1) == 1


class TestIt(unittest.TestCase):
    def test_it(self):
        self.assertEqual(3, double(2))
        self.assertIsNone(double(2))
        self.assertIn("a", names())
        self.assertAlmostEqual(root(2), 1.4, places=1)
        self.assertAlmostEqual(root(2), 1.4)
        with self.assertRaisesRegex(TypeError, "^y") as caught:
            parse("x")
        self.assertEqual(caught.exception.args, ("x",))
        self.assertRaises(ValueError, parse, "x")
        with pytest.raises((TypeError, KeyError), match="x"):
            parse("x")
        with pytest.raises(TypeError):
            parse("")
"""
    assert [(failed, got, want) for _, _, failed, got, want in sees(text, tmp_path)] == [
        (True, "4", "5"),
        (False, "3", "3"),
        (False, "True", "True"),
        (True, "True", "False"),
        (True, "KeyError", "3"),
        (True, "", ""),
        (False, "1.414", "1.414"),
        (False, "2", "2"),
        (False, "", ""),
        (True, '"x"', "True"),
        (False, '{"a", "b"}', '{"a", "b"}'),
        (True, '{"a", "b"}', '{"c"}'),
        (False, "2", "2"),
        (False, "2", "2"),
        (True, "", ""),
        (True, '"\'"', '"x"'),
        (True, "4", "3"),
        (True, "4", "None"),
        (False, "True", "True"),
        (False, "", ""),
        (True, "", ""),
        (True, "TypeError('x')", "TypeError"),
        (False, '("x",)', '("x",)'),
        (True, "TypeError", "ValueError"),
        (False, "TypeError | KeyError", "TypeError | KeyError"),
        (True, "no error", "TypeError"),
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (
            PARAMETRIZED,
            [(0, "0", False, "3", "3"), (1, "0", False, "True", "True")],
        ),
        (LOOP, [(0, "0", False, '"ba"', '"ba"'), (0, "1", False, '""', '""')]),
        (f"{DICTS}\nassert double(1)", [(0, "0", False, "2", "2"), (1, "", False, "True", "True")]),
        (RAISING, [(0, "0", True, "TypeError", "ValueError"), (0, "1", True, "no error", "KeyError")]),
        ("for i, (a, b) in enumerate([(1, 2)], 1):\n    assert double(a) == b + i", [(0, "0", True, "2", "3")]),
        ("for a in [1]:\n  for b in [2, 3]:\n    assert a\n  assert b", [(0, "0", False, "True", "True")]),
    ],
)
def test_a_row_is_told_by_its_number_as_cases_number_it(text, seen, tmp_path):
    text = text if text.startswith("import") else "import pytest\n\n\n" + test_file(text).replace("(self)", "()")
    found = sees(text, tmp_path)
    assert found[: len(seen)] == seen
    assert {(check, row) for check, row, *_ in found} <= {(case.check, case.row) for case in cases(text)}


def test_a_parametrized_method_and_the_marks_of_its_rows(tmp_path):
    text = """import pytest


class TestIt:
    @pytest.mark.parametrize(["a", "want"], [[1, 2], pytest.param(2, 5, marks=pytest.mark.skip), (3, 7)], ids="xyz")
    def test_it(self, want, a):
        assert double(a) == want
"""
    assert sees(text, tmp_path) == [(0, "0", False, "2", "2"), (0, "2", True, "6", "7")]
