"""Ask a role's model, at most once for the same thing in a run; what was answered is recorded before anyone uses it."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace

from guild.models import Request
from guild.models.repetition import closed
from guild.models.request import REPETITION
from guild.values import Reply
from guild.workshop import Desk

_TICK = 0.25
"""Seconds between two signs of life of a stream."""


def ask(desk: Desk, request: Request) -> Reply:
    """Ask a role's model, unless the same was asked before in this run; record the reply before anyone uses it."""
    model, records = desk.shop.model(request.role, request.speaker), desk.shop.records
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


def ask_through(desk: Desk, request: Request) -> Reply:
    """Ask; where the answer ran on in a table, and the model can go on from a beginning, have it go on behind it."""
    reply = ask(desk, request)
    begun = closed(reply["text"]) if request.prefill and reply["finish"] == REPETITION else ""
    if not begun:
        return reply
    rest = ask(desk, replace(request, prefill=begun))
    return Reply(
        text=rest["text"],
        finish=rest["finish"],
        prompt_tokens=reply["prompt_tokens"] + rest["prompt_tokens"],
        completion_tokens=reply["completion_tokens"] + rest["completion_tokens"],
        seconds=reply["seconds"] + rest["seconds"],
        model=rest["model"],
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
        "prefill": hashlib.sha256(request.prefill.encode()).hexdigest(),
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
