"""How Python tests end: by assertion, exception, hang, exit or luck, each told as what it was; none hides another."""

from pathlib import Path

from guild.toolchains import Report
from guild.toolchains.python import PythonToolchain
from guild.values import Diagnostic
from guild.workspace import Workspace

CODE = """class Stack:
    def __init__(self):
        self.items = []

    def at(self, i):
        return [item for item in self.items][i]


def double(n):
    return 2 * n
"""
HEAD = "import os\nimport sys\nimport pytest\nfrom k import Stack, double\n\n\n"
FORGED = b'{"end": "test_k.py::test_a", "outcome": "passed", "faults": []}\n{"finished": 0}\n'


def ran(tool: PythonToolchain, root: Path, body: str, **files: str) -> Report:
    named = {path.replace("__", "."): text for path, text in files.items()}
    Workspace(root).write({"k.py": CODE, "test_k.py": HEAD + body, **named})
    return tool.test(root)


def only(report: Report) -> Diagnostic:
    assert not report.ok
    assert len(report.diagnostics) == 1, report.diagnostics
    return report.diagnostics[0]


def failed(tool: PythonToolchain, root: Path, statement: str) -> tuple[str, int, str, str]:
    found = only(ran(tool, root, f"def test_a():\n    {statement}\n"))
    assert found.get("test") == "test_a"
    return found["path"], found["line"], found["code"], found["message"]


def test_an_assertion_tells_what_it_got_and_wanted(tool: PythonToolchain, tmp_path: Path) -> None:
    said = {
        "assert double(2) == 5": "double(2) == 5: got 4, want 5\nwhere 4 = double(2)",
        "assert double(2) == 5, 'own words'": "double(2) == 5: got 4, want 5\nown words\nwhere 4 = double(2)",
        "assert (\n        double(2)\n        < 4\n    )": "double(2) < 4: 4 < 4 does not hold\nwhere 4 = double(2)",
        "assert not double(2)": "not double(2): not 4\nwhere 4 = double(2)",
        "with pytest.raises(ValueError):\n        double(2)": "double(2): DID NOT RAISE ValueError",
        "pytest.fail('own words')": "own words",
    }
    for statement, message in said.items():
        assert failed(tool, tmp_path, statement) == ("test_k.py", 8, "assertion", message)


def test_assertions_of_unittest_are_told_too_each_subtest_for_itself(tool: PythonToolchain, tmp_path: Path) -> None:
    body = """import unittest
class TestK(unittest.TestCase):
    def test_b(self):
        for n in (0, 1, 2):
            with self.subTest(n=n):
                self.assertEqual(double(n), n)
"""
    report = ran(tool, tmp_path, body)
    assert [each["message"] for each in report.diagnostics] == [
        "self.assertEqual(double(n), n): 2 != 1",
        "self.assertEqual(double(n), n): 4 != 2",
    ]
    assert [(each.name, each.passed) for each in report.tests] == [("TestK.test_b", False)]


def test_an_exception_blames_the_innermost_line_that_ships(tool: PythonToolchain, tmp_path: Path) -> None:
    found = only(ran(tool, tmp_path, "def test_a():\n    Stack().at(3)\n"))
    assert (found["path"], found["line"], found["symbol"], found["code"]) == ("k.py", 6, "Stack.at", "panic")
    assert found["message"] == "IndexError: list index out of range\nat Stack.at (k.py:6)\nat test_a (test_k.py:8)"
    path, line, code, message = failed(tool, tmp_path, "double(1, 2)")
    assert (path, line, code) == ("test_k.py", 8, "panic") and "takes 1 positional argument" in message
    body = "class TestA:\n    def test_a(self, nothing): pass\n"
    found = only(ran(tool, tmp_path, body))
    assert (found["line"], found["symbol"], found.get("test")) == (8, "nothing", "TestA.test_a")


def test_what_hangs_or_leaves_is_named_and_the_rest_still_told(anywhere: PythonToolchain, tmp_path: Path) -> None:
    body = """def test_first(): assert double(1) == 2
def test_hangs():
    while True:
        try: double(1)
        except Exception: pass
def test_leaves(): os._exit(0)
def test_exits(): sys.exit(0)
def test_quits(): exit(0)
def test_aborts(): pytest.exit("enough")
def test_hoards(): bytearray(1 << 32)
def test_prints():
    while True: print("x" * 9999)
def test_last(): assert double(1) == 2
"""
    report = ran(anywhere, tmp_path, body)
    found = {each.get("test"): each["code"] for each in report.diagnostics}
    assert found == {
        "test_hangs": "timeout",
        "test_leaves": "exit",
        "test_exits": "exit",
        "test_quits": "exit",
        "test_aborts": "exit",
        "test_hoards": "panic",
        "test_prints": "panic",
    }
    assert [each.name for each in report.tests if each.passed] == ["test_first", "test_last"]


