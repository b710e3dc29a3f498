"""State of a build, its reducers, and the questions that edges ask of it."""

from collections.abc import Mapping, Sequence
from operator import add
from typing import Annotated

from langgraph.channels import DeltaChannel
from typing_extensions import TypedDict

from guild.values import Dispute, Drafted, FileTask, Plan, Proposal, Review, Round, Spent, Verdict

GRAPH_VERSION = 2
SNAPSHOT_EVERY = 50


def merge_files(files: Mapping[str, str] | None, writes: Sequence[Mapping[str, str | None]]) -> dict[str, str]:
    """Fold edits into the files: a text sets a path, None deletes it."""
    merged = dict(files or {})
    for write in writes:
        for path, text in write.items():
            if text is None:
                merged.pop(path, None)
            else:
                merged[path] = text
    return merged


class Input(TypedDict):
    """What a build starts from."""

    spec: str
    """A Spec: the path of a YAML file, or its text."""


class State(TypedDict, total=False):
    """A build as its checkpoints hold it: JSON all the way down; the text of each file stands once, in `files`."""

    spec: str
    plan: Plan
    files: Annotated[dict[str, str], DeltaChannel(merge_files, snapshot_frequency=SNAPSHOT_EVERY)]
    """The best Project seen: path -> text."""
    drafts: dict[str, Drafted]
    """What the coders were asked: path -> how often, and why nothing came of it."""
    proposal: Proposal | None
    verdict: Verdict
    """What the toolchain said of `files`."""
    rounds: Annotated[list[Round], add]
    review: Review
    disputes: list[Dispute]
    """Cases that fresh drafts speak against: corrected, or left as they are."""
    spent: Spent
    outcome: str | None
    graph_version: int


class Update(TypedDict, total=False):
    """What a node changes: the keys of State, with deletions among its files."""

    spec: str
    plan: Plan
    files: dict[str, str | None]
    drafts: dict[str, Drafted]
    proposal: Proposal | None
    verdict: Verdict
    rounds: list[Round]
    review: Review
    disputes: list[Dispute]
    spent: Spent
    outcome: str | None
    graph_version: int


def undrafted(state: State, role: str) -> list[FileTask]:
    """Return the tasks of a role that still want a first draft, in order."""
    done = {*state.get("files", {}), *state.get("drafts", {})}
    tasks = state["plan"]["tasks"] if "plan" in state else []
    return [task for task in tasks if task["role"] == role and task["path"] not in done]


def unreviewed(state: State) -> list[str]:
    """Return the implementation files that no reviewer has read."""
    done = state["review"]["done"] if "review" in state else []
    return [
        task["path"]
        for task in state["plan"]["tasks"]
        if task["role"] == "dev" and task["path"] in state["files"] and task["path"] not in done
    ]


def round_of(state: State) -> int:
    """Return the number of the round that a node works for: 0 until the first Verdict."""
    return len(state.get("rounds", [])) + 1 if "verdict" in state else 0
