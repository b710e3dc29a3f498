"""guild new: what is proposed is shown, built with --yes or a person's word, and refused where it is poor."""

import json
from pathlib import Path

import pytest
import yaml

from guild.cli.app import run
from guild.planning import opening_of

SENTENCE = "a library that doubles numbers"
POOR = '```json\n{"files": [{"path": "twice.py", "purpose": "Doubles.", "parts": []}]}\n```'
SKETCH = """```json
{"files": [{"path": "twice.py", "purpose": "Doubles numbers.", "parts": [
  {"head": "double(number: int) -> int", "does": "returns a number twice as large"}]}]}
```"""
CODE = "```python\ndef double(number: int) -> int:\n    return number * 2\n```"
TEST = "```python\ndef test_double():\n    assert double(2) == 4\n    assert double(0) == 0\n```"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUILD_HOME", str(tmp_path / "home"))
    return tmp_path


def new(*words: str, plans: tuple[str, ...] = (POOR, SKETCH)) -> int:
    script = {
        "plan": {"plan.json": list(plans)},
        "dev": {"twice.py": [CODE] * 3},
        "test": {"test_twice.py": [TEST] * 3},
        "review": {"twice.py": ["CLEAN"]},
    }
    Path("script.yaml").write_text(json.dumps(script))
    return run(["new", SENTENCE, "--language", "python", "--model", "script:script.yaml", *words])


def test_without_a_person_the_spec_is_printed_and_nothing_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert new() == 0
    said = capsys.readouterr()
    spec = yaml.safe_load(said.out)
    assert (spec["name"], spec["language"], spec["description"]) == ("library-doubles-numbers", "python", SENTENCE)
    assert [file["path"] for file in spec["files"]] == ["twice.py", "test_twice.py"]
    assert "nothing was built" in said.err and "draft 1: refused: twice.py declares 0 things" in said.err
    assert not Path("generated").exists()
    assert new("--json") == 0
    assert yaml.safe_load(json.loads(capsys.readouterr().out)["spec"]) == spec


def test_with_yes_it_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("--yes", "--out", "out", "--json") == 0, capsys.readouterr().err
    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["files"]) == ("green", ["pyproject.toml", "test_twice.py", "twice.py"])
    assert "from twice import double" in Path("out/test_twice.py").read_text()


def test_what_it_prints_can_be_built(capsys: pytest.CaptureFixture[str]) -> None:
    new()
    Path("twice.yaml").write_text(capsys.readouterr().out)
    assert run(["build", "twice.yaml", "--model", "script:script.yaml", "--out", "out"]) == 0


def test_a_spec_without_files_is_planned_and_built(capsys: pytest.CaptureFixture[str]) -> None:
    new()
    Path("bare.yaml").write_text(opening_of(SENTENCE, "python"))
    capsys.readouterr()
    assert run(["check", "bare.yaml"]) == 0
    assert "a model plans them" in capsys.readouterr().out
    assert run(["build", "bare.yaml", "--model", "script:script.yaml", "--out", "out"]) == 0
    assert Path("out/twice.py").exists()
    assert "the files are planned" in capsys.readouterr().err
    assert run(["corpus", "add", "last"]) == 0
    assert capsys.readouterr().out.startswith("2 added")


def test_poor_plans_are_drawn_anew_and_never_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("--yes", plans=(POOR,) * 5) == 1
    said = capsys.readouterr().err
    assert "no plan of 5 was sound" in said and "files:" in said
    assert not Path("generated").exists()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [("A roman numeral converter", "roman-numeral-converter"), ("the", "project"), ("Ünïcode!", "n-code")],
)
def test_the_first_words_name_the_project(sentence: str, name: str) -> None:
    assert yaml.safe_load(opening_of(sentence, "go"))["name"] == name
