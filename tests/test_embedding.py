"""guild inside other programs: a Runnable, a node, a tool, and the runnable examples."""

import asyncio
import os
import subprocess
import sys
from typing import Any

import pytest
from langchain_core.runnables import RunnableLambda
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

import guild
from tests.conftest import ROOT

pytestmark = pytest.mark.go


def test_the_public_page() -> None:
    assert guild.__all__ == sorted(guild.__all__)
    assert all(getattr(guild, name) for name in guild.__all__)
    with pytest.raises(AttributeError):
        _ = guild.nothing


def test_it_composes_and_takes_path_text_or_mapping(numkit_script: str, numkit_spec: str) -> None:
    project = guild.build_project(model=numkit_script, review=False)
    outcome = RunnableLambda(lambda _: numkit_spec) | project | (lambda state: state["outcome"])
    assert outcome.invoke("anything") == "green"
    text = (ROOT / "specs/numkit.yaml").read_text()
    assert project.invoke({"spec": text})["outcome"] == "green"
    assert asyncio.run(project.ainvoke(text))["outcome"] == "green"


def test_as_a_node_it_shares_neither_thread_nor_context(numkit_script: str, numkit_spec: str) -> None:
    class Outer(TypedDict, total=False):
        spec: str
        outcome: str

    class Context(TypedDict):
        model: str

    project = guild.build_project(model=numkit_script, review=False)

    def node(state: Outer) -> Outer:
        return {"outcome": project.invoke(state["spec"])["outcome"] or ""}

    builder: Any = StateGraph(Outer, context_schema=Context)
    builder.add_node("called", node)
    builder.add_node("itself", project)
    builder.add_edge(START, "called")
    builder.add_edge("called", "itself")
    builder.add_edge("itself", END)
    saver = InMemorySaver()
    graph = builder.compile(checkpointer=saver)
    config: Any = {"configurable": {"thread_id": "outer"}}
    result = graph.invoke({"spec": numkit_spec}, config, context={"model": "script:/nowhere.yaml"})
    assert result["outcome"] == "green"
    assert {entry.config["configurable"]["thread_id"] for entry in saver.list(None)} == {"outer"}
    assert {entry.config["configurable"]["checkpoint_ns"] for entry in saver.list(None)} == {""}


def test_the_tool_answers_with_a_short_summary(numkit_script: str, numkit_spec: str, tmp_path: Any) -> None:
    tool = guild.as_tool(model=numkit_script, review=False, out=tmp_path / "made")
    assert set(tool.args) == {"spec"}
    answer = tool.invoke({"spec": numkit_spec})
    assert answer.startswith("numkit: green, 3 of 3 stages") and len(answer) < 500
    assert (tmp_path / "made/numkit/numkit.go").is_file()


def test_settings_of_a_wrong_type_are_the_users_error() -> None:
    with pytest.raises(guild.GuildError, match="max_fix_rounds"):
        guild.build_project(max_fix_rounds="many")


@pytest.mark.parametrize("name", ["chain", "team"])
def test_an_example_runs_offline(name: str, tmp_path: Any) -> None:
    example = ROOT / "examples/embedding" / f"{name}.py"
    done = subprocess.run(
        [sys.executable, str(example)], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "green" in done.stdout
