"""Modules are imported each for itself: what one does costs no other."""

from pathlib import Path

from guild.toolchains import Report
from guild.toolchains.python import PythonToolchain
from guild.values import Diagnostic
from guild.workspace import Workspace

FORGES = """import os
for n in range(3, 30):
    try:
        os.write(n, b"[]\\n")
    except OSError:
        pass
raise KeyError
"""


def built(tool: PythonToolchain, root: Path, **files: str) -> Report:
    Workspace(root).write({f"{name}.py": text for name, text in {"sound": "X = 1\n", **files}.items()})
    return tool.build(root)


def only(report: Report) -> Diagnostic:
    assert len(report.diagnostics) == 1, report.diagnostics
    return report.diagnostics[0]


def test_what_a_module_does_costs_only_itself(anywhere: PythonToolchain, tmp_path: Path) -> None:
    report = built(
        anywhere,
        tmp_path,
        hangs="import time\ntime.sleep(99)\n",
        forever="while True:\n    try: print('x' * 999)\n    except BaseException: pass\n",
        leaves="import os\nos._exit(0)\n",
        forks="import os\nos.fork()\n",
        hoards="x = bytearray(1 << 32)\n",
        forges=FORGES,
    )
    found = {each["path"]: (each["code"], each["line"]) for each in report.diagnostics}
    assert found == {
        "hangs.py": ("timeout", 2),
        "forever.py": ("timeout", 0),
        "leaves.py": ("exit", 0),
        "hoards.py": ("panic", 1),
        "forges.py": ("panic", 7),
    }
    assert report.packages == 2, "what is sound, and what forks"


def test_an_import_is_blamed_at_the_innermost_line_of_the_project(tool: PythonToolchain, tmp_path: Path) -> None:
    report = built(tool, tmp_path, user="import maker\n", maker="import json\n\n\nX = json.loads('{')\n")
    found = only(report)
    assert (found["path"], found["line"], found["code"]) == ("maker.py", 4, "panic")
    assert found["message"].startswith("JSONDecodeError: Expecting property name")
    assert report.packages == 1


def test_only_the_standard_library_and_the_project_are_seen(anywhere: PythonToolchain, tmp_path: Path) -> None:
    report = built(anywhere, tmp_path, a="import guild\n", b="import pygments\n", c="import pip\n", d="import locate\n")
    assert [each["symbol"] for each in report.diagnostics] == ["guild", "pygments", "pip", "locate"]
    assert {each["code"] for each in report.diagnostics} == {"missing-package"}


def test_what_a_text_reckons_with_is_no_fault(tool: PythonToolchain, tmp_path: Path) -> None:
    text = """import os, sys
try:
    import numpy
except ImportError:
    numpy = None
if sys.platform == "win32":
    import winreg
    os.startfile("x")
if hasattr(os, "startfile"):
    os.startfile("y")
def f(os):
    return os.anything
def leave():
    exit(1)
"""
    assert built(tool, tmp_path, a=text).ok
    assert only(built(tool, tmp_path, a=f"{text}def g():\n    sys.anything()\n"))["symbol"] == "sys.anything"


def test_a_start_may_leave_or_go_on_when_it_is_imported(tool: PythonToolchain, tmp_path: Path) -> None:
    loop = "def loop():\n    while True: pass\n"
    assert built(tool, tmp_path, main="import looping\nlooping.loop()\n", looping=loop).ok
    assert built(tool, tmp_path, main="import sys\nsys.exit(1)\n").ok
    assert only(built(tool, tmp_path, main="oops\n"))["code"] == "undefined"


def test_a_module_whose_name_is_taken_is_told(tool: PythonToolchain, tmp_path: Path) -> None:
    found = only(built(tool, tmp_path, json="X = 1\n"))
    assert (found["path"], found["code"]) == ("json.py", "shadowed")
    assert built(tool, tmp_path / "other", sitecustomize="raise SystemError\n").packages == 1


def test_a_deep_text_is_sound(tool: PythonToolchain, tmp_path: Path) -> None:
    assert built(tool, tmp_path, deep=f"X = {' + '.join(['1'] * 500)}\n").ok


def test_packages_and_src_are_found(tool: PythonToolchain, tmp_path: Path) -> None:
    files = {
        "src/pkg/__init__.py": "from .a import A\n",
        "src/pkg/a.py": "A = 1\n",
        "src/pkg/__main__.py": "import pkg\n",
    }
    Workspace(tmp_path).write(files)
    report = tool.build(tmp_path)
    assert (report.ok, report.packages) == (True, 3)
    Workspace(tmp_path).write({"src/pkg/__init__.py": "from .a import B\n"})
    report = tool.build(tmp_path)
    assert {(each["path"], each["symbol"]) for each in report.diagnostics} == {("src/pkg/__init__.py", "B")}
