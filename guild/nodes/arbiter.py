"""The arbiter: fresh drafts of code and test, which never saw each other, decide who is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from guild.agreement import Agreement, agreement, corrected, disputes
from guild.errors import PromptTooLong
from guild.nodes.blame import Target
from guild.nodes.orders import coder_order
from guild.search import draw
from guild.state import State, round_of
from guild.values import Dispute, Proposal, Reply, key
from guild.workshop import Desk
from guild.workspace import temporary

_FRESH_CODE = 2
_FRESH_TESTS = 1
_MORE = 2
"""Further drafts of the code where as many say one thing as another."""


@dataclass
class _Hearing:
    """The drafts of both sides, those that stand in the Project first, and what they cost."""

    code: list[str]
    tests: list[str]
    replies: list[Reply] = field(default_factory=list[Reply])
    drawn: dict[str, int] = field(default_factory=dict[str, int])


def arbitrate(desk: Desk, state: State, target: Target) -> tuple[Proposal, Sequence[Reply]]:
    """Put forward what independent drafts agree on: better code, corrected cases, or both."""
    files = state["files"]
    hearing = _Hearing(code=[files[target.path]], tests=[files[target.test]])
    _draw(desk, state, hearing, target.test, _FRESH_TESTS)
    _draw(desk, state, hearing, target.path, _FRESH_CODE)
    found = _heard(desk, state, target, hearing)
    for _ in range(_MORE):
        if not found.open(0):
            break
        _draw(desk, state, hearing, target.path, 1)
        found = _heard(desk, state, target, hearing)
    against = disputes(found, 0, hearing.tests[0], target.test)
    desk.emit("agreement", path=target.path, test=target.test, scores=list(found.scores), disputes=against)
    return _proposal(target, hearing, found, against), hearing.replies


def _draw(desk: Desk, state: State, hearing: _Hearing, path: str, most: int) -> None:
    """Add fresh drafts of a file that compile, none where the prompt does not fit; none sees what is in dispute."""
    others = _unseen(state, path)
    order = replace(coder_order(desk.shop, others, path, again=1), round=round_of(state))
    pool = hearing.tests if path.endswith("_test.go") else hearing.code
    for _ in range(most):
        if not order.affordable(hearing.replies):
            return
        number = order.first_draw + hearing.drawn.get(path, 0)
        try:
            with temporary() as place:
                place.write(order.files)
                ranked, reply = draw(desk, order, number, place.root)
        except PromptTooLong:
            return
        hearing.replies.append(reply)
        hearing.drawn[path] = hearing.drawn.get(path, 0) + 1
        if ranked.draft.usable and not ranked.draft.errors:
            pool.append(ranked.draft.text)


def _unseen(state: State, path: str) -> State:
    """Return the state without the file that is drawn, and, for code, without the tests."""
    hidden = {path} if path.endswith("_test.go") else {path, *(p for p in state["files"] if p.endswith("_test.go"))}
    blind: State = {**state, "files": {p: text for p, text in state["files"].items() if p not in hidden}}
    del blind["verdict"]
    return blind


def _heard(desk: Desk, state: State, target: Target, hearing: _Hearing) -> Agreement:
    files: Mapping[str, str] = state["files"]
    sides = (target.path, hearing.code), (target.test, hearing.tests)
    return agreement(desk.shop.toolchain, files, *sides)


def _proposal(target: Target, hearing: _Hearing, found: Agreement, against: list[Dispute]) -> Proposal:
    best = found.best()
    code, test = hearing.code[best], corrected(hearing.tests[0], found, 0)
    edits: dict[str, str | None] = {}
    if best:
        edits[target.path] = code
    if test != hearing.tests[0]:
        edits[target.test] = test
    return Proposal(
        edits=edits,
        origin="fix",
        path=target.path,
        aims=[key(diagnostic) for diagnostic in target.diagnostics],
        role="dev",
        draws=0,
        note=f"agreement of {len(hearing.code)} drafts of the code and {len(hearing.tests)} of the test",
        mode=target.mode,
        disputes=against,
        beside=hearing.drawn,
    )
