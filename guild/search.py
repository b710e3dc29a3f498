"""Search for a change: draw replies, turn each into a file, rank them by what they reach, hand over the best."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from guild.asking import ask_through
from guild.check import check
from guild.drafts import UNCHANGED, Draft, Reading, compiled, read
from guild.errors import PromptTooLong
from guild.models import Request
from guild.showing import TELLS_NOTHING, against, tells_apart, tests_among, to_be_changed
from guild.spec.prose import bare
from guild.syntax import syntax_of
from guild.values import ANY_WANT, ERROR_WANT, Reply, Verdict, rank
from guild.workshop import Desk, Workshop
from guild.workspace import temporary

LADDER = (0.0, 0.3, 0.5, 0.7)
"""What is added to the temperature, draw by draw."""

_CLOSING = "\n```"
"""Closes a prefilled fence: nothing behind it was ever of use."""


@dataclass(frozen=True, kw_only=True)
class Order(Reading):
    """A change that is wanted: one file, asked of one role, in so many draws."""

    round: int
    system: str
    prompt: str
    opening: str = ""
    """How the answer begins, for a model that goes on from there: a fence, and what is sure to stand in it."""
    shows: str = ""
    """The test that is to show a change or, without a `before`, what is there; another draft is of no use."""
    before: Mapping[str, str] = field(default_factory=dict[str, str])
    """The Project that a change set out from: a test of the change fails on its code."""
    last: bool = True
    """Whether all else of the change is made: its test has to pass then."""
    strict: bool = False
    """Whether a draft is of use only where all is green with it."""
    may_stay: bool = False
    """Whether the file may stay as it is: the change may be made elsewhere."""
    verdict: Verdict | None = None
    """What the toolchain said of the Project before; None while first drafts are written."""
    speaker: str = ""
    """Who is asked in the role's place; empty for the role's own model."""
    first_draw: int = 0
    draws: int = 3
    boldness: int = 0
    """Rungs of the ladder to skip, where timid draws have failed before."""
    otherwise: "Order | None" = None
    """Another way to ask for the same, for every second draw."""
    affordable: Callable[[Sequence[Reply]], bool] = lambda _: True
    """Whether another draw may follow these replies."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a search handed over: the best text, or none, and what it cost."""

    text: str | None
    draws: int
    replies: tuple[Reply, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class _Ranked:
    """A Draft with what it reaches, cheapest check first, and whether that is good enough to stop at."""

    draft: Draft
    reach: tuple[int, ...]
    good: bool


def search(desk: Desk, order: Order) -> Drawn:
    """Draw until a draft is good enough; otherwise hand over the one that reached furthest."""
    replies: list[Reply] = []
    best = _Ranked(draft=Draft(reason="no draw"), reach=(), good=False)
    with temporary() as place:
        place.write(order.files)
        for number in range(order.first_draw, order.first_draw + order.draws):
            second = (number - order.first_draw) % 2 == 1
            asked = order.otherwise if second and order.otherwise else order
            try:
                ranked, reply = draw(desk, asked, number, place.root)
            except PromptTooLong as error:
                best = best if replies else replace(best, draft=Draft(reason=str(error)))
                break
            replies.append(reply)
            best = ranked if ranked.reach > best.reach else best
            if ranked.good or not order.affordable(replies) or _is_stuck(order, ranked.draft, len(replies)):
                break
    return Drawn(text=best.draft.text or None, draws=len(replies), replies=tuple(replies), reason=_why(best.draft))


def draw(desk: Desk, order: Order, number: int, root: Path) -> tuple[_Ranked, Reply]:
    """Ask for one draft and find out how far it reaches with the Project at `root`."""
    reply = ask_through(desk, request_for(desk.shop, order, number))
    draft = read(desk.shop, order, reply)
    ranked = _ranked(desk.shop, order, draft, root)
    desk.emit(
        "draft",
        role=order.role,
        path=order.path,
        round=order.round,
        draw=number,
        hash=desk.shop.records.put(ranked.draft.text) if desk.shop.records else "",
        fired=list(ranked.draft.fired),
        helped=list(ranked.draft.helped),
        parses=ranked.draft.usable,
        errors=ranked.draft.errors,
        reason=ranked.draft.reason,
    )
    return ranked, reply


def request_for(shop: Workshop, order: Order, number: int) -> Request:
    """Return the question that a draw of an order asks, sampled as its place on the ladder says."""
    settings = shop.settings
    rung = min(number - order.first_draw + order.boldness, len(LADDER) - 1)
    model = shop.model(order.role, order.speaker)
    prefill = order.opening if model.continues and "prefill" not in settings.without else ""
    stops = [settings.stop, _CLOSING if prefill else ""]
    return Request(
        role=order.role,
        path=order.path,
        round=order.round,
        draw=number,
        system=order.system,
        prompt=order.prompt,
        temperature=min(settings.temperature + LADDER[rung], 2.0),
        seed=settings.seed * 1000 + number,
        max_tokens=min(settings.max_reply_tokens, model.context // 2),
        stop=tuple(stop for stop in stops if stop),
        prefill=prefill,
        speaker=order.speaker,
        cut="cut" not in settings.without,
    )


def _ranked(shop: Workshop, order: Order, draft: Draft, root: Path) -> _Ranked:
    """Ask of a draft what can be asked, the cheapest first: parser, compiler, promises, oracles or the whole check."""
    if _is_as_before(shop, order, draft):
        draft = replace(draft, usable=False, reason=UNCHANGED)
    if not draft.usable or "ranking" in shop.settings.without:
        return _Ranked(draft=draft, reach=(int(draft.usable), int(bool(draft.text))), good=draft.usable)
    draft = compiled(shop, order, draft, root)
    if order.shows and (fault := _useless(shop, order, draft)):
        return _Ranked(draft=replace(draft, text="", usable=False, reason=fault), reach=(0, 0), good=False)
    lacking = _lacking(shop, order, draft.text)
    if draft.errors or lacking:
        declared = len(syntax_of(order.path).parse(draft.text).declarations)
        return _Ranked(draft=draft, reach=(1, 1, -draft.errors, -lacking, declared), good=False)
    reach, good = _judged(shop, order, draft)
    return _Ranked(draft=draft, reach=(1, 1, 0, 0, *reach), good=good)


def _useless(shop: Workshop, order: Order, draft: Draft) -> str:
    """Say why a test that is to show something does not: it has to compile, and to tell what is from what was."""
    files = {**order.files, order.path: draft.text}
    if draft.errors:
        return draft.reason
    if order.before:
        return "" if _tells_apart(shop, order, files) else TELLS_NOTHING
    return against(shop, files, order.plan, order.shows)


def _lacking(shop: Workshop, order: Order, text: str) -> int:
    """Count what the Plan promises of a file and a draft does not hold: declared names, tests that can fail."""
    task = next((task for task in order.plan["tasks"] if task["path"] == order.path), None)
    syntax = syntax_of(order.path)
    if task is None or not syntax.name:
        return 0
    census = shop.toolchain.census({**order.files, order.path: text})
    heads = [syntax.parse(head).declarations for head in task["signatures"]]
    declared = {*task["declares"], *(found.name for each in heads for found in each)}
    tests = {each.rpartition(":")[2] for each in census.tests} - {each.rpartition(":")[2] for each in census.hollow}
    return len(declared - census.symbols) + len(set(task["tests"]) - tests)


def _judged(shop: Workshop, order: Order, draft: Draft) -> tuple[tuple[int, ...], bool]:
    """Return how a draft that compiles does: by the whole check once there was one, by what is stated before.

    A first test is good when it fails on the code that a purpose quotes, which is to be changed, and wants half of the
    values that its own prose states; a first draft when it holds half of what is stated: to write anew what fails costs
    less than a draw.
    """
    files = {**order.files, order.path: draft.text}
    if order.before and order.role == "dev":
        return _of_change(shop, order, files)
    if order.verdict is not None:
        verdict = check(files, order.plan, shop.toolchain)
        return rank(verdict["score"]), verdict["green"] or rank(verdict["score"]) > rank(order.verdict["score"])
    if order.role == "test":
        tells, (held, told) = _tells_apart(shop, order, files), _held(order, draft.text)
        return (int(tells), held), tells and 2 * held >= told
    stated = [*order.plan["expect"], *order.plan["stated"]]
    if not stated or order.role != "dev":
        return (), True
    said = [result["ok"] for result in shop.toolchain.ask_oracles(files, stated)]
    return (-said.count(False), said.count(True)), said.count(False) <= said.count(True)


def _held(order: Order, test: str) -> tuple[int, int]:
    """Count the values that the prose of a test file states, and a draft of it wants: those that it does, and all."""
    purpose = next((bare(task["purpose"]) for task in order.plan["tasks"] if task["path"] == order.path), "")
    syntax = syntax_of(order.path)
    cases = {(bare(case.call), bare(case.want)) for case in syntax.cases(test)}
    told = [each for each in (*order.plan["expect"], *order.plan["stated"]) if bare(each["call"]) in purpose]
    wanted = [(syntax.one_line(each["call"]), syntax.one_line(each["want"][0])) for each in told]
    values = [(bare(call), bare(want)) for call, want in wanted if want not in (ERROR_WANT, ANY_WANT)]
    return sum(value in cases for value in values), len(values)


def _of_change(shop: Workshop, order: Order, files: Mapping[str, str]) -> tuple[tuple[int, ...], bool]:
    """Return how a change does with the tests that were there before, then with its own."""
    old = check({**files, **tests_among(order.before)}, order.plan, shop.toolchain)
    new = check(files, order.plan, shop.toolchain)
    sound = old["green"] or (order.verdict is not None and rank(old["score"]) >= rank(order.verdict["score"]))
    return (*rank(old["score"]), *rank(new["score"])), sound and (new["green"] or not order.last)


def _is_as_before(shop: Workshop, order: Order, draft: Draft) -> bool:
    """Tell whether a first draft is but the code that the purpose quotes and wants changed."""
    before = to_be_changed(shop, order.plan).get(order.path, "")
    return bool(before) and order.verdict is None and draft.text == shop.toolchain.format(before)


def _tells_apart(shop: Workshop, order: Order, files: Mapping[str, str]) -> bool:
    """Tell whether tests fail on the code that purposes quote; true where they quote none."""
    before = order.before or to_be_changed(shop, order.plan)
    return not before or tells_apart(shop, files, before)


def _is_stuck(order: Order, draft: Draft, drawn: int) -> bool:
    """Tell whether a file was left as it is by who was shown what to mend, or twice where it may stay."""
    return (order.role == "fix" or (order.may_stay and drawn > 1)) and draft.reason == UNCHANGED


def _why(draft: Draft) -> str:
    """Return why a draft is of no use; nothing of one that is."""
    return "" if draft.usable else draft.reason