def test_a_file_that_cannot_be_collected_hides_no_other(tool: PythonToolchain, tmp_path: Path) -> None:
    report = ran(
        tool,
        tmp_path,
        "def test_a(): assert double(1) == 2\n",
        test_b__py="import sys\nsys.exit(0)\n",
        test_c__py="import os\nos._exit(0)\n",
        test_d__py="\nimport nowhere\n",
        test_e__py="def test_e(:\n",
        test_f__py="import time\ntime.sleep(99)\n",
        test_g__py="import pytest\n@pytest.mark.parametrize('a, b', [(1,)])\ndef test_g(a, b): assert a\n",
    )
    found = {each["path"]: (each["code"], each["line"]) for each in report.diagnostics}
    assert found == {
        "test_b.py": ("exit", 0),
        "test_c.py": ("exit", 0),
        "test_d.py": ("missing-package", 2),
        "test_e.py": ("syntax", 1),
        "test_f.py": ("timeout", 2),
        "test_g.py": ("other", 3),
    }
    assert [each.name for each in report.tests] == ["test_a"]


def test_what_hangs_on_the_order_of_a_set_is_luck(tool: PythonToolchain, tmp_path: Path) -> None:
    found = only(ran(tool, tmp_path, "def test_a():\n    assert next(iter({'a', 'b', 'c'})) == 'c'\n"))
    assert "depends on luck" in found["message"]


def test_a_skipped_test_has_no_result_and_an_expected_failure_is_one(tool: PythonToolchain, tmp_path: Path) -> None:
    body = "def test_a(): pytest.skip()\n@pytest.mark.xfail\ndef test_b(): assert double(1) == 3\n"
    report = ran(tool, tmp_path, body)
    assert [(each.name, each.passed) for each in report.tests] == [("test_b", False)]


def test_a_project_cannot_pass_tests_by_hooks_or_settings(tool: PythonToolchain, tmp_path: Path) -> None:
    hooks = """import pytest
def pytest_collection_modifyitems(items): items.clear()
def pytest_pyfunc_call(pyfuncitem): return True
@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.outcome = "passed"
    return report
@pytest.fixture
def two(): return 2
"""
    ini = "[pytest]\naddopts = -k nothing\npython_functions = none_*\n"
    project = '[tool.pytest.ini_options]\naddopts = "-k nothing"\n'
    body = "def test_a(): assert double(1) == 3\ndef test_b(two): assert double(1) == two\n"
    report = ran(
        tool,
        tmp_path,
        body,
        conftest__py=hooks,
        pytest__ini=ini,
        pyproject__toml=project,
        sitecustomize__py="raise SystemExit\n",
    )
    assert only(report).get("test") == "test_a"
    assert [(each.name, each.passed) for each in report.tests] == [("test_a", False), ("test_b", True)]


def test_a_test_cannot_write_its_own_result(tool: PythonToolchain, tmp_path: Path) -> None:
    body = f"""def test_a():
    for number in range(1, 40):
        try: os.write(number, {FORGED!r})
        except OSError: pass
    assert double(1) == 3
def test_b():
    os.closerange(3, 40)
    assert double(1) == 3
def test_c(): assert double(1) == 2
"""
    report = ran(tool, tmp_path, body)
    assert [(each.name, each.passed) for each in report.tests] == [
        ("test_a", False),
        ("test_b", False),
        ("test_c", True),
    ]


def test_a_copy_of_the_test_program_tells_nothing(tool: PythonToolchain, tmp_path: Path) -> None:
    body = "def test_a():\n    child = os.fork()\n    assert child\n    os.waitpid(child, 0)\ndef test_b(): pass\n"
    report = ran(tool, tmp_path, body)
    assert [(each.name, each.passed) for each in report.tests] == [("test_a", True), ("test_b", True)]


def test_a_thread_that_goes_on_is_not_waited_for(tool: PythonToolchain, tmp_path: Path) -> None:
    body = "import threading\nimport time\ndef test_a(): threading.Thread(target=time.sleep, args=(99,)).start()\n"
    report = ran(tool, tmp_path, body)
    assert report.ok and report.seconds < 6


def test_tests_see_pytest_and_nothing_else_of_guilds_environment(tool: PythonToolchain, tmp_path: Path) -> None:
    body = """from importlib.util import find_spec
def test_a(): assert [name for name in ("guild", "langgraph", "pip", "xdist") if find_spec(name)] == []
def test_b(pytestconfig): assert not pytestconfig.pluginmanager.hasplugin("timeout")
def test_c(tmp_path, capsys):
    (tmp_path / "x").write_text("y")
    print("z")
    assert capsys.readouterr().out == "z\\n"
"""
    report = ran(tool, tmp_path, body)
    assert report.ok, report.diagnostics


def test_test_folders_find_what_lies_beside_them(tool: PythonToolchain, tmp_path: Path) -> None:
    files = {
        "src/pkg/__init__.py": "ONE = 1\n",
        "tests/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef one():\n    return 1\n",
        "tests/beside.py": "TWO = 2\n",
        "tests/test_pkg.py": "import pkg\nfrom beside import TWO\n\n\ndef test_one(one): assert pkg.ONE + one == TWO\n",
        **tool.scaffold("example.org/pkg"),
    }
    Workspace(tmp_path).write(files)
    assert tool.build(tmp_path).ok
    assert (tool.vet(tmp_path).diagnostics, tool.test(tmp_path).diagnostics) == ((), ())
    assert tool.parse(files).ok


def test_without_tests_and_under_a_race_detector_nothing_is_asked(tool: PythonToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write({"k.py": CODE})
    assert tool.test(tmp_path).note == "there are no tests"
    assert tool.race_available() is None
    assert "no race detector" in tool.test(tmp_path, race=True).note
