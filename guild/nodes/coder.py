"""The coder: one function, two nodes; dev_coder writes implementation, test_coder writes tests, a file a step."""

import time
from typing import Literal

from langgraph.runtime import Runtime

from guild.check import check
from guild.nodes.accounts import spend
from guild.nodes.changes import drafting_order, with_what_lacks
from guild.search import search
from guild.settings import Settings
from guild.state import State, Update, draft_key, is_shown, undrafted
from guild.surveying import is_said
from guild.values import Drafted, FileTask
from guild.workshop import Desk, Workshop, workshop_for
from guild.workspace import text_digest


def coder(
    state: State, runtime: Runtime[Settings], *, role: Literal["dev", "test"], shop: Workshop | None = None
) -> Update:
    """Draft the next file of a role."""
    started = time.monotonic()
    tasks = undrafted(state, role)
    if not tasks or state["spent"]["exhausted"]:
        return {}
    desk = Desk(shop or workshop_for(runtime.context, state["plan"]["language"]), runtime.stream_writer)
    task = tasks[0]
    path = task["path"]
    drawn = search(desk, drafting_order(desk.shop, state, task))
    if drawn.text is not None:
        desk.emit("chosen", path=path, hash=text_digest(drawn.text), draws=drawn.draws)
    spent = spend(state, desk.shop.settings, started, drawn.replies)
    drafted = Drafted(draws=drawn.draws, reason="" if drawn.text else drawn.reason)
    update: Update = {"drafts": {**state.get("drafts", {}), draft_key(task): drafted}, "spent": spent}
    if drawn.text is None:
        return update
    if "change" in task:
        settled = _settled(desk, state, task, drawn.text)
        update = {**update, **settled, "drafts": {**update.get("drafts", {}), **settled.get("drafts", {})}}
    return {**update, "files": {path: drawn.text}}


def _settled(desk: Desk, state: State, task: FileTask, text: str) -> Update:
    """Return what a part of a change settles: a test says which types lack what; code that passes it needs no more.

    What the request says by name is asked for all the same.
    """
    if task["role"] == "test":
        return {"plan": with_what_lacks(desk.shop, state, task["path"], text)} if "about" not in task else {}
    parts = [part for part in undrafted(state, "dev") if part != task]
    rest = [part for part in parts if not is_said(part.get("change", [""])[0], state["request"])]
    files = {**state["files"], task["path"]: text}
    if not rest or not is_shown(state) or not check(files, state["plan"], desk.shop.toolchain)["green"]:
        return {}
    return {"drafts": {draft_key(part): Drafted(draws=0, reason="not needed") for part in rest}}
