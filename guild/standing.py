"""Where a run stands: its thread, what it starts from, what it stopped for, from which node it goes on."""

from typing import NamedTuple, cast

from langchain_core.runnables import RunnableConfig
from langgraph.types import Command, StateSnapshot

from guild.dialogue import About, Question, Said
from guild.manifest import Manifest
from guild.state import Errand, Input, State, undrafted
from guild.values import Expect, Kind, OracleResult

RECURSION_LIMIT = 10_000


class Start(NamedTuple):
    """Where a stream begins: an input, an answer, or None to go on, and the checkpoint."""

    input: Input | Errand | Command[None] | None
    config: RunnableConfig


def askable(state: State) -> list[Expect]:
    """Return the oracles that compile, so that one which does not takes no other down with it in --out."""
    results = state["verdict"]["oracles"]
    expect = state["plan"]["expect"]
    return [oracle for n, oracle in enumerate(expect) if n >= len(results) or not _unfit(results[n])]


def _unfit(result: OracleResult) -> bool:
    return result["ok"] is None and result["message"].startswith("does not compile")


def question_at(snapshot: StateSnapshot) -> Question:
    """Return what a run stopped for: the question of a node, or the next node."""
    if snapshot.interrupts:
        return cast(Question, snapshot.interrupts[0].value)
    return Question(about="step", text=f"Go on with {', '.join(snapshot.next)}?")


def spoken(state: State, at: About, text: str) -> list[Said]:
    """Return what a person said at a stop, as the state remembers it; a bare yes only where it was asked for once."""
    said = Said(at=at, rounds=len(state.get("rounds", [])), text=text.strip())
    return [said] if said["text"] or at in ("plan", "stall") else []


def kind_of(manifest: Manifest) -> Kind:
    """Return the graph that a run is of."""
    return manifest["errand"]["kind"] if "errand" in manifest else "build"


def beginning(manifest: Manifest) -> Input | Errand:
    """Return what a run's graph starts from."""
    if "errand" in manifest:
        return Errand(project=manifest["out"], request=manifest["errand"]["request"])
    return Input(spec=manifest["spec"])


def thread(run: str, checkpoint: str = "") -> RunnableConfig:
    """Return the config of a run's thread, at its newest checkpoint or at a given one."""
    configurable = {"thread_id": run, "checkpoint_ns": ""}
    if checkpoint:
        configurable["checkpoint_id"] = checkpoint
    return {"configurable": configurable, "recursion_limit": RECURSION_LIMIT}


def last_node(state: State, snapshot: StateSnapshot, *, changed: bool) -> str:
    """Return the node in whose name to update, so that its edge leads to what is due."""
    if "verdict" not in state:
        return "test_coder" if "verifier" in snapshot.next else "dev_coder"
    if changed:
        return "fixer"
    if undrafted(state, "dev") or undrafted(state, "test"):
        return "test_coder" if state.get("before") else "dev_coder"
    return "verifier"
