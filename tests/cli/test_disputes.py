"""A build in which a test and the code disagree: the side that fresh drafts speak against is changed, and told of."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from guild.cli.app import run
from tests.conftest import ROOT

SPEC = """
name: kit
language: go
go_module: example.com/kit
description: Arithmetic on integers. All files use package kit.
files:
  - path: kit.go
    purpose: package kit. Square(n int) int returns the square of n.
  - path: kit_test.go
    purpose: package kit. A table-driven test of Square.
    tests: [TestSquare]
"""
RIGHT = "package kit\n\n// Square returns the square of n.\nfunc Square(n int) int { return n * n }\n"
WRONG = RIGHT.replace("n * n", "n + n")
TESTS = """package kit

import "testing"

func TestSquare(t *testing.T) {
	tests := []struct{ in, want int }{
		{1, 1},
		{2, 4},
		{3, 9},
	}
	for _, tt := range tests {
		if got := Square(tt.in); got != tt.want {
			t.Errorf("Square(%d) = %d, want %d", tt.in, got, tt.want)
		}
	}
}
"""
MISTAKEN = TESTS.replace("{3, 9}", "{3, 6}")


def built(capsys: Any, code: list[str], tests: list[str]) -> tuple[Any, str, Path]:
    """Build the Spec from scripted drafts; return what was printed for scripts, for people, and the output folder."""
    answers = {
        "dev": {"kit.go": [f"```go\n{text}```\n" for text in code]},
        "test": {"kit_test.go": [f"```go\n{text}```\n" for text in tests]},
        "review": {"kit.go": ["CLEAN"]},
    }
    Path("kit.yaml").write_text(SPEC)
    Path("script.yaml").write_text(yaml.safe_dump(answers))
    ended = run(["build", "kit.yaml", "--model", "script:script.yaml", "--out", "out", "--json"])
    said = capsys.readouterr()
    assert ended == 0, said.err
    return json.loads(said.out), said.err, Path("out")


@pytest.mark.go
def test_a_wrong_case_against_right_code_is_corrected_and_told_on_one_line(capsys: pytest.CaptureFixture[str]):
    told, said, out = built(capsys, [RIGHT], [MISTAKEN, TESTS, TESTS])
    assert (told["outcome"], told["rounds"]) == ("green", 1)
    [dispute] = told["disputes"]
    why = dispute.pop("why")
    assert dispute == {
        "file": "kit_test.go", "line": 9, "test": "TestSquare", "case": "Square(3)", "old": "6", "new": "9",
    }  # fmt: skip
    assert "3 of 4 independent drafts" in why
    lines = [line for line in said.splitlines() if f"kit_test.go:9 TestSquare Square(3): 6 -> 9 ({why})" in line]
    assert len([line for line in lines if line.startswith("  test: ")]) == 1, said
    assert (out / "kit.go").read_text() == RIGHT and (out / "kit_test.go").read_text() == TESTS


@pytest.mark.go
def test_wrong_code_against_a_right_test_is_changed_and_nothing_is_disputed(capsys: pytest.CaptureFixture[str]):
    told, said, out = built(capsys, [WRONG, RIGHT], [TESTS, *[TESTS.replace("{2, 4}", "{0, 0}")] * 2])
    assert (told["outcome"], told["rounds"], told["disputes"]) == ("green", 1, [])
    assert "  test: " not in said and "->" not in said
    assert (out / "kit.go").read_text() == RIGHT and (out / "kit_test.go").read_text() == TESTS


def test_a_mechanism_that_there_is_not_is_refused_with_those_that_there_are(capsys: pytest.CaptureFixture[str]):
    assert run(["build", str(ROOT / "specs/numkit.yaml"), "--without", "magic"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and said.err.startswith("guild: without:")
    assert all(f"'{name}'" in said.err for name in ("agreement", "mends", "prefill", "ranking", "strategy"))
