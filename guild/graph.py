"""The wiring of each graph, on one page."""

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, TypeAlias

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from guild.nodes.coder import coder
from guild.nodes.fixer import fixer
from guild.nodes.inspector import inspector
from guild.nodes.person import person
from guild.nodes.planner import planner
from guild.nodes.reviewer import reviewer
from guild.nodes.surveyor import surveyor
from guild.nodes.verifier import verifier
from guild.settings import Settings
from guild.state import Errand, Input, State, undrafted, unreviewed
from guild.values import Kind
from guild.workshop import Workshop

Builder: TypeAlias = StateGraph[State, Settings, Any, State]
Graph: TypeAlias = CompiledStateGraph[State, Settings, Any, State]


def after_planner(state: State) -> Literal["person", "dev_coder"]:
    """Have a person approve the plan where that is wished for."""
    return "person" if state.get("question") else "dev_coder"


def after_person(state: State) -> Literal["dev_coder", "fixer", "__end__"]:
    """Go on with what the person was asked about, unless they ended it."""
    if state.get("outcome"):
        return "__end__"
    return "fixer" if state["said"][-1]["at"] == "stall" else "dev_coder"


def after_dev_coder(state: State) -> Literal["dev_coder", "test_coder"]:
    """Go on with implementation while a file is missing and no limit is reached."""
    return "dev_coder" if undrafted(state, "dev") and not state["spent"]["exhausted"] else "test_coder"


def after_test_coder(state: State) -> Literal["test_coder", "verifier"]:
    """Go on with tests while a file is missing and no limit is reached."""
    return "test_coder" if undrafted(state, "test") and not state["spent"]["exhausted"] else "verifier"


def after_verifier(state: State) -> Literal["person", "fixer", "reviewer", "__end__"]:
    """Fix what is red, review what is green, ask where nothing is left to try, end where an outcome stands."""
    if state.get("question"):
        return "person"
    if state.get("outcome"):
        return "__end__"
    if not state["verdict"]["green"]:
        return "fixer"
    return "reviewer" if unreviewed(state) else "__end__"


def build_graph(shop: Workshop | None = None) -> Builder:
    """Wire the build; nodes make their Workshop from the context unless they are given one."""
    graph = Builder(State, context_schema=Settings, input_schema=Input, output_schema=State)
    graph.add_node("planner", partial(planner, shop=shop))
    graph.add_node("person", person)
    graph.add_node("dev_coder", partial(coder, role="dev", shop=shop))
    graph.add_node("test_coder", partial(coder, role="test", shop=shop))
    graph.add_node("verifier", partial(verifier, shop=shop))
    graph.add_node("fixer", partial(fixer, shop=shop))
    graph.add_node("reviewer", partial(reviewer, shop=shop))
    graph.add_edge(START, "planner")
    graph.add_conditional_edges("planner", after_planner)
    graph.add_conditional_edges("person", after_person)
    graph.add_conditional_edges("dev_coder", after_dev_coder)
    graph.add_conditional_edges("test_coder", after_test_coder)
    graph.add_conditional_edges("verifier", after_verifier)
    graph.add_edge("fixer", "verifier")
    graph.add_edge("reviewer", "verifier")
    return graph


def after_surveyor(state: State) -> Literal["person", "test_coder"]:
    """Have a person approve what is to be changed where that is wished for."""
    return "person" if state.get("question") else "test_coder"


def after_word(state: State) -> Literal["test_coder", "fixer", "__end__"]:
    """Go on with the change that the person was asked about, unless they ended it."""
    if state.get("outcome"):
        return "__end__"
    return "fixer" if state["said"][-1]["at"] == "stall" else "test_coder"


def after_proof(state: State) -> Literal["test_coder", "dev_coder"]:
    """Go on with tests of a change while one is missing; what they ask for is then made."""
    return "test_coder" if undrafted(state, "test") and not state["spent"]["exhausted"] else "dev_coder"


def after_changes(state: State) -> Literal["dev_coder", "verifier"]:
    """Go on with a change while a part of it is missing and no limit is reached."""
    return "dev_coder" if undrafted(state, "dev") and not state["spent"]["exhausted"] else "verifier"


def after_change(state: State) -> Literal["person", "fixer", "__end__"]:
    """Fix what is red, show what is green; end where an outcome stands: what was there before is not reviewed."""
    if state.get("question"):
        return "person"
    return "__end__" if state.get("outcome") else "fixer"


def maintain_graph(shop: Workshop | None = None) -> Builder:
    """Wire the change of a project that is there."""
    graph = Builder(State, context_schema=Settings, input_schema=Errand, output_schema=State)
    graph.add_node("planner", partial(surveyor, shop=shop))
    graph.add_node("person", person)
    graph.add_node("dev_coder", partial(coder, role="dev", shop=shop))
    graph.add_node("test_coder", partial(coder, role="test", shop=shop))
    graph.add_node("verifier", partial(verifier, shop=shop))
    graph.add_node("fixer", partial(fixer, shop=shop))
    graph.add_edge(START, "planner")
    graph.add_conditional_edges("planner", after_surveyor)
    graph.add_conditional_edges("person", after_word)
    graph.add_conditional_edges("test_coder", after_proof)
    graph.add_conditional_edges("dev_coder", after_changes)
    graph.add_conditional_edges("verifier", after_change)
    graph.add_edge("fixer", "verifier")
    return graph


def tests_graph(shop: Workshop | None = None) -> Builder:
    """Wire the writing of tests for a project that is there."""
    graph = Builder(State, context_schema=Settings, input_schema=Errand, output_schema=State)
    graph.add_node("planner", partial(inspector, errand="tests", shop=shop))
    graph.add_node("test_coder", partial(coder, role="test", shop=shop))
    graph.add_node("verifier", partial(verifier, shop=shop))
    graph.add_edge(START, "planner")
    graph.add_edge("planner", "test_coder")
    graph.add_conditional_edges("test_coder", after_test_coder)
    return graph


def after_reviewer(state: State) -> Literal["reviewer", "verifier"]:
    """Go on reading while a file is left and no limit is reached."""
    return "reviewer" if unreviewed(state) and not state["spent"]["exhausted"] else "verifier"


def review_graph(shop: Workshop | None = None) -> Builder:
    """Wire the review of a project that is there."""
    graph = Builder(State, context_schema=Settings, input_schema=Errand, output_schema=State)
    graph.add_node("planner", partial(inspector, errand="review", shop=shop))
    graph.add_node("reviewer", partial(reviewer, shop=shop))
    graph.add_node("verifier", partial(verifier, shop=shop))
    graph.add_edge(START, "planner")
    graph.add_edge("planner", "reviewer")
    graph.add_conditional_edges("reviewer", after_reviewer)
    return graph


GRAPHS: dict[Kind, Callable[[Workshop | None], Builder]] = {
    "build": build_graph,
    "maintain": maintain_graph,
    "tests": tests_graph,
    "review": review_graph,
}


def compiled(
    shop: Workshop | None = None, saver: "BaseCheckpointSaver[Any] | bool | None" = None, *, kind: Kind = "build"
) -> Graph:
    """Compile a graph with the saver that its caller brings; False keeps it out of a surrounding graph's."""
    return GRAPHS[kind](shop).compile(checkpointer=saver, name=kind)
