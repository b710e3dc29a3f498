"""guild corpus: a green run is added once, what is there is listed and found, a build shows it to its model."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guild.cli.app import run
from guild.retrieval import read_examples
from tests.conftest import ROOT

SPEC = str(ROOT / "specs/numkit.yaml")
ROWS = [
    {"instruction": "A cache that evicts the least recently used key.", "response": "package lru"},
    {"instruction": "Tests of a cache.", "response": "package lru\n\nfunc TestGet(t *testing.T) {}"},
]

Said = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command that is to end well; return what it prints for machines."""

    def of(*words: str) -> str:
        assert run(list(words)) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return of


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return str(path)


@pytest.mark.parametrize("command", ["add", "list", "search"])
def test_help_has_an_example(command: str, said: Said) -> None:
    assert f"Example: guild corpus {command}" in " ".join(said("corpus", command, "--help").split())


def test_without_a_corpus_there_is_nothing_to_show(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said("corpus", "list", "--json")) == json.loads(said("corpus", "search", "x", "--json")) == []
    assert run(["corpus", "list"]) == 0
    assert "guild corpus add RUN" in capsys.readouterr().err


def test_a_file_is_listed_and_searched(corpus: str, said: Said) -> None:
    assert json.loads(said("corpus", "list", "--corpus", corpus, "--json")) == ROWS
    assert said("corpus", "list", "--corpus", corpus).splitlines() == [
        "code  A cache that evicts the least recently used key.",
        "test  Tests of a cache.",
    ]
    found = ["corpus", "search", "a cache of keys", "--corpus", corpus, "--json"]
    for likeness in ("bm25", "jaccard"):
        assert json.loads(said(*found, "--likeness", likeness)) == ROWS
        assert json.loads(said(*found, "--likeness", likeness, "--tests", "--most", "1")) == ROWS[1:]
    assert json.loads(said("corpus", "search", "zebra", "--corpus", corpus, "--json")) == []


@pytest.mark.parametrize("words", [["build", SPEC], ["corpus", "list"], ["corpus", "search", "x"]])
def test_a_bad_corpus_is_one_line_with_its_file_and_number(
    words: list[str], corpus: str, tmp_path: Path, numkit_script: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path(corpus).open("a") as file:
        file.write('{"instruction": 1}\n')
    asked = ["--model", numkit_script] if words[0] == "build" else []
    for where in ("mine.jsonl", "gone.jsonl"):
        assert run([*words, *asked, "--corpus", str(tmp_path / where)]) == 2
        [line] = capsys.readouterr().err.splitlines()
        assert (f"{corpus}:3: " if where == "mine.jsonl" else "gone.jsonl: cannot be read") in line
    assert not (tmp_path / "generated").exists() and not (tmp_path / "home/runs").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["add", "nope"],
        ["search"],
        ["list", "x"],
        ["search", "x", "--most", "0"],
        ["search", "x", "--likeness", "y"],
    ],
)
def test_a_wrong_call_is_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corpus", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


TWICE = """
name: twice
description: Numbers.
files:
  - path: twice.go
    purpose: package twice. Double(n int) int doubles n.
  - path: twice_test.go
    purpose: TestDouble, Double(2) = 4.
"""
CODE = "package twice\n\n// Double doubles n.\nfunc Double(n int) int {\n\treturn 2 * n\n}\n"
TESTS = """package twice

import "testing"

func TestDouble(t *testing.T) {
	if got := Double(2); got != 4 {
		t.Errorf("got %d, want 4", got)
	}
}
"""
Build = Callable[..., list[str]]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return the words that build a Spec with a model that always answers with this implementation."""

    def of(code: str, *more: str) -> list[str]:
        answers = {"dev": {"twice.go": code}, "test": {"twice_test.go": TESTS}, "review": {"twice.go": "CLEAN"}}
        drawn = {role: {path: [text] * 9 for path, text in files.items()} for role, files in answers.items()}
        (tmp_path / "script.yaml").write_text(json.dumps(drawn))
        (tmp_path / "twice.yaml").write_text(TWICE)
        return ["build", "twice.yaml", "--model", "script:script.yaml", "--json", *more]

    return of


def shown(built: str, tmp_path: Path) -> list[str]:
    """Return the prompts of a run that show examples."""
    blobs = (tmp_path / "home/runs" / json.loads(built)["run"] / "blobs").iterdir()
    return [text for text in (blob.read_text() for blob in blobs) if "Verified answers" in text]


@pytest.mark.go
def test_a_green_run_is_added_once_and_shown_to_the_next_build(build: Build, tmp_path: Path, said: Said) -> None:
    assert shown(said(*build(CODE, "--out", "one")), tmp_path) == []
    local = tmp_path / "home/corpus.jsonl"
    assert json.loads(said("corpus", "add", "last", "--json")) == {"corpus": str(local), "added": 2, "known": 0}
    assert said("corpus", "add") == f"0 added to {local}, 2 already there\n"
    code, tests = read_examples(local)
    assert (code.response, tests.response) == tuple(
        f"```go\n{text}```" for text in (CODE, TESTS)
    ) and "Write twice.go: package twice." in code.instruction
    prompts = shown(said(*build(CODE, "--out", "two")), tmp_path)
    assert len(prompts) == 2 and all(CODE in prompt and TESTS in prompt for prompt in prompts)


@pytest.mark.go
def test_a_run_that_is_not_green_is_refused(build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(build(CODE.replace("2 *", "3 *"), "--max-fix-rounds", "0", "--out", "out")) == 1
    capsys.readouterr()
    assert run(["corpus", "add", "last"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "is red: only a green run" in line and not (tmp_path / "home/corpus.jsonl").exists()
