"""The reviewer: reads a green implementation file once; proposes only what a stated value proves, reports the rest."""

import time

from langgraph.runtime import Runtime

from guild import briefing, prompts, replies
from guild.errors import ReplyError
from guild.models import Request
from guild.nodes.accounts import spend
from guild.search import LADDER, ask
from guild.settings import Settings
from guild.state import State, Update, round_of, unreviewed
from guild.syntax import go
from guild.values import Expect, Finding, Proposal, Review
from guild.workshop import Desk, Workshop, workshop_for

_REPLY_TOKENS = 512
_MOST_FINDINGS = 2


def reviewer(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Review one file."""
    started = time.monotonic()
    desk = Desk(shop or workshop_for(runtime.context), runtime.stream_writer)
    path = unreviewed(state)[0]
    reply = ask(desk, _request(desk.shop, state, path))
    found = [] if reply["finish"] == "length" else replies.findings(reply["text"], path)[:_MOST_FINDINGS]
    proposal = _proposal(state, path, reply["text"]) if found else None
    before = state.get("review", Review(done=[], findings=[]))
    reported: list[Finding] = [] if proposal else found
    desk.emit("review", path=path, findings=found, applied=proposal is not None)
    return {
        "review": Review(done=[*before["done"], path], findings=[*before["findings"], *reported]),
        "proposal": proposal,
        "spent": spend(state, desk.shop.settings, started, [reply]),
    }


def _request(shop: Workshop, state: State, path: str) -> Request:
    task = briefing.task_of(state["plan"], path)
    system, prompt = prompts.load(state["plan"]["language"], "review").render(
        project=briefing.project(state["plan"]),
        purpose=" ".join(task["purpose"].split()) if task else "",
        current=state["files"][path].strip(),
        path=path,
    )
    return Request(
        role="review",
        path=path,
        round=round_of(state),
        draw=0,
        system=system,
        prompt=prompt,
        temperature=LADDER[0],
        seed=shop.settings.seed * 1000,
        max_tokens=min(_REPLY_TOKENS, shop.settings.max_reply_tokens),
    )


def _proposal(state: State, path: str, reply: str) -> Proposal | None:
    """Make a proposal of a correction whose wanted value the Spec's prose states; otherwise there is none."""
    case = replies.case(reply)
    evidence = next((stated for stated in state["plan"]["stated"] if case and _same(stated, *case)), None)
    if evidence is None:
        return None
    try:
        code = replies.code_for(reply, path)
    except ReplyError:
        return None
    edited = go.splice(state["files"][path], code.text)
    return Proposal(
        edits={path: edited},
        origin="review",
        path=path,
        aims=[],
        role="review",
        draws=1,
        note="a stated value",
        evidence=evidence,
    )


def _same(stated: Expect, call: str, want: str) -> bool:
    def bare(text: str) -> str:
        return "".join(text.split())

    return bare(stated["call"]) == bare(call) and [bare(w) for w in stated["want"]] == [bare(want)]
