"""The reviewer: reads a green implementation file once; proposes only what a stated value proves, reports the rest."""

import time

from langgraph.runtime import Runtime

from guild import briefing, prompts, replies
from guild.errors import PromptTooLong
from guild.models import Request
from guild.nodes.accounts import spend
from guild.search import LADDER, Reading, ask, read
from guild.settings import Settings
from guild.state import State, Update, round_of, unreviewed
from guild.values import Expect, Finding, Proposal, Reply, Review
from guild.workshop import Desk, Workshop, workshop_for

_REPLY_TOKENS = 512
_MOST_FINDINGS = 2


def reviewer(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Review one file."""
    started = time.monotonic()
    desk = Desk(shop or workshop_for(runtime.context), runtime.stream_writer)
    path = unreviewed(state)[0]
    try:
        reply = ask(desk, _request(desk.shop, state, path))
    except PromptTooLong as error:
        return _reported(desk, state, path, [_unread(path, str(error))])
    found = _findings(reply, path)
    proposal = _proposal(desk.shop, state, path, reply) if found else None
    return {
        **_reported(desk, state, path, [] if proposal else found, applied=proposal is not None),
        "proposal": {**proposal, "note": "; ".join(finding["message"] for finding in found)} if proposal else None,
        "spent": spend(state, desk.shop.settings, started, [reply]),
    }


def _reported(desk: Desk, state: State, path: str, findings: list[Finding], *, applied: bool = False) -> Update:
    """Note that a file was reviewed, and what is reported of it."""
    before = state.get("review", Review(done=[], findings=[]))
    desk.emit("review", path=path, findings=findings, applied=applied)
    return {"review": Review(done=[*before["done"], path], findings=[*before["findings"], *findings])}


def _findings(reply: Reply, path: str) -> list[Finding]:
    """Read a review; one that says neither CLEAN nor what is wrong is told as such."""
    if reply["finish"] == "length":
        return [_unread(path, "the reply was cut short")]
    found = replies.findings(reply["text"], path)[:_MOST_FINDINGS]
    clean = "CLEAN" in reply["text"].upper().split("```")[0]
    return found if found or clean else [_unread(path, "the reply could not be read")]


def _unread(path: str, why: str) -> Finding:
    return Finding(path=path, line=0, message=f"not reviewed: {why}")


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


def _proposal(shop: Workshop, state: State, path: str, reply: Reply) -> Proposal | None:
    """Make a proposal of a correction whose wanted value the Spec's prose states; otherwise there is none."""
    case = replies.case(reply["text"])
    evidence = next((stated for stated in state["plan"]["stated"] if case and _same(stated, *case)), None)
    if evidence is None:
        return None
    plan, files = state["plan"], state["files"]
    package = briefing.package_of(path, plan, files)
    edited = read(shop, Reading(role="review", path=path, plan=plan, files=files, package=package), reply)
    if not edited.usable:
        return None
    return Proposal(
        edits={path: edited.text},
        origin="review",
        path=path,
        aims=[],
        role="review",
        draws=1,
        note="",
        evidence=evidence,
    )


def _same(stated: Expect, call: str, want: str) -> bool:
    def bare(text: str) -> str:
        return "".join(text.split())

    return bare(stated["call"]) == bare(call) and [bare(w) for w in stated["want"]] == [bare(want)]
