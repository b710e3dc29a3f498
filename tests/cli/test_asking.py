"""A person at the terminal, or none: what is asked and shown, what a typed line means, how a run waits."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from guild.cli.app import run
from tests.report.test_live import everything
from tests.test_dialogue import HINT, RIGHT, SPEC, TEST

PROGRAM = r"""
import json
from rich.console import Console
from guild.cli.terminal import AtTerminal
from guild.report import Reporter
from tests.nodes.samples import found, task
plan = {"about": "plan", "text": "Go on with this plan?", "tasks": [task("a.go", declares=["Double"])]}
stall = {"about": "stall", "text": "What would help?", "fails": [found("a.go", "\x1b[2Jwrong")], "tried": ["round 1"]}
step = {"about": "step", "text": "Go on with fixer?"}
with Reporter(Console(stderr=True)) as report:
    person = AtTerminal(report)
    print(json.dumps([person.answer(each) for each in [plan] * 4 + [stall] * 2 + [step] * 3]))
"""


def test_a_typed_line_is_a_yes_a_no_or_a_word() -> None:
    reader, writer = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=writer,
        stdout=subprocess.PIPE,
        stderr=writer,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(writer)
    os.write(reader, b"y\nno\n\nuse a loop\n\nit is 4\n\nn\n\x04")
    said, _ = child.communicate(timeout=60)
    shown = everything(reader)
    os.close(reader)
    yes = {"go_on": True, "say": ""}
    words = [{"go_on": True, "say": "use a loop"}, None, {"go_on": True, "say": "it is 4"}]
    assert json.loads(said) == [yes, None, None, *words, yes, None, None]
    assert "  dev a.go: Double" in shown and "[y]es, [n]o, or what it is to mind" in shown
    assert "fails: a.go:3:1: build: [2Jwrong" in shown and "tried: round 1" in shown


@pytest.fixture
def spec() -> list[str]:
    """Return how a project of one function is built by a script."""
    script = {"dev": {"twice.py": [RIGHT]}, "test": {"test_twice.py": [TEST]}}
    Path("script.yaml").write_text(json.dumps(script))
    Path("twice.yaml").write_text(SPEC)
    return ["build", "twice.yaml", "--model", "script:script.yaml", "--no-review", "--out", "out"]


def test_without_a_terminal_a_plan_waits_and_says_how_to_go_on(
    spec: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*spec, "--approve", "--json"]) == 130
    said = capsys.readouterr()
    name = json.loads(said.out)["run"]
    assert "  test test_twice.py: test_double" in said.err and "not green (waiting: for your word)" in said.err
    assert f"go on: guild resume {name} --yes" in said.err and not Path("out/twice.py").exists()
    assert run(["runs", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "waiting"
    assert run(["resume", name]) == 130, "nobody has answered"
    assert run(["resume", name, "--say", HINT]) == 0
    assert f"you: {HINT}" in capsys.readouterr().err
    assert run(["show", name]) == 0
    assert f"you: asked about the plan: go on: {HINT}" in capsys.readouterr().out


def test_without_a_terminal_each_resume_with_step_works_on_one_node(
    spec: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*spec, "--step"]) == 130
    assert "dev twice.py" not in capsys.readouterr().err
    assert run(["resume", "--step", "--yes"]) == 130
    said = capsys.readouterr().err
    assert "dev twice.py" in said and "test test_twice.py" not in said
    assert run(["resume"]) == 0
