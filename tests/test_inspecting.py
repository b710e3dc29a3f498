"""Tests for a project that has few, and its review: what passes is handed over, what is wrong is shown."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from guild import settings as setting
from guild.build import Place, work_on
from guild.covering import covering, untested
from guild.errors import UserError
from guild.manifest import Errand
from guild.report.ending import ending
from guild.result import Result, told
from guild.surveying import project_plan
from guild.values import Kind
from tests.test_maintaining import CODE, MOD, TESTS, texts
from tests.test_sitting import Watch

PASSES = """```go
func TestDouble(t *testing.T) {
	if got := Double(2); got != 4 {
		t.Errorf("Double(2) = %d, want 4", got)
	}
}
```"""
FAILS = PASSES.replace("4", "5")
HOLLOW = "```go\nfunc TestDouble(t *testing.T) {\n\tDouble(2)\n}\n```"
RIGHT = "```go\nfunc Double(n int) int { return n + n }\n```"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "k"
    folder.mkdir()
    for path, text in {"go.mod": MOD, "k.go": CODE, "k_test.go": TESTS}.items():
        (folder / path).write_bytes(text.encode())
    return folder


def done(project: Path, kind: Kind, script: Any, *, about: str = "") -> Result:
    path = project.parent / "script.yaml"
    path.write_text(yaml.safe_dump(script))
    settings = setting.coerce({"model": f"script:{path}", "candidates": 2})
    place = Place(home=project.parent / "home", force=True)
    return work_on(project, Errand(kind=kind, request=about, commit=False), settings, place=place, watch=Watch())


def lines(result: Result) -> str:
    extra = {name: result.state.get(name) for name in ("verdict", "review", "spent", "drafts")}
    return "\n".join(ending({**told(result), **extra, "name": "k"}))


def test_what_no_test_names_is_untested() -> None:
    files = {"go.mod": MOD, "k.go": CODE + "\nfunc low() {}\n\nfunc main() {}\n", "k_test.go": TESTS}
    assert [each.found.name for each in untested(files)] == ["Double", "low"]
    assert [each.found.name for each in untested(files, ["Half", "low"])] == ["low"]
    assert len(untested(files, ["k.go"])) == 2 and untested(files, ["other.go"]) == []
    plan = covering(project_plan("k", files, "go", ""), files, untested(files))
    [task] = [task for task in plan["tasks"] if "about" in task]
    assert (task["path"], task["needs"]) == ("k_test.go", ["k.go"])
    assert (task.get("change"), task.get("about")) == (["TestDouble", "TestLow"], ["Double", "low"])


@pytest.mark.go
def test_a_test_that_passes_is_added_and_all_else_stays(project: Path) -> None:
    result = done(project, "tests", {"test": {"k_test.go": [HOLLOW, PASSES]}})
    assert result.manifest["outcome"] == "green" and result.change is not None
    assert (result.change["changed"], result.change["altered"]) == (["k_test.go"], [])
    assert texts(project)["k_test.go"].decode().startswith(TESTS)
    assert b"Double(2); got != 4" in texts(project)["k_test.go"] and texts(project)["k.go"] == CODE.encode()
    assert lines(result).startswith("green: k, 3 of 3, k_test.go changed in ")
    again = done(project, "tests", {})
    assert again.manifest["outcome"] == "green" and again.change is not None and again.change["changed"] == []


@pytest.mark.go
@pytest.mark.parametrize(("reply", "why"), [(FAILS, "test failed: k_test.go:"), (HOLLOW, "TestDouble cannot fail")])
def test_a_test_that_fails_or_never_can_is_told_and_not_handed_over(project: Path, reply: str, why: str) -> None:
    result = done(project, "tests", {"test": {"k_test.go": [reply, reply]}})
    assert result.manifest["outcome"] == "stalled" and texts(project)["k_test.go"] == TESTS.encode()
    assert f"no test k_test.go: TestDouble: {why}" in lines(result)


@pytest.mark.go
def test_what_is_not_green_gets_no_tests_and_a_name_has_to_be_one(project: Path) -> None:
    with pytest.raises(UserError, match="no function and no file of the name Triple"):
        done(project, "tests", {}, about="Triple")
    (project / "k_test.go").write_text(TESTS.replace("!= 2", "!= 3"))
    with pytest.raises(UserError, match="the project is not green"):
        done(project, "tests", {})


@pytest.mark.go
def test_a_project_without_any_test_gets_its_first(project: Path) -> None:
    (project / "k_test.go").unlink()
    result = done(project, "tests", {"test": {"k_test.go": [PASSES]}}, about="Double")
    assert result.manifest["outcome"] == "green" and texts(project)["k_test.go"].startswith(b"package k\n\nimport")


def reviewed(project: Path, reply: str, *drafts: str, about: str = "") -> Result:
    return done(project, "review", {"review": {"k.go": [reply]}, "dev": {"k.go": list(drafts)}}, about=about)


DEFECT = "12: negative numbers give 0\nCase: Double(-3) = -6"


@pytest.mark.go
def test_a_defect_that_fresh_drafts_agree_on_is_shown_by_a_test(project: Path) -> None:
    result = reviewed(project, DEFECT, RIGHT, RIGHT, RIGHT)
    assert result.manifest["outcome"] == "red" and texts(project)["k.go"] == CODE.encode()
    [found] = result.state["review"]["findings"]
    assert (found["path"], found["line"], found["message"]) == ("k.go", 12, "negative numbers give 0")
    assert "Double(-3)" in found.get("test", "") and "3 of 3 fresh drafts give -6" in found.get("case", "")
    said = lines(result)
    assert said.startswith("reviewed, something is wrong: k") and "shown by: Double(-3) is to be -6" in said
    assert "\n    func TestAcceptance01(t *testing.T) {\n" in said and "func acceptance" not in said


@pytest.mark.go
@pytest.mark.parametrize(
    ("reply", "drafts"),
    [
        (DEFECT, (CODE_AS_IT_IS := "```go\n" + CODE[CODE.index("func Double") :] + "```",) * 3),
        (DEFECT, (RIGHT, CODE_AS_IT_IS, "no code")),
        (DEFECT.replace("-6", "0"), ()),
        ("12: it is slow", ()),
        ("CLEAN", ()),
    ],
)
def test_what_drafts_do_not_agree_on_is_told_and_not_shown(project: Path, reply: str, drafts: tuple[str, ...]) -> None:
    result = reviewed(project, reply, *drafts)
    assert result.manifest["outcome"] == "green"
    findings = result.state["review"]["findings"]
    assert len(findings) == (reply != "CLEAN") and not any("test" in each for each in findings)
    assert lines(result).startswith("reviewed, nothing shown to be wrong: k")


@pytest.mark.go
def test_a_project_that_is_red_is_reviewed_and_wrong(project: Path) -> None:
    (project / "k_test.go").write_text(TESTS.replace("!= 2", "!= 3"))
    result = reviewed(project, "CLEAN")
    assert result.manifest["outcome"] == "red" and "left: k_test.go:" in lines(result)
    with pytest.raises(UserError, match="no file other"):
        reviewed(project, "CLEAN", about="other.go")
