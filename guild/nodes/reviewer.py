"""The reviewer: reads a green implementation file once; proposes only what a stated value proves, reports the rest."""

import time
from posixpath import dirname

from langgraph.runtime import Runtime

from guild import briefing, prompts, replies
from guild.asking import ask
from guild.drafts import Reading, read
from guild.errors import PromptTooLong
from guild.evidence import stated_want
from guild.findings import Finding, Review
from guild.models import Request
from guild.nodes.accounts import spend
from guild.nodes.arbiter import arbitrate
from guild.nodes.targets import Target
from guild.nodes.witness import witness
from guild.search import LADDER
from guild.settings import Settings
from guild.state import State, Update, round_of, unreviewed
from guild.syntax import syntax_of
from guild.values import Expect, Plan, Proposal, Reply
from guild.workshop import Desk, Workshop, workshop_for

_REPLY_TOKENS = 512
_MOST_FINDINGS = 2
_OUTLINE = 800
"""Bytes of other files that who reviews a project that is there is shown."""
_UNREVIEWED = Review(done=[], findings=[])


def reviewer(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Review one file."""
    started = time.monotonic()
    desk = Desk(shop or workshop_for(runtime.context, state["plan"]["language"]), runtime.stream_writer)
    path = unreviewed(state)[0]
    if target := opinion_wanted(state, desk.shop, path):
        return _opinion(desk, state, target, started)
    try:
        reply = ask(desk, _request(desk.shop, state, path))
    except PromptTooLong as error:
        return _reported(desk, state, path, [_unread(path, str(error))])
    found = _findings(reply, path)
    if state.get("errand") == "review":
        found, asked = _inspected(desk, state, found, reply)
        return {**_reported(desk, state, path, found), "spent": spend(state, desk.shop.settings, started, asked)}
    proposal = _proposal(desk.shop, state, path, reply) if found else None
    return {
        **_reported(desk, state, path, [] if proposal else found, applied=proposal is not None),
        "proposal": {**proposal, "note": "; ".join(finding["message"] for finding in found)} if proposal else None,
        "spent": spend(state, desk.shop.settings, started, [reply]),
    }


def opinion_wanted(state: State, shop: Workshop, path: str) -> Target | None:
    """Return a green file whose tests are a model's own word for what nobody stated: fresh drafts are to be heard."""
    plan = state["plan"]
    heard = [*state.get("review", _UNREVIEWED).get("opinions", []), *_arbitrated(state)]
    if "opinion" in shop.settings.without or plan["expect"] or path in heard or state.get("errand") == "review":
        return None
    beside = [
        task["path"] for task in plan["tasks"] if task["role"] == "test" and dirname(task["path"]) == dirname(path)
    ]
    test = next((test for test in beside if _unproved(plan, test, state["files"].get(test, ""))), "")
    return Target(path=path, mode="agree", why="little is stated", test=test) if test else None


def _unproved(plan: Plan, path: str, test: str) -> bool:
    """Tell whether most cases of a test want what nobody stated."""
    found = syntax_of(path).cases(test)
    return 2 * sum(bool(stated_want(plan, case)) for case in found) < len(found)


def _arbitrated(state: State) -> list[str]:
    return [entry["path"] for entry in state.get("rounds", []) if entry.get("mode") == "agree" and entry["kept"]]


def _opinion(desk: Desk, state: State, target: Target, started: float) -> Update:
    """Have fresh drafts of code and test judge what is green; what they agree on against it is put forward."""
    proposal, replies = arbitrate(desk, state, target)
    before = state.get("review", _UNREVIEWED)
    return {
        "review": {**before, "opinions": [*before.get("opinions", []), target.path]},
        "proposal": {**proposal, "origin": "opinion"} if proposal["edits"] else None,
        "spent": spend(state, desk.shop.settings, started, replies),
    }


def _reported(desk: Desk, state: State, path: str, findings: list[Finding], *, applied: bool = False) -> Update:
    """Note that a file was reviewed, and what is reported of it."""
    before = state.get("review", _UNREVIEWED)
    desk.emit("review", path=path, findings=findings, applied=applied)
    return {"review": {**before, "done": [*before["done"], path], "findings": [*before["findings"], *findings]}}


def _findings(reply: Reply, path: str) -> list[Finding]:
    """Read a review; one that says neither CLEAN nor what is wrong is told as such."""
    if reply["finish"] == "length":
        return [_unread(path, "the reply was cut short")]
    found = replies.findings(reply["text"], path)[:_MOST_FINDINGS]
    clean = "CLEAN" in reply["text"].upper().split("```")[0]
    return found if found or clean else [_unread(path, "the reply could not be read")]


def _unread(path: str, why: str) -> Finding:
    return Finding(path=path, line=0, message=f"not reviewed: {why}")


def _inspected(desk: Desk, state: State, found: list[Finding], reply: Reply) -> tuple[list[Finding], list[Reply]]:
    """Return what was found in a file that is not to be changed, with a test that fails where one shows it."""
    case = replies.case(reply["text"], found[0]["path"]) if found else None
    if case is None:
        return found, [reply]
    shown, asked = witness(desk, state, found[0], case)
    return [shown, *found[1:]], [reply, *asked]


def _request(shop: Workshop, state: State, path: str) -> Request:
    task, text, plan = briefing.task_of(state["plan"], path), state["files"][path].strip(), state["plan"]
    if state.get("errand") == "review":
        numbered = "\n".join(f"{number} {line}" for number, line in enumerate(text.split("\n"), 1))
        near = briefing.context(path, plan, state["files"], room=_OUTLINE)
        system, prompt = prompts.load(plan["language"], "inspect").render(context=near, current=numbered, path=path)
    else:
        system, prompt = prompts.load(plan["language"], "review").render(
            project=briefing.project(plan),
            purpose=briefing.purpose(task) if task else "",
            current=text,
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
    case = replies.case(reply["text"], path)
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
