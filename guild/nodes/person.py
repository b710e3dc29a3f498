"""The person: asked what only they can say. Nothing else happens here, since a node runs again from its top."""

from langgraph.types import interrupt

from guild.dialogue import Answer, Question, Said
from guild.state import State, Update

_MOST_SHOWN = 8
"""Diagnostics and rounds that a question shows."""
_DECLINED = {"plan": "cancelled", "stall": "stalled"}
"""How a run ends that is not to go on."""


def person(state: State) -> Update:
    """Put the question that stands in the state, and take in what is answered."""
    question = question_of(state)
    answer = interrupt(question, response_schema=Answer)
    said = Said(at=question["about"], rounds=len(state.get("rounds", [])), text=answer.get("say", "").strip())
    return {"question": None, "said": [said], "outcome": None if answer["go_on"] else _DECLINED[question["about"]]}


def question_of(state: State) -> Question:
    """Return what is asked: of a plan, what it consists of; of a stall, what fails and what was tried."""
    if state.get("question") == "plan":
        tasks = [task for task in state["plan"]["tasks"] if not state.get("before") or "change" in task]
        text = "Go on with this plan?"
        return Question(about="plan", text=text, tasks=tasks, renamed=state.get("renamed", []))
    tried = [
        f"round {entry['number']}: {entry.get('mode') or entry['origin']} {entry['path']}: {entry['reason']}"
        for entry in state.get("rounds", [])
        if entry["path"]
    ]
    return Question(
        about="stall",
        text="Nothing is left to try. What would help: a rule, a value that is right, what is wrong?",
        fails=state["verdict"]["diagnostics"][:_MOST_SHOWN],
        tried=tried[-_MOST_SHOWN:],
    )
