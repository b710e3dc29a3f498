"""Tiny rows of a bench, the answers of a scripted model to them, and results as a bench keeps them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from guild.bench.ledger import Result

MARK = "hidden3141"
"""Stands in every hidden part, and nowhere else."""
RIGHT = 'package sandbox\n\nfunc Greet(name string) string {\n\treturn "Hello, " + name\n}\n'
WRONG = RIGHT.replace("Hello", "Bye")
UNUSED = RIGHT.replace("\n\nfunc", '\n\nimport "fmt"\n\nfunc')
TESTS = """package sandbox

import "testing"

func TestGreet(t *testing.T) {
	if got := Greet("Ada"); got != "Hello, Ada" {
		t.Errorf("got %q", got)
	}
}
"""
HIDDEN_TESTS = TESTS.replace("TestGreet", f"Test{MARK.title()}")
UNIT = {
    "id": "greet",
    "prompt": "Write a Go function Greet(name string) string that says Hello and the name, in package sandbox.",
    "reference": f"// {MARK}\n{RIGHT}",
    "metadata": {"module": "sandbox", "tests": HIDDEN_TESTS},
}
CATCH = {
    "id": "greet",
    "prompt": "Write a Go test (package sandbox) for Greet(name string) string, which says Hello and the name.",
    "metadata": {"correct": f"{RIGHT}\n// {MARK}\n", "mutant": f"{WRONG}\n// {MARK}\n"},
}
CODE = 'func Save(book map[string]int) {\n\tvar ages map[string]int\n\tages["Ada"] = len(book)\n}'
REVIEW = {
    "id": "ages",
    "prompt": f"Review this Go code and say what is wrong.\n\n```go\n{CODE}\n```",
    "reference": f"ages is never made, so that Save panics. {MARK}",
    "metadata": {"keywords": ["unmade", "never made"]},
}
OTHERS: list[dict[str, Any]] = [
    {**REVIEW, "id": "race", "metadata": {"keywords": ["race"]}},
    {**REVIEW, "id": "leak", "metadata": {"keywords": ["leak"]}},
]


def fenced(code: str) -> str:
    return f"```go\n{code}```\n"


def rows(folder: Path, *values: Mapping[str, Any]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(f"{json.dumps(value)}\n" for value in values))
    return path


def script(folder: Path, answers: Mapping[str, Any]) -> str:
    path = folder / "script.yaml"
    path.write_text(yaml.safe_dump(dict(answers)))
    return f"script:{path}"


def result(**changes: Any) -> Result:
    plain = Result(
        bench="unit",
        id="greet",
        arm="loop",
        seed=1,
        ok=True,
        strict=None,
        why="",
        outcome="green",
        prompt_tokens=100,
        completion_tokens=20,
        seconds=6.0,
        model_seconds=4.0,
        toolchain_seconds=1.5,
        rest_seconds=0.5,
        rounds=0,
        fired={"imports": 2},
        helped={"imports": 1},
        run="r",
        fingerprint="f",
        versions={"code": "c"},
    )
    return Result(**{**plain, **changes})
