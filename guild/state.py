"""State of a build, its reducers, and the questions that edges ask of it."""

from collections.abc import Mapping, Sequence
from operator import add
from typing import Annotated

from langgraph.channels import DeltaChannel
from typing_extensions import TypedDict

from guild.diagnosis import Diagnosis
from guild.dialogue import About, Said
from guild.findings import Review
from guild.values import Dispute, Drafted, FileTask, Kind, Plan, Proposal, Round, Spent, Verdict

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


class Errand(TypedDict):
    """What work on a project that is there starts from."""

    project: str
    """The project's folder."""
    request: str
    """What is wanted of it."""


class State(TypedDict, total=False):
    """A build as its checkpoints hold it: JSON all the way down; the text of each file stands once, in `files`."""

    spec: str
    project: str
    request: str
    plan: Plan
    files: Annotated[dict[str, str], DeltaChannel(merge_files, snapshot_frequency=SNAPSHOT_EVERY)]
    """The best Project seen: path -> text."""
    before: Annotated[dict[str, str], DeltaChannel(merge_files, snapshot_frequency=SNAPSHOT_EVERY)]
    """Of work on a project that is there: the Project as the models found it."""
    errand: Kind
    """What is done about it."""
    renamed: list[str]
    """What was renamed before that, without a model."""
    proof: list[str]
    """Tests that fail on `before`, or do not compile there, and pass on `files`."""
    drafts: dict[str, Drafted]
    """What the coders were asked: path -> how often, and why nothing came of it."""
    proposal: Proposal | None
    verdict: Verdict
    """What the toolchain said of `files`."""
    rounds: Annotated[list[Round], add]
    review: Review
    disputes: list[Dispute]
    """Cases that fresh drafts speak against: corrected, or left as they are."""
    diagnoses: Annotated[list[Diagnosis], add]
    """What a model made of what failed, where one was asked, and what came of it."""
    question: About | None
    """What a person is asked before the run goes on."""
    said: Annotated[list[Said], add]
    """What persons said: it stands in every later prompt."""
    spent: Spent
    outcome: str | None
    graph_version: int


class Update(TypedDict, total=False):
    """What a node changes: the keys of State, with deletions among its files."""

    spec: str
    plan: Plan
    files: dict[str, str | None]
    before: dict[str, str | None]
    errand: Kind
    renamed: list[str]
    proof: list[str]
    drafts: dict[str, Drafted]
    proposal: Proposal | None
    verdict: Verdict
    rounds: list[Round]
    review: Review
    disputes: list[Dispute]
    diagnoses: list[Diagnosis]
    question: About | None
    said: list[Said]
    spent: Spent
    outcome: str | None
    graph_version: int


def undrafted(state: State, role: str) -> list[FileTask]:
    """Return the tasks of a role that still want a first draft, in order; of a change, one for each declaration."""
    there, drafted = state.get("files", {}), state.get("drafts", {})
    tasks = [task for task in state["plan"]["tasks"] if task["role"] == role] if "plan" in state else []
    parts = [part for task in tasks if "change" in task or task["path"] not in there for part in parts_of(task)]
    return [part for part in parts if draft_key(part) not in drafted]


def parts_of(task: FileTask) -> list[FileTask]:
    """Return what a task asks for one at a time: a whole file, or each declaration of one that is to be changed."""
    parts: list[FileTask] = [{**task, "change": [name]} for name in task.get("change", ())]
    for part, about in zip(parts, task.get("about", ()), strict=False):
        part["about"] = [about]
    return parts or [task]


def draft_key(part: FileTask) -> str:
    """Return the key under which a draft of a part is noted: its path, with the declaration where it is of one."""
    return f"{part['path']}: {part['change'][0]}" if part.get("change") else part["path"]


def is_shown(state: State) -> bool:
    """Tell whether a test of a change was drafted: it is new among the files."""
    tasks = [task for task in state["plan"]["tasks"] if task["role"] == "test" and "change" in task]
    return any(state["files"].get(task["path"]) != state["before"].get(task["path"]) for task in tasks)


def wants_proof(state: State) -> bool:
    """Tell whether a change was to be shown by a test and is not."""
    if state.get("errand") != "maintain":
        return False
    tasks = [task for task in state["plan"]["tasks"] if task["role"] == "test" and "change" in task]
    return bool(tasks) and not is_shown(state)


def unreviewed(state: State) -> list[str]:
    """Return the implementation files that no reviewer has read; none where a project was there before."""
    if state.get("before"):
        return []
    done = state["review"]["done"] if "review" in state else []
    return [
        task["path"]
        for task in state["plan"]["tasks"]
        if task["role"] == "dev" and task["path"] in state["files"] and task["path"] not in done
    ]


def round_of(state: State) -> int:
    """Return the number of the round that a node works for: 0 until the first Verdict."""
    begun = "verdict" in state and not (state.get("before") and (undrafted(state, "dev") or undrafted(state, "test")))
    return len(state.get("rounds", [])) + 1 if begun else 0
