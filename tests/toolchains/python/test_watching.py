"""What is seen of the checks of a test file that is run by pytest."""

from guild.syntax import syntax_of
from guild.toolchains import Seen
from guild.toolchains.python import PythonToolchain

CODE = "def double(n):\n    return 2 * n\n\n\ndef fail():\n    raise ValueError\n"
TEST = """import pytest
from k import double, fail


@pytest.mark.parametrize("n, want", [(1, 2), (3, 7)])
def test_double(n, want):
    assert double(n) == want


def test_more():
    assert double(2) == 5
    with pytest.raises(ValueError):
        fail()
    fail()


def test_last():
    assert double(3) == 6
"""


def seen(tool: PythonToolchain, test: str, path: str = "test_k.py", **files: str) -> tuple[Seen, ...] | None:
    return tool.watch({"k.py": CODE, path: test, "test_other.py": "import nowhere\n", **files}, path)


def test_every_check_is_seen_and_none_ends_its_test(tool: PythonToolchain) -> None:
    told = {(each.check, each.row): each for each in seen(tool, TEST) or ()}
    assert told[0, "0"] == Seen(0, "0", False, "2", "2") and told[0, "1"] == Seen(0, "1", True, "6", "7")
    assert told[1, ""] == Seen(1, "", True, "4", "5")
    assert not told[2, ""].failed and told[3, ""] == Seen(3, "", False, "6", "6")
    assert set(told) <= {(case.check, case.row) for case in syntax_of("k.py").cases(TEST)}
    assert seen(tool, TEST, "tests/test_k.py", **{"tests/__init__.py": ""}) == seen(tool, TEST)


def test_a_file_that_cannot_be_imported_shows_nothing(tool: PythonToolchain) -> None:
    assert seen(tool, "import nowhere\n") is None
    assert seen(tool, "def test_a(:\n") is None


def test_a_check_that_hangs_hides_none_before_it(tool: PythonToolchain) -> None:
    test = "from k import double\n\n\ndef test_a():\n    assert double(1) == 2\n    while True:\n        pass\n"
    assert seen(tool, test) == (Seen(0, "", False, "2", "2"),)
