"""The commands, as a script calls them: exit codes, what goes to stdout, what one line says of a mistake."""

import json
from pathlib import Path

import pytest

from guild.cli.app import run
from tests.conftest import ROOT

SPEC = str(ROOT / "specs/numkit.yaml")
COMMANDS = ["build", "new", "resume", "fork", "check", "score", "runs", "show", "doctor", "models list", "models pull"]

GOOD = "name: a\ndescription: d\nfiles:\n  - path: a.go\n    purpose: p\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    assert f"Example: guild {command}" in " ".join(capsys.readouterr().out.split())


def test_check_plans_without_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", SPEC]) == 0
    said = capsys.readouterr()
    assert "func GCD(a, b int) int" in said.out and "TestClamp" in said.out and said.err == ""


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (GOOD.replace("name: a\n", ""), 0, "name"),
        (GOOD + "    colour: red\n", 6, "colour"),
        (GOOD + "  - path: a.go\n    purpose: again\n", 6, "a.go"),
        (GOOD.replace("a.go", "../a.go"), 4, "../a.go"),
        (GOOD.replace("a.go", "/etc/a.go"), 4, "/etc/a.go"),
        (GOOD.replace("    purpose: p\n", "    given: ../../secret.go\n"), 5, "given"),
        ("language: cobol\n" + GOOD, 1, "cobol"),
        ("name: a\ndescription: d\nfiles: []\n", 3, "files"),
        ("name: [a\n", 0, ""),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    text: str, line: int, word: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_text(text)
    assert run(["build", str(spec)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "bad.yaml" in said[0] and word in said[0]
    assert not line or f"bad.yaml:{line}:" in said[0]
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_a_missing_spec_is_the_users(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "nowhere.yaml"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["build"], ["build", "--nope", SPEC], ["nope"], ["build", SPEC, "--seed", "x"]])
def test_a_wrong_call_is_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    said = capsys.readouterr()
    assert said.out == "" and "Usage:" in said.err and "Traceback" not in said.err


def test_runs_and_show_without_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "--json"]) == 0 and json.loads(capsys.readouterr().out) == []
    assert run(["show"]) == 2 and "there are none yet" in capsys.readouterr().err


@pytest.mark.go
def test_a_build_is_listed_shown_and_scored(numkit_script: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", SPEC, "--model", numkit_script, "--out", "out", "--json"]) == 0
    said = capsys.readouterr()
    built = json.loads(said.out)
    assert set(built) == {
        *("run", "outcome", "score", "rounds", "tokens", "seconds", "out", "files", "disputes")
    } and built["score"] == {"parse": 1, "build": 1, "vet": 1, "test": 1, "run": None, "total": 3, "max": 3}
    assert "green: numkit, 3 of 3" in said.err and "\x1b" not in said.err
    assert run(["runs", "--json"]) == 0
    [listed] = json.loads(capsys.readouterr().out)
    assert (listed["run"], listed["outcome"], listed["round"]) == (built["run"], "green", 1)
    assert run(["show", "last", "--round", "1", "--diff"]) == 0
    shown = capsys.readouterr().out
    assert "The toolchain says" in shown and "+\tif lo > hi {" in shown and "kept" in shown
    assert run(["show"]) == 0 and "after fixer" in capsys.readouterr().out
    assert run(["score", "out", "--spec", SPEC, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["green"]


@pytest.mark.go
def test_a_reviews_findings_are_reported_and_the_build_stays_green(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = (ROOT / "tests/scripts/numkit.yaml").read_text().replace("- CLEAN", "- 'numkit.go:7: GCD is too slow'")
    (tmp_path / "script.yaml").write_text(script)
    assert run(["build", SPEC, "--model", "script:script.yaml", "--out", "out"]) == 0
    assert "review: numkit.go:7: GCD is too slow" in capsys.readouterr().err


@pytest.mark.go
def test_a_red_build_leaves_with_one(numkit_script: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", SPEC, "--model", numkit_script, "--max-fix-rounds", "0", "--out", "out"]) == 1
    said = capsys.readouterr().err
    assert "not green (red" in said and "Clamp(7, 10, 0)" in said and "guild resume" in said
