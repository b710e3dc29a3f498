"""The planner of a project that is there: what a request renames, what it changes, which test is to show it."""

import time
from collections.abc import Mapping
from pathlib import Path

from langgraph.runtime import Runtime

from guild.asking import ask
from guild.check import check
from guild.errors import UserError
from guild.existing import foreign_imports, project_language, read_project
from guild.nodes.accounts import spend
from guild.renaming import renamed, renamings
from guild.settings import Settings
from guild.spec.prose import keywords
from guild.state import GRAPH_VERSION, State, Update
from guild.surveying import assigned, chosen, likeliest, project_plan, survey_request
from guild.values import Plan, Reply, Verdict
from guild.workshop import Desk, Workshop, workshop_for

_DESCRIPTION = "A change is being made to it: {}"


def surveyor(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Read the project, judge it as it is, rename what is to be renamed, and plan the rest of a request."""
    started = time.monotonic()
    folder, request = Path(state["project"]), _request(state)
    found = read_project(folder)
    desk = Desk(shop or workshop_for(runtime.context, project_language(found)), runtime.stream_writer)
    plan = project_plan(folder.resolve().name, found, desk.shop.toolchain.language, request)
    if foreign := next(foreign_imports(found, plan["module"]), ""):
        raise UserError(f"{folder} imports {foreign}; guild works on projects of the standard library alone so far")
    verdict = _judged(desk, plan, found)
    files, done, left = _renamed(desk, found, request)
    replies: list[Reply] = []
    if keywords(left):
        plan, replies = _planned(desk, {**plan, "description": _DESCRIPTION.format(request)}, files, request)
    desk.emit("plan", tasks=[task for task in plan["tasks"] if "change" in task], ready=[], renamed=done)
    return {
        "plan": plan,
        "files": dict(files),
        "before": dict(files),
        "renamed": done,
        "verdict": verdict,
        "graph_version": GRAPH_VERSION,
        "spent": spend(state, desk.shop.settings, started, replies),
        "question": "plan" if desk.shop.settings.approve else None,
        "outcome": None,
    }


def _request(state: State) -> str:
    if request := " ".join(state["request"].split()):
        return request
    raise UserError("say what is to be changed, in a sentence or a few")


def _judged(desk: Desk, plan: Plan, files: Mapping[str, str]) -> Verdict:
    """Judge the project as it is."""
    verdict = check(files, plan, desk.shop.toolchain)
    desk.emit("verdict", round=0, origin="found", **verdict)
    return verdict


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
