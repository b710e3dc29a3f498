"""The coder: one function, two nodes; dev_coder writes implementation, test_coder writes tests, a file a step."""

import time
from typing import Literal

from langgraph.runtime import Runtime

from guild.nodes.accounts import spend
from guild.nodes.orders import coder_order
from guild.search import search
from guild.settings import Settings
from guild.state import State, Update, undrafted
from guild.values import Drafted
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
    path = tasks[0]["path"]
    drawn = search(desk, coder_order(desk.shop, state, path))
    if drawn.text is not None:
        desk.emit("chosen", path=path, hash=text_digest(drawn.text), draws=drawn.draws)
    spent = spend(state, desk.shop.settings, started, drawn.replies)
    drafted = Drafted(draws=drawn.draws, reason="" if drawn.text else drawn.reason)
    update: Update = {"drafts": {**state.get("drafts", {}), path: drafted}, "spent": spent}
    return update if drawn.text is None else {**update, "files": {path: drawn.text}}
