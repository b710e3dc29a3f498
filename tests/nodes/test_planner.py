"""The planner: a Spec becomes a Plan and the files that need no model."""

import pytest

from guild import prompts
from guild.errors import ReplyError, SpecError
from guild.nodes.planner import planner
from tests.nodes.samples import asked, call, workshop

SPEC = """name: k
language: go
go_module: example.org/k
description: Numbers.
files:
  - path: k_test.go
    purpose: package k. TestDouble tests Double(2) = 4.
  - path: k.go
    purpose: package k. Double(n int) int doubles.
  - path: own.go
    purpose: package k.
    given: mine.go
"""


def test_a_plan_is_made_without_a_model_and_given_files_are_taken_in(tmp_path):
    (tmp_path / "mine.go").write_text("package k\n\nconst Two = 2\n")
    (tmp_path / "k.yaml").write_text(SPEC)
    shop = workshop(tmp_path, records=True)
    update = call(planner, {"spec": str(tmp_path / "k.yaml")}, shop)
    paths = [task["path"] for task in update["plan"]["tasks"]]
    assert paths[0] == "go.mod" and paths.index("k.go") < paths.index("k_test.go")
    assert update["files"] == {"go.mod": "module example.org/k\n", "own.go": "package k\n\nconst Two = 2\n"}
    assert (update["outcome"], update["spent"]["calls"], asked(shop)) == (None, 0, [])
    assert shop.records is not None
    assert [event["ready"] for event in shop.records.events()] == [["go.mod", "own.go"]]
    (tmp_path / "mine.go").unlink()
    again = call(planner, {"spec": update["spec"]}, shop)
    assert again["files"] == update["files"], "the spec in the state stands by itself"


def test_a_go_mod_of_the_users_own_is_kept(tmp_path):
    spec = SPEC.replace("own.go", "go.mod").replace(
        "given: mine.go", 'content: "module example.org/mine\\n\\ngo 1.22\\n"'
    )
    update = call(planner, {"spec": spec}, workshop(tmp_path))
    assert update["files"] == {"go.mod": "module example.org/mine\n\ngo 1.22\n"}
    assert update["plan"]["module"] == "example.org/mine"


def test_a_spec_that_is_wrong_is_the_users_to_mend(tmp_path):
    with pytest.raises(SpecError, match="language"):
        call(planner, {"spec": SPEC.replace("language: go", "language: cobol")}, workshop(tmp_path))


UNPLANNED = "name: k\nlanguage: go\ngo_module: example.org/k\ndescription: Doubles numbers.\n"
SKETCH = """```json
{"files": [{"path": "k.go", "purpose": "Numbers.", "parts": [
  {"head": "Double(n int) int", "does": "returns a number twice as large"}]}]}
```"""


def test_a_spec_without_files_has_them_planned(tmp_path):
    shop = workshop(tmp_path, script={"plan": {"plan.json": ["no plan", SKETCH]}}, records=True)
    update = call(planner, {"spec": UNPLANNED}, shop)
    assert [task["path"] for task in update["plan"]["tasks"]] == ["go.mod", "k.go", "k_test.go"]
    assert "returns a number twice as large" in update["spec"]
    assert (update["spent"]["calls"], [each.draw for each in asked(shop)]) == (2, [0, 1])
    assert shop.records is not None
    told = [(each["draw"], each["reason"]) for each in shop.records.events() if each["kind"] == "sketched"]
    assert told == [(0, "the plan holds no JSON"), (1, "")]
    again = call(planner, {"spec": UNPLANNED}, shop)
    assert again["spec"] == update["spec"] and len(asked(shop)) == 2, "what was answered is not asked again"


def test_without_a_sound_plan_the_user_is_told_why(tmp_path):
    shop = workshop(tmp_path, script={"plan": {"plan.json": [SKETCH.replace("k.go", "k.py")] * 5}})
    with pytest.raises(ReplyError, match=r"no plan of 5 was sound.*k.py is no source file of Go.*write the `files:`"):
        call(planner, {"spec": UNPLANNED}, shop)
    assert len({each.temperature for each in asked(shop)}) > 2


def test_a_plan_that_repeats_the_example_is_drawn_anew(tmp_path):
    example = prompts.load("go", "plan").body
    echo = example[example.index("```json") : example.index("\n\nRules:")]
    shop = workshop(tmp_path, script={"plan": {"plan.json": [echo, SKETCH]}}, records=True)
    update = call(planner, {"spec": UNPLANNED}, shop)
    assert update["plan"]["tasks"][1]["path"] == "k.go"
    assert shop.records is not None
    assert "is said of the example" in next(each["reason"] for each in shop.records.events() if "reason" in each)
