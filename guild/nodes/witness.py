"""The witness: a case that a reviewer names, asked of the code and of fresh drafts that never saw it."""

from collections.abc import Sequence
from dataclasses import replace

from guild.errors import PromptTooLong
from guild.excerpt import functions_in
from guild.findings import Finding
from guild.nodes.orders import anew_order
from guild.nodes.targets import Target
from guild.search import Order, draw
from guild.state import State, round_of
from guild.values import Diagnostic, Expect, Reply
from guild.workshop import Desk
from guild.workspace import temporary

_MOST_DRAFTS = 3
_SURE = 2
"""Drafts that have to give the value which the case wants, more than give another."""


def witness(desk: Desk, state: State, found: Finding, case: tuple[str, str]) -> tuple[Finding, Sequence[Reply]]:
    """Return a finding, with a test that fails because of it where the case shows one, and what asking cost.

    Nothing is shown where the code gives what is wanted, or where fresh drafts of the function do not give it either.
    """
    path = found["path"]
    oracle = Expect(call=case[0], want=[case[1]], line=0)
    tools, files = desk.shop.toolchain, state["files"]
    said = tools.ask_oracles(files, [oracle])[0]
    doubt = Diagnostic(path=path, line=0, column=0, symbol="", code="unsure", message=oracle["call"], stage="test")
    if said["ok"] is not False or not functions_in(path, files, [doubt]):
        return found, ()
    target = Target(path=path, mode="anew", why="a review", diagnostics=(doubt,))
    order = replace(anew_order(desk.shop, state, target), verdict=None, round=round_of(state))
    texts, replies = _drafts(desk, order)
    answers = [tools.ask_oracles({**files, path: text}, [oracle])[0]["ok"] for text in texts]
    if answers.count(True) < _SURE or answers.count(True) <= answers.count(False):
        return found, replies
    test = "\n".join(tools.acceptance(files, [oracle]).values())
    why = f"{answers.count(True)} of {len(answers)} fresh drafts give {case[1]}"
    return {**found, "case": f"{case[0]} is to be {case[1]}: {said['message']} ({why})", "test": test}, replies


def _drafts(desk: Desk, order: Order) -> tuple[list[str], list[Reply]]:
    """Draw fresh drafts of the functions in doubt; those that compile have a voice."""
    texts, replies = list[str](), list[Reply]()
    with temporary() as place:
        place.write(order.files)
        for number in range(order.first_draw, order.first_draw + _MOST_DRAFTS):
            if not order.affordable(replies):
                break
            try:
                ranked, reply = draw(desk, order, number, place.root)
            except PromptTooLong:
                break
            replies.append(reply)
            texts += [ranked.draft.text] if ranked.draft.usable and not ranked.draft.errors else []
    return texts, replies
