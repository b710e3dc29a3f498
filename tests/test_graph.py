"""The wiring: its golden picture, its routers, and a whole build with the scripted model and the real toolchain."""

from typing import get_type_hints

import pytest

from guild import settings as setting
from guild.graph import (
    GRAPHS,
    after_change,
    after_changes,
    after_dev_coder,
    after_person,
    after_planner,
    after_proof,
    after_surveyor,
    after_test_coder,
    after_verifier,
    after_word,
    build_graph,
    compiled,
)
from guild.state import State, Update
from guild.values import Kind
from tests.conftest import ROOT


@pytest.mark.parametrize("kind", GRAPHS)
def test_the_picture_is_golden(kind: Kind) -> None:
    picture = ROOT / f"graphs/{kind}.mmd"
    assert picture.read_text() == compiled(kind=kind).get_graph().draw_mermaid(with_styles=False)


def test_an_update_has_only_keys_of_the_state() -> None:
    assert set(get_type_hints(Update)) <= set(get_type_hints(State))


def _task(path: str, role: str) -> dict[str, object]:
    return {"path": path, "role": role}


@pytest.mark.parametrize(
    ("files", "spent", "dev", "test"),
    [
        ({}, "", "dev_coder", "test_coder"),
        ({}, "tokens", "test_coder", "verifier"),
        ({"a.go": ""}, "", "test_coder", "test_coder"),
        ({"a.go": "", "a_test.go": ""}, "", "test_coder", "verifier"),
    ],
)
def test_coders_go_on_until_every_file_is_drafted(files: dict[str, str], spent: str, dev: str, test: str) -> None:
    state = {
        "plan": {"tasks": [_task("a.go", "dev"), _task("a_test.go", "test")]},
        "files": files,
        "spent": {"exhausted": spent},
    }
    assert (after_dev_coder(state), after_test_coder(state)) == (dev, test)


@pytest.mark.parametrize(
    ("outcome", "green", "node"),
    [("green", True, "__end__"), ("budget", False, "__end__"), (None, True, "reviewer"), (None, False, "fixer")],
)
def test_the_verdict_routes(outcome: str | None, green: bool, node: str) -> None:
    state = {"plan": {"tasks": [_task("a.go", "dev")]}, "files": {"a.go": ""}}
    assert after_verifier({**state, "outcome": outcome, "verdict": {"green": green}}) == node


def test_a_question_that_stands_goes_to_a_person_and_nothing_else_does() -> None:
    asked, quiet = {"question": "plan"}, {"question": None}
    assert [after_planner(asked), after_surveyor(asked)] == ["person", "person"]
    assert [after_planner(quiet), after_surveyor(quiet)] == ["dev_coder", "test_coder"]
    red = {"question": "stall", "verdict": {"green": False}}
    assert after_verifier(red) == after_change(red) == "person"


@pytest.mark.parametrize(
    ("at", "outcome", "build", "maintain"),
    [
        ("plan", None, "dev_coder", "test_coder"),
        ("stall", None, "fixer", "fixer"),
        ("stall", "stalled", "__end__", "__end__"),
    ],
)
def test_what_a_person_was_asked_about_goes_on(at: str, outcome: str | None, build: str, maintain: str) -> None:
    state = {"said": [{"at": "plan"}, {"at": at}], "outcome": outcome}
    assert (after_person(state), after_word(state)) == (build, maintain)


@pytest.mark.parametrize(
    ("drafted", "spent", "test", "dev"),
    [
        ((), "", "test_coder", "dev_coder"),
        (("a_test.go: TestB",), "", "dev_coder", "dev_coder"),
        (("a_test.go: TestB", "a.go: A"), "", "dev_coder", "dev_coder"),
        (("a_test.go: TestB", "a.go: A", "a.go: B"), "", "dev_coder", "verifier"),
        ((), "tokens", "dev_coder", "verifier"),
    ],
)
def test_of_a_change_the_test_comes_first_then_each_declaration(drafted, spent, test, dev) -> None:
    tasks = [{**_task("a.go", "dev"), "change": ["A", "B"]}, {**_task("a_test.go", "test"), "change": ["TestB"]}]
    state = {
        "plan": {"tasks": [*tasks, _task("other.go", "dev")]},
        "files": {"a.go": "", "a_test.go": "", "other.go": ""},
        "drafts": {key: {} for key in drafted},
        "spent": {"exhausted": spent},
    }
    assert (after_proof(state), after_changes(state)) == (test, dev)


@pytest.mark.parametrize(
    ("outcome", "green", "node"), [("stalled", True, "__end__"), (None, True, "fixer"), (None, False, "fixer")]
)
def test_what_was_there_before_is_fixed_or_shown_but_not_reviewed(outcome: str | None, green: bool, node: str) -> None:
    assert after_change({"outcome": outcome, "verdict": {"green": green}}) == node


@pytest.mark.go
def test_a_scripted_build_mends_its_bug_and_ends_green(numkit_script: str, numkit_spec: str) -> None:
    graph = build_graph().compile(name="build")
    state = graph.invoke({"spec": numkit_spec}, context=setting.coerce({"model": numkit_script}))
    assert state["outcome"] == "green", state["verdict"]
    assert [(entry["origin"], entry["kept"]) for entry in state["rounds"]] == [("fix", True)]
    assert state["verdict"]["score"]["total"] == state["verdict"]["score"]["max"] == 3
    assert "lo > hi" in state["files"]["numkit.go"]
    assert state["files"]["numkit_test.go"].startswith("package numkit")
