"""A build as a node of a larger LangGraph graph: somebody writes a Spec, guild builds it, somebody reads the result.

The answers come from a script, so that the example runs offline; leave `model` out to build with the embedded model.
"""

from pathlib import Path

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

import guild

HERE = Path(__file__).parent
SPEC = HERE.parent.parent / "specs" / "numkit.yaml"


class Team(TypedDict, total=False):
    """What the team passes around: it shares `spec` and `outcome` with the build, and nothing else."""

    wish: str
    spec: str
    outcome: str
    answer: str


def analyst(state: Team) -> Team:
    """Turn a wish into a Spec."""
    return {"spec": SPEC.read_text(encoding="utf-8")}


def speaker(state: Team) -> Team:
    """Tell the user how it went."""
    return {"answer": f"{state['wish']}: {state['outcome']}"}


graph = StateGraph(Team)
graph.add_node("analyst", analyst)
graph.add_node("builder", guild.build_project(model=f"script:{HERE / 'answers.yaml'}"))
graph.add_node("speaker", speaker)
graph.add_edge(START, "analyst")
graph.add_edge("analyst", "builder")
graph.add_edge("builder", "speaker")
graph.add_edge("speaker", END)
team = graph.compile()

if __name__ == "__main__":
    print(team.invoke({"wish": "a package for whole numbers"})["answer"])
