"""Maintaining: a project that is there is changed, shown by a test, or left to the byte as it was."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from guild import settings as setting
from guild.build import Place, fork, resume, work_on
from guild.errors import OutputError, RunError, ScriptExhausted, UserError
from guild.manifest import Errand
from guild.records import Records, run_folders
from guild.result import Result, change_of, told
from guild.state import State
from tests.test_sitting import Watch

pytestmark = pytest.mark.go
MOD = "module example.org/k\n\ngo 1.22\n"
CODE = """package k

// Pair is two numbers.
type Pair struct {
	Left int
}

// Half returns half of a number.
func Half(n int) int { return n / 2 }

// Double returns twice a number.
func Double(n int) int {
	if n < 0 {
		return 0
	}
	return 2 * n
}
"""
TESTS = """package k

import "testing"

func TestHalf(t *testing.T) {
	if got := Half(4); got != 2 {
		t.Errorf("Half(4) = %d, want 2", got)
	}
}
"""
BUG = "Double(-3) is 0, but has to be -6."
SURVEY = {"survey.txt": ["```\nk.go: Double\n```"]}
DOUBLE = "```go\n// Change: negative numbers, too.\nfunc Double(n int) int { return 2 * n } // Change: no branch\n```"
SHOWS = """```go
func TestDouble3Is0(t *testing.T) {
	if got := Double(-3); got != -6 {
		t.Errorf("Double(-3) = %d, want -6", got)
	}
}
```"""
HOLLOW = SHOWS.replace("-3", "3").replace("-6", "6")
WRONG = SHOWS.replace("-6", "-7")
RIGHT: dict[str, Any] = {"plan": SURVEY, "dev": {"k.go": [DOUBLE]}, "test": {"k_test.go": [SHOWS]}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "k"
    folder.mkdir()
    for path, text in {"go.mod": MOD, "k.go": CODE, "k_test.go": TESTS, "README.md": "read\r\n"}.items():
        (folder / path).write_bytes(text.encode())
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def changed(
    project: Path, request: str, script: Any, *, commit: bool = False, force: bool = False, **more: Any
) -> Result:
    path = project.parent / "script.yaml"
    path.write_text(yaml.safe_dump(script))
    settings = setting.coerce({"model": f"script:{path}", "candidates": 1, **more})
    errand = Errand(kind="maintain", request=request, commit=commit)
    place = Place(home=project.parent / "home", force=force)
    return work_on(project, errand, settings, place=place, watch=Watch())


def test_a_bug_is_mended_and_shown_by_a_test_that_failed_before(project: Path) -> None:
    result = changed(project, BUG, RIGHT)
    assert result.manifest["outcome"] == "green" and result.change is not None
    assert (result.change["changed"], result.change["proof"]) == (["k.go", "k_test.go"], ["TestDouble3Is0"])
    assert result.change["altered"] == [] and result.change["commit"] == ""
    there = texts(project)
    begun, _, _ = CODE.partition("func Double")
    assert there["k.go"].decode() == begun + "func Double(n int) int { return 2 * n }\n"
    assert there["k_test.go"].decode() == TESTS + "\n" + SHOWS[6:-3]
    assert (there["go.mod"], there["README.md"]) == (MOD.encode(), b"read\r\n")
    [run] = run_folders(project.parent / "home")
    assert change_of(Records(run)) == result.change["diff"] and "-\tif n < 0 {\n" in result.change["diff"]
    assert told(result)["change"] == result.change


def test_a_renaming_asks_no_model_and_lists_each_line_of_a_users_test(project: Path) -> None:
    result = changed(project, "Rename the function Half to Halve.", {})
    assert result.manifest["outcome"] == "green" and result.change is not None
    assert result.state["spent"]["calls"] == 0 and result.change["renamed"] == ["Half -> Halve"]
    assert [(line["line"], line["test"]) for line in result.change["altered"]] == [(6, "TestHalf")]
    assert b"// Halve returns half of a number.\nfunc Halve(n int) int" in texts(project)["k.go"]
    assert b"got := Halve(4); got != 2" in texts(project)["k_test.go"]


@pytest.mark.parametrize(
    ("script", "outcome", "why"),
    [
        ({**RIGHT, "test": {"k_test.go": [WRONG]}}, "red", "a test that asks for something else"),
        ({**RIGHT, "dev": {"k.go": [DOUBLE.replace("2 * n", "3 * n")]}}, "red", "code that does something else"),
        (
            {
                **RIGHT,
                "dev": {"k.go": [f"```go\n{CODE[CODE.index('// Double') :]}```"]},
                "test": {"k_test.go": [HOLLOW]},
            },
            "stalled",
            "nothing at all",
        ),
    ],
)
def test_what_is_not_green_leaves_the_project_as_it_was(project: Path, script: Any, outcome: str, why: str) -> None:
    before = texts(project)
    result = changed(project, BUG, script, max_fix_rounds=0)
    assert (result.manifest["outcome"], texts(project)) == (outcome, before), why


def test_a_change_that_no_test_tells_apart_says_so(project: Path) -> None:
    result = changed(project, BUG, {**RIGHT, "test": {"k_test.go": [HOLLOW] * 3}})
    assert result.manifest["outcome"] == "green" and result.change is not None
    assert [entry["path"] for entry in result.state["rounds"]] == ["k_test.go", "k_test.go", ""]
    assert (result.change["changed"], result.change["proof"]) == (["k.go"], [])
    drafted = result.state["drafts"]["k_test.go: TestDouble3Is0"]
    assert drafted["reason"] == "passes without the change"


def test_what_is_green_and_not_shown_is_asked_for_its_test_once_more(project: Path) -> None:
    broken = SHOWS.replace("Double(-3)", "treble(-3)")
    result = changed(project, BUG, {**RIGHT, "test": {"k_test.go": [HOLLOW, broken, SHOWS]}})
    assert result.manifest["outcome"] == "green" and result.change is not None
    assert result.change["proof"] == ["TestDouble3Is0"]
    assert [entry["kept"] for entry in result.state["rounds"]] == [False, True]


def test_a_wrong_test_is_drawn_afresh_and_the_right_code_stays(project: Path) -> None:
    result = changed(project, BUG, {**RIGHT, "test": {"k_test.go": [WRONG, SHOWS]}}, max_fix_rounds=2)
    assert result.manifest["outcome"] == "green" and result.change is not None
    assert result.change["proof"] == ["TestDouble3Is0"] and b"-7" not in texts(project)["k_test.go"]


def test_wrong_code_is_drawn_afresh_once_a_second_test_says_the_same(project: Path) -> None:
    code = [DOUBLE.replace("2 * n", "3 * n"), DOUBLE]
    result = changed(project, BUG, {**RIGHT, "dev": {"k.go": code}, "test": {"k_test.go": [SHOWS, SHOWS]}})
    assert result.manifest["outcome"] == "green", result.state["rounds"]
    assert b"return 2 * n }" in texts(project)["k.go"]


def test_a_type_that_the_test_finds_lacking_is_changed_too(project: Path) -> None:
    pair = "```go\n// Pair is two numbers.\ntype Pair struct {\n\tLeft, Right int\n}\n```"
    head = "func TestAddFieldRightInt(t *testing.T)"
    test = f"```go\n{head} {{\n\tif (Pair{{Right: 2}}).Right != 2 {{\n\t\tt.Error()\n\t}}\n}}\n```"
    script = {"plan": SURVEY, "dev": {"k.go": [pair, pair]}, "test": {"k_test.go": [test]}}
    result = changed(project, "Add a field Right, an int, to Pair.", script)
    assert result.manifest["outcome"] == "green", result.state["verdict"]["reason"]
    assert b"\tLeft, Right int\n" in texts(project)["k.go"]


def test_code_that_passes_the_test_needs_no_more(project: Path) -> None:
    both = {"survey.txt": ["```\nk.go: Double\nk.go: Half\n```"]}
    result = changed(project, BUG, {**RIGHT, "plan": both})
    assert result.manifest["outcome"] == "green" and result.state["spent"]["calls"] == 3
    assert result.state["drafts"]["k.go: Half"] == {"draws": 0, "reason": "not needed"}


def test_a_users_test_is_neither_rewritten_nor_dropped(project: Path) -> None:
    """The reply holds the user's test, weakened: only what is new in it is taken."""
    both = SHOWS.replace("func TestDouble", "func TestHalf(t *testing.T) { _ = Half(4) }\n\nfunc TestDouble", 1)
    changed(project, BUG, {**RIGHT, "test": {"k_test.go": [both]}})
    assert texts(project)["k_test.go"].decode().startswith(TESTS)
    assert b"_ = Half" not in texts(project)["k_test.go"]


