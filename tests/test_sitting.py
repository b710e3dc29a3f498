"""A sitting: resumed with more, a person's changes judged, forked, drained by Ctrl-C, alone on its run."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from guild import settings as setting
from guild.build import Place, fork, history, resume, start
from guild.errors import OutputError, RunError, RunNotFound
from guild.records import Records, run_folders
from guild.result import Result
from guild.runs import list_runs
from tests.conftest import ROOT

SPEC = str(ROOT / "specs/numkit.yaml")
SCRIPT = f"script:{ROOT / 'tests/scripts/numkit.yaml'}"
pytestmark = pytest.mark.go


class Watch(list[Mapping[str, Any]]):
    """A watcher that keeps what it sees."""

    def event(self, event: Mapping[str, Any]) -> None:
        self.append(event)


def _settings(**changes: Any) -> setting.Settings:
    return setting.coerce({"model": SCRIPT, **changes})


def _start(folder: Path, watch: Any = None, **changes: Any) -> Result:
    place = Place(home=folder / "home", out=folder / "out")
    return start(SPEC, _settings(**changes), place=place, watch=Watch() if watch is None else watch)


def _run(folder: Path) -> Path:
    [run] = run_folders(folder / "home")
    return run


def test_a_red_run_goes_on_when_it_may_fix(tmp_path: Path) -> None:
    assert _start(tmp_path, max_fix_rounds=0).manifest["outcome"] == "red"
    result = resume(_run(tmp_path), _settings(max_fix_rounds=3), watch=Watch())
    assert result.manifest["outcome"] == "green"
    assert "lo > hi" in (tmp_path / "out/numkit.go").read_text()


def test_limits_that_are_spent_must_be_raised(tmp_path: Path) -> None:
    first = _start(tmp_path, max_tokens_total=1)
    assert first.manifest["outcome"] == "budget"
    with pytest.raises(RunError, match="max-tokens-total"):
        resume(_run(tmp_path), _settings(max_tokens_total=1), watch=Watch())
    result = resume(_run(tmp_path), _settings(max_tokens_total=100_000), watch=Watch())
    assert result.manifest["outcome"] == "green"


def test_a_persons_change_is_judged_and_kept_when_it_helps(tmp_path: Path) -> None:
    _start(tmp_path, max_fix_rounds=0)
    file = tmp_path / "out/numkit.go"
    mended = file.read_text().replace("if x < lo {", "if lo > hi {\n\t\treturn x\n\t}\n\tif x < lo {")
    file.write_text(mended)
    result = resume(_run(tmp_path), _settings(max_fix_rounds=0), watch=Watch())
    assert result.manifest["outcome"] == "green"
    assert file.read_text() == mended == result.state["files"]["numkit.go"]
    assert [(entry["origin"], entry["kept"]) for entry in result.state["rounds"]] == [("person", True)]


def test_a_persons_change_that_breaks_is_not_kept_but_not_lost(tmp_path: Path) -> None:
    _start(tmp_path)
    file = tmp_path / "out/numkit.go"
    good = file.read_text()
    file.write_text("package numkit\n\nfunc GCD() {}\n")
    watch = Watch()
    result = resume(_run(tmp_path), _settings(), watch=watch)
    assert result.manifest["outcome"] == "green" and file.read_text() == good
    [entry] = [entry for entry in result.state["rounds"] if entry["origin"] == "person"]
    assert not entry["kept"]
    assert Records(_run(tmp_path)).get(entry["edits"]["numkit.go"]) == "package numkit\n\nfunc GCD() {}\n"
    assert any(event["kind"] == "note" and entry["edits"]["numkit.go"] in event["text"] for event in watch)


def test_a_fork_starts_at_a_step_and_asks_nothing_twice(tmp_path: Path) -> None:
    _start(tmp_path)
    run = _run(tmp_path)
    place = Place(home=tmp_path / "home", out=tmp_path / "fork")
    step = next(entry for entry in history(run) if entry.next == ("test_coder",)).metadata["step"]  # type: ignore[index]
    watch = Watch()
    result = fork(run, step, _settings(), place=place, watch=watch)
    assert result.manifest["outcome"] == "green" and result.manifest["run"] != run.name
    assert (tmp_path / "fork/numkit.go").read_text() == (tmp_path / "out/numkit.go").read_text()
    assert all(event["recorded"] for event in watch if event["kind"] == "reply")
    with pytest.raises(RunNotFound, match="no step 99"):
        fork(run, 99, _settings(), place=place, watch=watch)


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="--force"):
        _start(tmp_path)
    assert not run_folders(tmp_path / "home")
    place = Place(home=tmp_path / "home", out=tmp_path / "out", force=True)
    start(SPEC, _settings(), place=place, watch=Watch())
    assert (tmp_path / "out/notes.txt").read_text() == "mine"


def test_a_second_build_may_follow_in_the_same_folder(tmp_path: Path) -> None:
    _start(tmp_path)
    assert _start(tmp_path).manifest["outcome"] == "green"


class Editing(Watch):
    """A watcher that changes a file in --out when the first Verdict is in."""

    def __init__(self, file: Path, text: str) -> None:
        super().__init__()
        self.file, self.text = file, text

    def event(self, event: Mapping[str, Any]) -> None:
        super().event(event)
        if event["kind"] == "verdict" and event["round"] == 0:
            self.file.write_text(self.file.read_text() + self.text)


@pytest.mark.parametrize(("text", "kept"), [("\n// mine\n", False), ("\nfunc broken(\n", False)])
def test_a_change_while_it_works_is_judged_before_it_ends(tmp_path: Path, text: str, kept: bool) -> None:
    file = tmp_path / "out/numkit.go"
    result = _start(tmp_path, Editing(file, text))
    assert result.manifest["outcome"] == "green" and file.read_text() == result.state["files"]["numkit.go"]
    assert [(entry["origin"], entry["kept"]) for entry in result.state["rounds"]] == [("fix", True), ("person", kept)]


def test_a_kept_change_is_judged_once(tmp_path: Path) -> None:
    _start(tmp_path)
    file = tmp_path / "out/numkit.go"
    file.write_text(file.read_text() + "\n// mine\n")
    rounds = [len(resume(_run(tmp_path), _settings(), watch=Watch()).state["rounds"]) for _ in range(3)]
    assert rounds == [2, 2, 2] and file.read_text().endswith("// mine\n")


def test_a_rendered_acceptance_test_is_put_back_and_said(tmp_path: Path) -> None:
    _start(tmp_path)
    file = tmp_path / "out/guild_acceptance_test.go"
    rendered = file.read_text()
    file.write_text(rendered.replace("w0 = 6", "w0 = 7"))
    watch = Watch()
    resume(_run(tmp_path), _settings(), watch=watch)
    assert file.read_text() == rendered
    assert any("rendered from the Spec" in event["text"] for event in watch if event["kind"] == "note")


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    _start(tmp_path, max_fix_rounds=0)
    file = tmp_path / "out/numkit.go"
    file.write_bytes(file.read_bytes() + b"// w\xf6rk\n")
    with pytest.raises(OutputError, match="UTF-8"):
        resume(_run(tmp_path), _settings(), watch=Watch())
    assert file.read_bytes().endswith(b"// w\xf6rk\n")


def test_a_broken_folder_of_a_run_stands_in_nobodys_way(tmp_path: Path) -> None:
    for name, text in (("a", ""), ("b", "[]"), ("c", '{"run": "x"}')):
        (tmp_path / "home/runs" / name).mkdir(parents=True)
        (tmp_path / "home/runs" / name / "manifest.json").write_text(text)
    assert _start(tmp_path).manifest["outcome"] == "green"
    assert len(list_runs(tmp_path / "home")) == 1


def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    _start(tmp_path)
    Records(_run(tmp_path)).checkpoints.write_bytes(os.urandom(5000))
    with pytest.raises(RunError, match="starts the run over"):
        resume(_run(tmp_path), _settings(), watch=Watch())


@pytest.mark.parametrize("content", [b"package numkit // \xe4\n", b"\0", b"x" * 1_100_000])
def test_what_cannot_be_read_is_not_ours_either(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/numkit.go").write_bytes(content)
    with pytest.raises(OutputError, match="--force"):
        _start(tmp_path)
    assert (tmp_path / "out/numkit.go").read_bytes() == content


class Interrupting(Watch):
    """A watcher that presses Ctrl-C when the first test file is asked for."""

    def event(self, event: Mapping[str, Any]) -> None:
        super().event(event)
        if event["kind"] == "prompt" and event["role"] == "test":
            os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_finishes_the_step_and_the_run_goes_on(tmp_path: Path) -> None:
    result = _start(tmp_path, Interrupting())
    assert result.manifest["outcome"] == "cancelled"
    assert "numkit_test.go" in result.state["files"] and "verdict" not in result.state
    again = Watch()
    assert resume(_run(tmp_path), _settings(), watch=again).manifest["outcome"] == "green"
    assert {event["role"] for event in again if event["kind"] == "prompt"} == {"fix", "review"}
