"""The fixer: picks what to blame, asks for a change to it, and puts that forward."""

import time
from dataclasses import replace

from langgraph.runtime import Runtime

from guild.nodes.accounts import spend
from guild.nodes.arbiter import arbitrate
from guild.nodes.blame import pick
from guild.nodes.changes import guarded_in, redraw_order
from guild.nodes.diagnosing import diagnosed, installation
from guild.nodes.orders import anew_order, fixer_order
from guild.nodes.targets import Target
from guild.search import Drawn, Order, search
from guild.settings import Settings
from guild.state import State, Update
from guild.values import NOTHING_LEFT, Proposal, key
from guild.workshop import Desk, Workshop, workshop_for


def fixer(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Put forward one change."""
    started = time.monotonic()
    desk = Desk(shop or workshop_for(runtime.context, state["plan"]["language"]), runtime.stream_writer)
    target = pick(state, desk.shop)
    if target is None:
        return {"proposal": _nothing(), "spent": spend(state, desk.shop.settings, started)}
    desk.emit("node", name="fixer", path=target.path, mode=target.mode, why=target.why)
    if target.mode == "agree":
        proposal, replies = arbitrate(desk, state, target)
        return {"proposal": proposal, "spent": spend(state, desk.shop.settings, started, replies)}
    told = diagnosed(desk, state, target)
    proposal, replies = installation(told), told.replies
    if proposal is None:
        order = _order(desk.shop, state, target, told.words)
        drawn = search(desk, order)
        proposal, replies = _proposal(target, drawn, order), (*replies, *drawn.replies)
    update: Update = {"proposal": proposal, "spent": spend(state, desk.shop.settings, started, replies)}
    return {**update, "diagnoses": [told.found]} if told.found else update


def _order(shop: Workshop, state: State, target: Target, diagnosis: str) -> Order:
    if target.mode == "redraw":
        return redraw_order(shop, state, target)
    if target.mode == "anew":
        return anew_order(shop, state, target)
    order = fixer_order(shop, state, target, diagnosis=diagnosis)
    return replace(order, guarded=guarded_in(state, target))


def _proposal(target: Target, drawn: Drawn, order: Order) -> Proposal:
    return Proposal(
        edits={} if drawn.text is None else {target.path: drawn.text},
        origin="fix",
        path=target.path,
        aims=[key(diagnostic) for diagnostic in target.diagnostics],
        role=order.role,
        draws=drawn.draws,
        note=drawn.reason or f"{target.mode}: {target.why}",
        mode=target.mode,
        name=target.name,
        speaker=target.speaker,
    )


def _nothing() -> Proposal:
    return Proposal(edits={}, origin="fix", path="", aims=[], role=None, draws=0, note=NOTHING_LEFT)
