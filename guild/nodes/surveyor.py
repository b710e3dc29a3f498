"""The planner of a project that is there: what a request renames, what it changes, which test is to show it."""

import time
from collections.abc import Mapping

from langgraph.runtime import Runtime

from guild.asking import ask
from guild.errors import UserError
from guild.nodes.accounts import spend
from guild.nodes.arriving import arrived
from guild.renaming import renamed, renamings
from guild.settings import Settings
from guild.spec.prose import keywords
from guild.state import GRAPH_VERSION, State, Update
from guild.surveying import assigned, chosen, likeliest, survey_request
from guild.values import Plan, Reply
from guild.workshop import Desk, Workshop

_DESCRIPTION = "A change is being made to it: {}"


def surveyor(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Read the project, judge it as it is, rename what is to be renamed, and plan the rest of a request."""
    started, request = time.monotonic(), _request(state)
    there = arrived(state, runtime, shop)
    desk, plan = there.desk, there.plan
    files, done, left = _renamed(desk, there.files, request)
    replies: list[Reply] = []
    if keywords(left):
        plan, replies = _planned(desk, {**plan, "description": _DESCRIPTION.format(request)}, files, request)
    desk.emit("plan", tasks=[task for task in plan["tasks"] if "change" in task], ready=[], renamed=done)
    return {
        "plan": plan,
        "files": dict(files),
        "before": dict(files),
        "errand": "maintain",
        "renamed": done,
        "verdict": there.verdict,
        "graph_version": GRAPH_VERSION,
        "spent": spend(state, desk.shop.settings, started, replies),
        "question": "plan" if desk.shop.settings.approve else None,
        "outcome": None,
    }


def _request(state: State) -> str:
    if request := " ".join(state["request"].split()):
        return request
    raise UserError("say what is to be changed, in a sentence or a few")


def _renamed(desk: Desk, files: dict[str, str], request: str) -> tuple[dict[str, str], list[str], str]:
    """Return the files with what the request renames, what that is, and what the request asks for beside it."""
    done: list[str] = []
    left, toolchain = request, desk.shop.toolchain
    for wanted, words in renamings(request):
        if (changed := renamed(toolchain, files, wanted)) is not None:
            tidy = {path: text == toolchain.format(text) for path, text in files.items() if changed[path] != text}
            files = {p: toolchain.format(text) if tidy.get(p) else text for p, text in changed.items()}
            done.append(str(wanted))
            left = left.replace(words, "")
    return files, done, left


def _planned(desk: Desk, plan: Plan, files: Mapping[str, str], request: str) -> tuple[Plan, list[Reply]]:
    """Have a model say which declarations have to change, among those that are likeliest."""
    places = likeliest(files, request)
    if not places:
        raise UserError("the project declares nothing that could be changed; describe it in a Spec and build that")
    reply = ask(desk, survey_request(desk.shop, plan, request, places))
    return assigned(plan, files, request, chosen(reply["text"], places)), [reply]
