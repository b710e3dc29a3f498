"""A bench as a user runs it: one row in three arms by a scripted model, then again."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from guild.bench.conduct import SPEC_SECONDS
from guild.bench.ledger import RESULTS, Ledger, tokens
from guild.cli.app import run
from tests.bench.samples import CATCH, CODE, MARK, OTHERS, REVIEW, RIGHT, TESTS, UNIT, UNUSED, fenced, rows, script

DRAWS = 9
"""More than any mechanism asks for: which ones do is no matter here."""
ANSWERS = {
    "dev": {"impl.go": [fenced(UNUSED)] * DRAWS, "words.go": [fenced(RIGHT.replace("sandbox", "words"))] * DRAWS},
    "test": {
        "impl_test.go": [fenced(TESTS)] * DRAWS,
        "words_test.go": [fenced(TESTS.replace("sandbox", "words"))] * DRAWS,
    },
    "review": {"impl.go": ["CLEAN"], "words.go": ["CLEAN"]},
}
SPEC = """name: words
go_module: example.com/words
description: Two words. All files use package words.
files:
  - path: words.go
    purpose: Greet(name string) string returns Hello, a comma and the name.
  - path: words_test.go
    purpose: TestGreet greets Ada.
expect:
  - call: Greet("Ada")
    want: '"hidden3141"'
"""


class Benched(NamedTuple):
    """A bench that was run, and what it printed."""

    folder: Path
    said: dict[str, Any]

    @property
    def unit(self) -> list[str]:
        return ["bench", "unit", "--data", str(self.folder / "rows.jsonl"), "--out", str(self.folder / "out")]

    def model(self, answers: Any = ANSWERS) -> list[str]:
        return ["--model", script(self.folder, answers)]


def benched(words: list[str]) -> dict[str, Any]:
    with redirect_stdout(StringIO()) as printed:
        assert run([*words, "--json"]) == 0
    return json.loads(printed.getvalue())


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Benched]:
    folder = tmp_path_factory.mktemp("bench")
    rows(folder, UNIT, {**UNIT, "id": "later"})
    plain = Benched(folder, {})
    arms = ["--arm", "best-of-N,loop,one-shot", "--limit", "1", "--no-review"]
    yield plain._replace(said=benched([*plain.unit, *plain.model(), *arms]))


@pytest.mark.go
def test_the_loop_repairs_what_one_shot_leaves_broken(unit: Benched) -> None:
    results = {result["arm"]: result for result in unit.said["results"]}
    assert {arm: result["ok"] for arm, result in results.items()} == {
        "one-shot": False,
        "loop": True,
        "best-of-N": True,
    }
    assert results["one-shot"]["why"].startswith("does not compile")
    assert results["loop"]["outcome"] == "green" and results["loop"]["fired"]["imports"] >= 1
    assert 0 < tokens(results["best-of-N"]) < tokens(results["loop"])
    assert results["loop"]["toolchain_seconds"] > results["loop"]["rest_seconds"] >= 0
    assert {line["arm"]: line["green"] for line in unit.said["table"]} == {"one-shot": 0, "loop": 1, "best-of-N": 1}


@pytest.mark.go
def test_a_result_says_what_it_comes_from(unit: Benched) -> None:
    [kept] = [each for each in Ledger(unit.folder / "out").results if each["arm"] == "loop"]
    versions = kept["versions"]
    assert all(versions[name] for name in ("guild", "code", "prompts", "model", "go", "interpreter", "platform"))
    assert (unit.folder / "out/runs" / kept["run"] / "trace.jsonl").exists()


@pytest.mark.go
def test_nothing_that_is_hidden_reaches_the_loop(unit: Benched) -> None:
    kept = [path for path in (unit.folder / "out/runs").rglob("*") if path.is_file()]
    seen = [path.read_bytes() for path in kept]
    assert any(UNIT["prompt"].encode() in text for text in seen), "what is searched holds no prompts"
    assert not any(MARK.encode() in text.lower() for text in seen)


@pytest.mark.go
def test_what_is_there_is_not_run_again(unit: Benched, capsys: pytest.CaptureFixture[str]) -> None:
    before = (unit.folder / "out" / RESULTS).read_text()
    assert run([*unit.unit, *unit.model(), "--arm", "loop,best-of-N,one-shot", "--limit", "1", "--no-review"]) == 0
    assert "3 of 3 are there already" in capsys.readouterr().err
    assert (unit.folder / "out" / RESULTS).read_text() == before


@pytest.mark.go
def test_an_example_that_is_a_row_is_not_shown(tmp_path: Path) -> None:
    shown = {"instruction": "Write a Go function Part(name string) string that says Bye.", "response": "shown2718"}
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(f"{json.dumps(shown)}\n{json.dumps({'instruction': UNIT['prompt'], 'response': MARK})}\n")
    words = ["bench", "unit", "--data", str(rows(tmp_path, UNIT)), "--corpus", str(corpus), "--arm", "one-shot"]
    benched([*words, "--model", script(tmp_path, ANSWERS), "--out", str(tmp_path / "out")])
    prompts = [path.read_text() for path in (tmp_path / "out/runs").rglob("blobs/*")]
    assert any("shown2718" in prompt for prompt in prompts)
    assert not any(MARK in prompt for prompt in prompts)


@pytest.mark.go
def test_a_test_is_asked_for_and_caught_by_its_mutant(tmp_path: Path) -> None:
    words = ["bench", "catch", "--data", str(rows(tmp_path, CATCH)), "--arm", "one-shot,best-of-N", "--budget", "9000"]
    said = benched([*words, "--model", script(tmp_path, ANSWERS), "--out", str(tmp_path / "out")])
    assert [(each["arm"], each["ok"]) for each in said["results"]] == [("one-shot", True), ("best-of-N", True)]


@pytest.mark.go
def test_a_review_is_asked_once_about_the_code(tmp_path: Path) -> None:
    model = script(tmp_path, {"review": {"impl.go": ["3: ages is never made"]}})
    words = ["bench", "review", "--data", str(rows(tmp_path, REVIEW, *OTHERS)), "--rows", "ages"]
    [line] = benched([*words, "--model", model, "--out", str(tmp_path / "out")])["table"]
    assert (line["green"], line["strict"], line["arm"]) == (1, 1, "one-shot")
    assert any(CODE.encode() in path.read_bytes() for path in (tmp_path / "out/runs").rglob("blobs/*"))


@pytest.mark.go
def test_a_whole_spec_is_built_without_its_oracles(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(SPEC)
    words = ["bench", "specs", str(tmp_path / "words.yaml"), "--model", script(tmp_path, ANSWERS)]
    [kept] = benched([*words, "--no-review", "--arm", "loop-without-agreement", "--out", str(tmp_path / "out")])[
        "results"
    ]
    assert kept["ok"] and kept["seconds"] < SPEC_SECONDS
    assert not any(MARK.encode() in path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())


PYTHON = """name: greet
language: python
description: A greeting.
files:
  - path: greet.py
    purpose: greet(name) returns Hello, a comma and the name.
    declares: [greet]
  - path: test_greet.py
    purpose: test_greet greets Ada.
