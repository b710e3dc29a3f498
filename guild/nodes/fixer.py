"""The fixer: picks what to blame, asks for a change to it, and puts that forward."""

import time

from langgraph.runtime import Runtime

from guild.nodes.accounts import spend
from guild.nodes.blame import Target, pick
from guild.nodes.orders import coder_order, fixer_order
from guild.search import Drawn, search
from guild.settings import Settings
from guild.state import State, Update
from guild.values import Proposal, Role, key
from guild.workshop import Desk, Workshop, workshop_for


def fixer(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Put forward one change to one file."""
    started = time.monotonic()
    desk = Desk(shop or workshop_for(runtime.context), runtime.stream_writer)
    target = pick(state, desk.shop)
    desk.emit("node", name="fixer", path=target.path, mode=target.mode, why=target.why)
    if target.mode == "redraw":
        order = coder_order(desk.shop, state, target.path, again=target.again)
    else:
        order = fixer_order(desk.shop, state, target.path, target.diagnostics, again=target.again)
    drawn = search(desk, order)
    return {
        "proposal": _proposal(target, drawn, order.role),
        "spent": spend(state, desk.shop.settings, started, drawn.replies),
    }


def _proposal(target: Target, drawn: Drawn, role: Role) -> Proposal:
    return Proposal(
        edits={} if drawn.text is None else {target.path: drawn.text},
        origin="fix",
        path=target.path,
        aims=[key(diagnostic) for diagnostic in target.diagnostics],
        role=role,
        draws=drawn.draws,
        note=drawn.reason or f"{target.mode}: {target.why}",
    )
