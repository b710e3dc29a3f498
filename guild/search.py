"""Search for a change: draw replies, turn each into a file, repair and format it, hand over the best."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from guild.errors import PromptTooLong, ReplyError
from guild.models import Request
from guild.repairs import Subject, repair
from guild.replies import code_for
from guild.syntax import go
from guild.values import Plan, Reply, Role
from guild.workshop import Desk, Workshop

LADDER = (0.0, 0.3, 0.5, 0.7)
"""What is added to the temperature, draw by draw."""

_TICK = 0.25
"""Seconds between two signs of life of a stream."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a reply is to be read: as which file, of which Project."""

    role: Role
    path: str
    plan: Plan
    files: Mapping[str, str]
    package: str
    replaces: bool = False
    """Whether the reply stands for the whole file, or is spliced into the one that is there."""


@dataclass(frozen=True, kw_only=True)
class Order(Reading):
    """A change that is wanted: one file, asked of one role, in so many draws."""

    round: int
    system: str
    prompt: str
    first_draw: int = 0
    draws: int = 3
    boldness: int = 0
    """Rungs of the ladder to skip, where timid draws have failed before."""
    affordable: Callable[[Sequence[Reply]], bool] = lambda _: True
    """Whether another draw may follow these replies."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a search handed over: the best text, or none, and what it cost."""

    text: str | None
    draws: int
    replies: tuple[Reply, ...]
    reason: str


@dataclass(frozen=True)
class Draft:
    """What became of a reply: the file's text, repaired and formatted, and whether it is of use."""

    text: str = ""
    fired: tuple[str, ...] = field(default=())
    usable: bool = False
    reason: str = ""


def search(desk: Desk, order: Order) -> Drawn:
    """Draw until a draft is usable: whole, and the parser reads it; otherwise hand over the best there was."""
    replies: list[Reply] = []
    best = Draft(reason="no draw")
    for number in range(order.first_draw, order.first_draw + order.draws):
        try:
            reply = ask(desk, _request(desk.shop, order, number))
        except PromptTooLong as error:
            return Drawn(text=None, draws=len(replies), replies=tuple(replies), reason=str(error))
        replies.append(reply)
        draft = read(desk.shop, order, reply)
        desk.emit(
            "draft",
            role=order.role,
            path=order.path,
            round=order.round,
            draw=number,
            hash=desk.shop.records.put(draft.text) if desk.shop.records else "",
            fired=list(draft.fired),
            parses=draft.usable,
            reason=draft.reason,
        )
        if draft.usable or not best.text:
            best = draft
        if draft.usable or not order.affordable(replies):
            break
    return Drawn(text=best.text or None, draws=len(replies), replies=tuple(replies), reason=best.reason)


def ask(desk: Desk, request: Request) -> Reply:
    """Ask a role's model, unless the same was asked before in this run; record the reply before anyone uses it."""
    model, records = desk.shop.models[request.role], desk.shop.records
    fields = _described(request, model.name)
    key = hashlib.sha256(repr(sorted(fields.items())).encode()).hexdigest()
    found = records.find_reply(key) if records else None
    if records:
        for text in (request.system, request.prompt):
            records.put(text)
    desk.emit("prompt", chars=len(request.system) + len(request.prompt), **fields)
    if found is not None:
        answer = {name: value for name, value in found.items() if name != "text"}
        desk.stream({"kind": "reply", **fields, **answer, "recorded": True})
        return found
    reply = model.ask(request, _ticker(desk, request))
    if records:
        records.add_reply(key, reply, **fields)
    desk.stream({"kind": "reply", **fields, **{k: v for k, v in reply.items() if k != "text"}, "recorded": False})
    return reply


def _request(shop: Workshop, order: Order, number: int) -> Request:
    settings = shop.settings
    rung = min(number - order.first_draw + order.boldness, len(LADDER) - 1)
    context = shop.models[order.role].context
    return Request(
        role=order.role,
        path=order.path,
        round=order.round,
        draw=number,
        system=order.system,
        prompt=order.prompt,
        temperature=min(settings.temperature + LADDER[rung], 2.0),
        seed=settings.seed * 1000 + number,
        max_tokens=min(settings.max_reply_tokens, context // 2),
        stop=(settings.stop,) if settings.stop else (),
    )


def _described(request: Request, model: str) -> dict[str, str | int | float]:
    return {
        "role": request.role,
        "path": request.path,
        "round": request.round,
        "draw": request.draw,
        "model": model,
        "system": hashlib.sha256(request.system.encode()).hexdigest(),
        "prompt": hashlib.sha256(request.prompt.encode()).hexdigest(),
        "temperature": request.temperature,
        "seed": request.seed,
        "max_tokens": request.max_tokens,
        "stop": "".join(request.stop),
    }


def _ticker(desk: Desk, request: Request) -> Callable[[str], None]:
    """Return a listener that tells, a few times a second, how many pieces have come."""
    count, last = 0, time.monotonic()

    def listen(_: str) -> None:
        nonlocal count, last
        count += 1
        if time.monotonic() - last >= _TICK:
            last = time.monotonic()
            desk.emit("token", role=request.role, path=request.path, count=count)

    return listen


def read(shop: Workshop, order: Reading, reply: Reply) -> Draft:
    """Turn a reply into the file that it means: parsed, spliced, repaired, formatted."""
    if reply["finish"] == "length":
        return Draft(reason="reply truncated")
    others = [task["path"] for task in order.plan["tasks"] if task["path"] != order.path]
    try:
        code = code_for(reply["text"], order.path, others=others)
    except ReplyError as error:
        return Draft(reason=str(error))
    current = order.files.get(order.path, "")
    spliced = bool(current) and not go.parse(current).faults and (not order.replaces or not code.whole)
    siblings = {other: "" for other in others} | {p: t for p, t in order.files.items() if p != order.path}
    subject = Subject(
        path=order.path,
        text=go.splice(current, code.text) if spliced else code.text,
        package=order.package,
        module=order.plan["module"],
        siblings=siblings,
    )
    repaired = repair(subject)
    text = shop.toolchain.format(repaired.text)
    faults = go.parse(text).faults if order.path.endswith(".go") else ()
    reason = "unchanged" if text == current else _fault(order.path, faults)
    return Draft(text=text, fired=repaired.fired, usable=not reason, reason=reason)


def _fault(path: str, faults: tuple[go.SyntaxFault, ...]) -> str:
    return f"{path}:{faults[0].line}: {faults[0].message}" if faults else ""
