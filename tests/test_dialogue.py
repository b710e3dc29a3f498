"""A person in the loop: a plan approved, a stall helped with a word, a run stepped; nobody is waited for."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, StateGraph
from langgraph.types import Command
from pydantic import ValidationError

import guild
from guild import settings as setting
from guild.build import Place, fork, history, resume, start
from guild.dialogue import Answer, Question
from guild.errors import RunError
from guild.graph import compiled
from guild.records import Records, run_folders
from guild.result import Result
from guild.state import State
from guild.story import story
from guild.watch import Person

SPEC = """name: twice
language: python
description: Doubles numbers.
files:
  - path: twice.py
    purpose: "`def double(number: int) -> int` returns a number twice as large."
  - path: test_twice.py
    purpose: "test_double: double."
expect:
  - call: double(2)
    want: "4"
"""
RIGHT = "```python\ndef double(number: int) -> int:\n    return number * 2\n```"
WRONG = RIGHT.replace("* 2", "* 3")
TEST = "```python\nfrom twice import double\n\n\ndef test_double():\n    assert double(2) == 4\n```"
HINT = "double is plain multiplication by two"


class Watch(list[Mapping[str, Any]]):
    """A watcher that keeps what it sees, and is nobody to ask."""

    def event(self, event: Mapping[str, Any]) -> None:
        self.append(event)


class Somebody(Watch):
    """A person with answers at hand; None where they leave."""

    def __init__(self, *answers: Answer | None, word: str = "", steps: bool = False) -> None:
        super().__init__()
        self.answers, self.first, self.steps = list(answers), word, steps
        self.asked: list[Question] = []

    def word(self) -> str:
        word, self.first = self.first, ""
        return word

    def answer(self, question: Question) -> Answer | None:
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.fixture
def settings(tmp_path: Path) -> Mapping[str, Any]:
    """Return the settings of a run whose first draft is wrong, and whose fixes are of use from the third on."""
    drawn = {"dev": {"twice.py": [WRONG]}, "test": {"test_twice.py": [TEST] * 9}}
    script = {**drawn, "fix": {"twice.py": ["no", "no", RIGHT]}}
    (tmp_path / "script.yaml").write_text(json.dumps(script))
    lazily: dict[str, Any] = {"candidates": 1, "review": False, "without": ["strategy", "agreement"]}
    return {"model": f"script:{tmp_path / 'script.yaml'}", **lazily}


def _start(folder: Path, watch: Any, **settings: Any) -> Result:
    place = Place(home=folder / "home", out=folder / "out")
    return start(SPEC, setting.coerce(settings), place=place, watch=watch)


def _run(folder: Path) -> Path:
    return run_folders(folder / "home")[0]


def _prompts(folder: Path, role: str) -> list[str]:
    records = Records(_run(folder))
    return [
        records.get(event["prompt"])
        for event in records.events()
        if event["kind"] == "prompt" and event["role"] == role
    ]


def test_who_may_be_asked_is_told_from_who_only_watches() -> None:
    assert isinstance(Somebody(), Person) and not isinstance(Watch(), Person)


def test_a_plan_waits_for_its_approval_and_the_word_stands_in_every_prompt(tmp_path: Path, settings: Any) -> None:
    assert _start(tmp_path, Watch(), **settings, approve=True).manifest["outcome"] == "waiting"
    assert not _prompts(tmp_path, "dev")
    chosen = setting.coerce({**settings, "approve": True, "max_fix_rounds": 1})
    assert resume(_run(tmp_path), chosen, watch=Watch()).manifest["outcome"] == "waiting"
    person = Somebody(Answer(go_on=True, say=HINT))
    result = resume(_run(tmp_path), chosen, watch=person)
    assert result.manifest["outcome"] == "budget"
    assert [task["path"] for task in person.asked[0].get("tasks", [])] == [
        "pyproject.toml",
        "twice.py",
        "test_twice.py",
    ]
    assert result.state["said"] == [{"at": "plan", "rounds": 0, "text": HINT}]
    for role in ("dev", "test", "fix"):
        assert all(f"The user says:\n- {HINT}" in prompt for prompt in _prompts(tmp_path, role)), role
    assert f"  you: asked about the plan: go on: {HINT}" in story(Records(_run(tmp_path)))


def test_a_stalled_run_asks_once_and_goes_on_with_what_helps(tmp_path: Path, settings: Any) -> None:
    person = Somebody(Answer(go_on=True, say=HINT))
    result = _start(tmp_path, person, **settings, ask=True)
    assert result.manifest["outcome"] == "green"
    [question] = person.asked
    assert question["about"] == "stall" and "double(2)" in str(question.get("fails"))
    shown = [line.split()[2:4] for line in question.get("tried", [])]
    assert shown == [["mend", "twice.py:"], ["redraw", "test_twice.py:"]] * 2
    assert [HINT in prompt for prompt in _prompts(tmp_path, "fix")] == [False, False, True]


class Mending(Somebody):
    """A person who changes a file of the output folder before they answer."""

    def __init__(self, file: Path) -> None:
        super().__init__(Answer(go_on=True))
        self.file = file

    def answer(self, question: Question) -> Answer | None:
        self.file.write_text(RIGHT.removeprefix("```python\n").removesuffix("```"))
        return super().answer(question)


def test_what_is_changed_by_hand_at_a_stop_is_judged(tmp_path: Path, settings: Any) -> None:
    result = _start(tmp_path, Mending(tmp_path / "out/twice.py"), **settings, ask=True)
    assert result.manifest["outcome"] == "green" and result.state["question"] is None
    assert (result.state["rounds"][-1]["origin"], result.state["rounds"][-1]["kept"]) == ("person", True)


@pytest.mark.parametrize("watch", [Watch(), Somebody(None), Somebody(Answer(go_on=True))])
def test_a_stall_that_nobody_helps_ends_as_it_would(tmp_path: Path, settings: Any, watch: Any) -> None:
    result = _start(tmp_path, watch, **settings, ask=True)
    assert result.manifest["outcome"] == "stalled" and not result.state.get("question")
    assert [said["at"] for said in result.state["said"]] == ["stall"]


def test_a_stalled_run_is_helped_later_and_a_fork_remembers(tmp_path: Path, settings: Any) -> None:
    chosen = setting.coerce(settings)
    assert _start(tmp_path, Watch(), **settings).manifest["outcome"] == "stalled"
    result = resume(_run(tmp_path), chosen, watch=Somebody(word=HINT))
    assert result.manifest["outcome"] == "green" and result.state["said"][0]["at"] == "resume"
    with pytest.raises(RunError, match="green"):
        resume(_run(tmp_path), chosen, watch=Somebody(word=HINT))
    step = next(entry for entry in history(_run(tmp_path)) if entry.next == ("verifier",)).metadata["step"]  # type: ignore[index]
    place = Place(home=tmp_path / "home", out=tmp_path / "fork")
    assert fork(_run(tmp_path), step, chosen, place=place, watch=Watch()).state["said"] == result.state["said"]


def test_a_run_is_stepped_and_hears_at_every_stop(tmp_path: Path, settings: Any) -> None:
    yes = Answer(go_on=True)
    person = Somebody(yes, Answer(go_on=True, say=HINT), *[yes] * 3, None, steps=True)
    result = _start(tmp_path, person, **settings)
    assert result.manifest["outcome"] == "cancelled"
    assert [(said["at"], said["text"]) for said in result.state["said"]] == [("step", HINT)]
    stops = [question["text"].removeprefix("Go on with ").rstrip("?") for question in person.asked]
    assert list(dict.fromkeys(stops)) == ["dev_coder", "test_coder", "verifier", "fixer"]
    assert [HINT in prompt for prompt in (*_prompts(tmp_path, "dev"), *_prompts(tmp_path, "test"))] == [False, True]
    assert resume(_run(tmp_path), setting.coerce(settings), watch=Watch()).manifest["outcome"] == "stalled"


def test_as_a_node_the_same_question_stops_the_outer_graph(settings: Any) -> None:
    builder: Any = StateGraph(State)
    builder.add_node("builder", compiled())
    builder.add_edge(START, "builder")
    graph, config = builder.compile(checkpointer=InMemorySaver()), {"configurable": {"thread_id": "outer"}}
    chosen = {**settings, "approve": True, "max_fix_rounds": 0}
    stopped = graph.invoke({"spec": SPEC}, config, context=chosen)
    question = stopped["__interrupt__"][0].value
    assert question["about"] == "plan" and question["text"] == "Go on with this plan?"
    with pytest.raises(ValidationError):
        graph.invoke(Command(resume="perhaps"), config, context=chosen)
    ended = graph.invoke(Command(resume={"go_on": True, "say": HINT}), config, context=chosen)
    assert ended["outcome"] == "red" and ended["said"][0]["text"] == HINT


def test_a_call_of_its_own_refuses_to_ask() -> None:
    for made in (guild.build_project, guild.as_tool):
        with pytest.raises(guild.GuildError, match="nobody can be asked"):
            made(model="script:none.yaml", approve=True)
