"""What files say without being run."""

import pytest

from guild.toolchains.python.layout import modules
from guild.toolchains.python.reading import census, parse

TESTS = """import pytest
from checks import agree

def test_nothing(): pass
def test_truth(): assert True
def test_value(): assert area(2) == 4
def test_error():
    with pytest.raises(ValueError): area(-1)
def test_by_helper(): same(1, 2)
def test_by_helper_elsewhere(): agree(1, 2)
def test_by_fixture(checked): pass
def test_prints(): print(area(2))

def same(a, b):
    assert a == b

@pytest.fixture
def checked():
    yield
    assert area(2)

class TestArea:
    def test_self(self): self.assertEqual(1, 2)
    def test_idle(self): area(2)
"""


def test_a_test_that_reaches_no_assertion_is_hollow() -> None:
    files = {"test_a.py": TESTS, "test_checks.py": "def agree(a, b):\n    if a != b: raise AssertionError\n"}
    found = census(files)
    assert len(found.tests) == 10
    hollow = ("test_nothing", "test_truth", "test_prints", "TestArea.test_idle")
    assert found.hollow == tuple(f"test_a.py:{name}" for name in hollow)


def test_symbols_are_those_of_what_ships() -> None:
    files = {
        "a.py": "class A:\n    def m(self): ...\nB = 1\n",
        "test_a.py": "def helper(): ...\n",
        "conftest.py": "C = 1\n",
    }
    assert census(files).symbols == {"A", "A.m", "m", "B"}


def test_faults_and_imports_that_lead_nowhere_are_told_by_file() -> None:
    files = {
        "a.py": "import os, requests\nfrom . import b\ntry:\n    import numpy\nexcept ImportError:\n    pass\n",
        "pkg/b.py": "import pkg.c\n",
        "pkg/c.py": "def f(:\n",
        "tests/test_a.py": "import pytest\nimport beside\n",
        "tests/beside.py": "",
    }
    found = [(each["path"], each["line"], each["code"], each["symbol"]) for each in parse(files).diagnostics]
    assert ("a.py", 1, "missing-package", "requests") in found
    assert {(path, code) for path, _, code, _ in found} == {("a.py", "missing-package"), ("pkg/c.py", "syntax")}
    assert not parse(files).ok and parse({"a.py": "import os\n"}).ok


@pytest.mark.parametrize(
    ("path", "name", "folder"),
    [
        ("a.py", "a", ""),
        ("pkg/__init__.py", "pkg", ""),
        ("pkg/a.py", "pkg.a", ""),
        ("src/pkg/a.py", "pkg.a", ""),
        ("tests/test_a.py", "test_a", "tests"),
        ("odd-name.py", "", ""),
    ],
)
def test_a_module_is_named_as_it_is_imported(path: str, name: str, folder: str) -> None:
    assert [(each.name, each.folder) for each in modules({path: ""})] == [(name, folder)]


def test_files_outside_of_the_project_proper_are_no_modules() -> None:
    assert modules({".venv/a.py": "", "venv/b.py": "", "a.txt": ""}) == []
