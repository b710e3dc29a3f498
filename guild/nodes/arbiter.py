"""The arbiter: fresh drafts of code and test, which never saw each other, decide who is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from guild.agreement import Agreement, Question, agreement, corrected, disputes, refuted
from guild.answering import answers
from guild.errors import PromptTooLong
from guild.evidence import scenario, stated_want
from guild.excerpt import functions_in
from guild.nodes.orders import anew_order, coder_order
from guild.nodes.targets import Target
from guild.retelling import retold
from guild.search import Order, draw
from guild.state import State, round_of
from guild.syntax import Case, syntax_of
from guild.values import Diagnostic, Dispute, FileTask, Proposal, Reply, key
from guild.workshop import Desk
from guild.workspace import temporary

_FRESH_TESTS = 2
_MOST_CODE = 4
"""Drafts of the code, drawn one by one until every answer leads clearly."""


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
    failed = [name for each in target.diagnostics if (name := each.get("test", "").partition("/")[0])]
    for _ in range(_FRESH_TESTS if failed else 1):
        _draw(desk, hearing, _fresh_test(desk, state, target.test, failed))
    found = _heard(desk, state, target, hearing)
    for number in range(_MOST_CODE):
        if not (unsure := found.open()):
            break
        _draw(desk, hearing, _fresh_code(desk, state, target, [] if number % 2 else unsure))
        found = _heard(desk, state, target, hearing)
    given = _answers(desk, state, target, hearing, refuted(found, 0))
    against = [_answered(each, given) for each in disputes(found, 0, hearing.tests[0], target.test)]
    desk.emit("agreement", path=target.path, test=target.test, scores=list(found.scores), disputes=against)
    edits = _agreed(target, hearing, found, given) or _retold(desk, state, target, hearing, failed)
    return _proposal(target, hearing, edits, against), hearing.replies


def _fresh_test(desk: Desk, state: State, path: str, failed: Sequence[str]) -> Order:
    """Ask for the tests that failed, for all where none did, by one who sees neither them nor what they found."""
    blind = _unseen(state, path)
    if failed:
        blind["plan"] = {**state["plan"], "tasks": [_narrowed(task, path, failed) for task in state["plan"]["tasks"]]}
    return replace(coder_order(desk.shop, blind, path, again=1), round=round_of(state))


def _narrowed(task: FileTask, path: str, tests: Sequence[str]) -> FileTask:
    """Return a task of which only some tests are left to be written, and what is said of them."""
    if task["path"] != path:
        return task
    names = [name for name in task["tests"] if name in tests] or list(dict.fromkeys(tests))
    said = " ".join(filter(None, (scenario(task, name) for name in names)))
    return {**task, "tests": names, "purpose": f"{scenario(task)}{said}" if said else task["purpose"]}


def _fresh_code(desk: Desk, state: State, target: Target, unsure: Sequence[Question]) -> Order:
    """Ask for the functions in doubt in small steps, for the whole file where there are none.

    What one way of writing gets wrong every time, another may not.
    """
    asked = tuple(_doubt(target, each) for each in unsure)
    if functions_in(target.path, state["files"], asked):
        order = anew_order(desk.shop, state, replace(target, diagnostics=asked, again=1))
        return replace(order, verdict=None)
    return replace(coder_order(desk.shop, _unseen(state, target.path), target.path, again=1), round=round_of(state))


def _doubt(target: Target, unsure: Question) -> Diagnostic:
    """Say what is asked, and not what was answered."""
    case = unsure.case
    return Diagnostic(
        path=target.test, line=case.line, column=0, symbol="", code="unsure", message=case.call, stage="test"
    )


def _draw(desk: Desk, hearing: _Hearing, order: Order) -> None:
    """Add a draft of a file, if it compiles; none where the prompt does not fit or the means are spent."""
    if not order.affordable(hearing.replies):
        return
    number = order.first_draw + hearing.drawn.get(order.path, 0)
    try:
        with temporary() as place:
            place.write(order.files)
            ranked, reply = draw(desk, order, number, place.root)
    except PromptTooLong:
        return
    hearing.replies.append(reply)
    hearing.drawn[order.path] = hearing.drawn.get(order.path, 0) + 1
    if ranked.draft.usable and not ranked.draft.errors:
        (hearing.tests if syntax_of(order.path).is_test(order.path) else hearing.code).append(ranked.draft.text)


def _unseen(state: State, path: str) -> State:
    """Return the state without the file that is drawn, and, for code, without the tests."""
    is_test = syntax_of(path).is_test
    hidden = {path} if is_test(path) else {path, *filter(is_test, state["files"])}
    blind: State = {**state, "files": {p: text for p, text in state["files"].items() if p not in hidden}}
    del blind["verdict"]
    return blind


def _heard(desk: Desk, state: State, target: Target, hearing: _Hearing) -> Agreement:
    files: Mapping[str, str] = state["files"]
    sides = (target.path, hearing.code), (target.test, hearing.tests)
    return agreement(desk.shop.toolchain, files, *sides, partial(stated_want, state["plan"]))


def _answers(
    desk: Desk, state: State, target: Target, hearing: _Hearing, cases: Sequence[Case]
) -> list[tuple[Case, str]]:
    """Return the cases that wait for an error in vain, with the value that the drafts of the code agree on."""
    sides = (target.path, hearing.code), (target.test, hearing.tests[0])
    found = answers(desk.shop.toolchain, state["files"], *sides, cases)
    return [(case, found[case.check]) for case in cases if case.check in found]


def _answered(dispute: Dispute, given: Sequence[tuple[Case, str]]) -> Dispute:
    """Return a dispute with the value that takes the place of an error, where there is one."""
    about = (dispute["test"], dispute["case"], dispute["old"], dispute["line"])
    new = next((value for case, value in given if (case.test, case.call, case.want, case.line) == about), "")
    return {**dispute, "new": dispute["new"] or new}


def _agreed(target: Target, hearing: _Hearing, found: Agreement, given: Sequence[tuple[Case, str]]) -> dict[str, str]:
    """Return the code that agrees most, and the test with the values agreed on, so far as either is another one."""
    test = corrected(hearing.tests[0], found, 0)
    test = found.syntax.answering(test, {case.check: value for case, value in given})
    settled = {target.path: hearing.code[found.best()], target.test: test}
    stood = {target.path: hearing.code[0], target.test: hearing.tests[0]}
    return {path: text for path, text in settled.items() if text != stood[path]}


def _retold(desk: Desk, state: State, target: Target, hearing: _Hearing, failed: Sequence[str]) -> dict[str, str]:
    """Return the test with what failed told anew, where neither code nor wanted values are at fault."""
    if not failed:
        return {}
    sides = (target.path, hearing.code), (target.test, hearing.tests)
    text = retold(desk.shop.toolchain, state["files"], *sides, failed)
    return {target.test: text} if text else {}


def _proposal(target: Target, hearing: _Hearing, edits: Mapping[str, str], against: list[Dispute]) -> Proposal:
    return Proposal(
        edits=dict(edits),
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