def held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "first"]):
        subprocess.run(["git", *words], cwd=folder, check=True)


def test_a_dirty_tree_is_refused_unless_forced_and_one_commit_is_made(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(project, monkeypatch)
    (project / "README.md").write_text("mine\n")
    with pytest.raises(OutputError, match=r"README\.md"):
        changed(project, BUG, RIGHT)
    assert not run_folders(project.parent / "home")
    result = changed(project, BUG, RIGHT, force=True, commit=True)
    assert result.change is not None and result.change["commit"]
    said = subprocess.run(
        ["git", "log", "-1", "--format=%s", "--name-only"], cwd=project, check=True, capture_output=True, text=True
    ).stdout
    assert said.split("\n") == [BUG, "", "k.go", "k_test.go", ""]
    assert (project / "README.md").read_text() == "mine\n"


def test_an_interrupted_run_goes_on_and_asks_nothing_twice(project: Path) -> None:
    with pytest.raises(ScriptExhausted):
        changed(project, BUG, {**RIGHT, "dev": {}})
    before = texts(project)
    [run] = run_folders(project.parent / "home")
    (project.parent / "script.yaml").write_text(yaml.safe_dump({"dev": RIGHT["dev"]}))
    settings = setting.coerce({"model": f"script:{project.parent / 'script.yaml'}", "candidates": 1})
    result = resume(run, settings, watch=Watch())
    assert result.manifest["outcome"] == "green" and texts(project) != before
    assert result.state["spent"]["calls"] == 3
    with pytest.raises(RunError, match="guild maintain"):
        fork(run, 1, settings, place=Place(home=project.parent / "home"), watch=Watch())


def test_what_changed_meanwhile_keeps_the_change_out_until_it_is_put_back(project: Path) -> None:
    class Meddling(Watch):
        def event(self, event: Any) -> None:
            if event["kind"] == "outcome":
                (project / "k.go").write_text(CODE + "// mine\n")

    path = project.parent / "script.yaml"
    path.write_text(yaml.safe_dump(RIGHT))
    settings = setting.coerce({"model": f"script:{path}", "candidates": 1})
    place = Place(home=project.parent / "home")
    with pytest.raises(OutputError, match=r"k\.go changed"):
        work_on(project, Errand(kind="maintain", request=BUG, commit=False), settings, place=place, watch=Meddling())
    assert (project / "k.go").read_text() == CODE + "// mine\n" and (project / "k_test.go").read_text() == TESTS
    (project / "k.go").write_text(CODE)
    [run] = run_folders(place.home)
    assert resume(run, settings, watch=Watch()).manifest["outcome"] == "green"
    assert b"TestDouble3Is0" in texts(project)["k_test.go"]


@pytest.mark.parametrize(
    ("request_", "broken", "error"),
    [(" \n", "", "say what"), (BUG, 'import "github.com/x/y"\n', "github.com/x/y"), (BUG, None, "declares nothing")],
)
def test_what_cannot_be_done_is_said_before_any_work(
    project: Path, request_: str, broken: str | None, error: str
) -> None:
    text = CODE.replace("package k\n", f"package k\n\n{broken}") if broken is not None else "package k\n"
    (project / "k.go").write_text(text)
    (project / "k_test.go").unlink()
    with pytest.raises(UserError, match=error):
        changed(project, request_, {})


def test_the_state_of_a_change_is_json(project: Path) -> None:
    import json

    state: State = changed(project, BUG, RIGHT).state
    assert json.loads(json.dumps(state))["before"]["k.go"] == CODE