expect:
  - call: greet("Bob")
    want: '"Hello, Bob"'
"""
GREET = "```python\ndef greet(name):\n    return 'Hello, ' + name\n```\n"
GREETED = "```python\nfrom greet import greet\n\n\ndef test_greet():\n    assert greet('Ada') == 'Hello, Ada'\n```\n"


def test_specs_of_other_languages_are_built_beside_and_counted_apart(tmp_path: Path) -> None:
    (tmp_path / "greet.yaml").write_text(PYTHON)
    answers = {
        "dev": {"greet.py": [GREET] * DRAWS},
        "test": {"test_greet.py": [GREETED] * DRAWS},
        "review": {"greet.py": ["CLEAN"]},
    }
    words = ["bench", "specs", str(tmp_path / "greet.yaml"), "--model", script(tmp_path, answers), "--no-review"]
    said = benched([*words, "--out", str(tmp_path / "out")])
    [kept], [line] = said["results"], said["table"]
    assert (kept["ok"], kept["strict"], kept["language"]) == (True, True, "python"), kept["why"]
    assert (line["language"], line["green"], line["strict"]) == ("python", 1, 1)
    assert {"python", "interpreter"} <= kept["versions"].keys() and "go" not in kept["versions"]


@pytest.mark.go
def test_ctrl_c_ends_the_bench_and_keeps_no_half_row(tmp_path: Path) -> None:
    def interrupt() -> None:
        while not any("prompt" in path.read_text() for path in (tmp_path / "out/runs").glob("*/trace.jsonl")):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    plain = Benched(tmp_path, {})
    rows(tmp_path, UNIT)
    answers = {"dev": {"impl.go": [{"text": fenced(RIGHT), "delay": 0.5}]}}
    Thread(target=interrupt, daemon=True).start()
    assert run([*plain.unit, *plain.model(answers)]) == 130
    assert not (tmp_path / "out" / RESULTS).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--arm", "best-of-N"], "best-of-N wants the tokens that the loop spent"),
        (["--arm", "luck"], "no arm 'luck' of bench unit: there are one-shot, best-of-N, loop"),
        (["--arm", "loop-without-luck"], "without"),
        (["--rows", "nope"], "no row 'nope'"),
    ],
)
def test_what_cannot_be_run_is_told_in_one_line(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = Benched(tmp_path, {})
    rows(tmp_path, UNIT)
    assert run([*plain.unit, *plain.model(), *words]) == 2
    [told] = capsys.readouterr().err.splitlines()
    assert said in told
