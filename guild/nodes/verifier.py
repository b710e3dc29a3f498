"""The verifier: asks the toolchain, is the one gate for proposals, and says when a run has ended."""

import time

from langgraph.runtime import Runtime

from guild.check import check
from guild.findings import Finding, Review
from guild.gate import Decision, apply_edits, decide, refusal
from guild.nodes.accounts import spend
from guild.nodes.targets import writable
from guild.settings import Settings
from guild.showing import TELLS_NOTHING, tells_apart
from guild.state import State, Update, round_of, unreviewed, wants_proof
from guild.syntax import syntax_of
from guild.upholding import loss
from guild.values import NOTHING_LEFT, Dispute, Outcome, Plan, Proposal, Round, Verdict, is_sound
from guild.workshop import Desk, Workshop, workshop_for
from guild.workspace import digest, text_digest


def verifier(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Judge the first Project, then each proposal; take it in or drop it, and record why."""
    started = time.monotonic()
    desk = Desk(shop or workshop_for(runtime.context, state["plan"]["language"]), runtime.stream_writer)
    update: Update = {"proposal": None}
    files = state.get("files", {})
    if "verdict" not in state or state["verdict"]["files_hash"] != digest(files):
        number = len(state.get("rounds", [])) if state.get("before") else round_of(state)
        update["verdict"] = _judge(desk, state["plan"], files, number, "draft")
    proposal = state.get("proposal")
    if proposal is not None:
        update |= _gate(desk, {**state, **update}, proposal)  # type: ignore[typeddict-item]
    update["spent"] = spend(state, desk.shop.settings, started)
    after: State = {**state, **update}  # type: ignore[typeddict-item]
    after["files"] = apply_edits(files, update.get("files", {}))
    after["rounds"] = [*state.get("rounds", []), *update.get("rounds", [])]
    outcome, limit = _outcome(after, desk.shop.settings)
    if outcome == "stalled" and desk.shop.settings.ask and _may_help(after):
        outcome, update["question"] = None, "stall"
    update["outcome"] = outcome
    if limit:
        update["spent"]["exhausted"] = limit
    if outcome == "green" and state.get("errand") == "maintain":
        update["proof"] = _proved(desk, state["before"], after["files"])
    if outcome:
        desk.emit("outcome", outcome=outcome, limit=limit, spent=update["spent"])
    return update


def _judge(desk: Desk, plan: Plan, files: dict[str, str], number: int, origin: str) -> Verdict:
    verdict = check(files, plan, desk.shop.toolchain)
    desk.emit("verdict", round=number, origin=origin, **verdict)
    return verdict


def _gate(desk: Desk, state: State, proposal: Proposal) -> Update:
    """Judge `files` with the proposal in them, and keep it or not."""
    number = len(state.get("rounds", [])) + 1
    files = apply_edits(state["files"], proposal["edits"])
    plan, before = state["plan"], state["verdict"]
    decision, after = _weighed(desk, state, proposal, files)
    entry = Round(
        number=number,
        origin=proposal["origin"],
        path=proposal["path"],
        edits={path: text_digest(text) if text is not None else "" for path, text in proposal["edits"].items()},
        aims=proposal["aims"],
        role=proposal["role"],
        draws=proposal["draws"],
        mode=proposal.get("mode", ""),
        name=proposal.get("name", ""),
        speaker=proposal.get("speaker", ""),
        beside=proposal.get("beside", {}),
        before=before["score"],
        after=after["score"] if after else None,
        kept=decision.kept,
        reason=decision.reason,
        files_hash=digest(files),
    )
    if desk.shop.records:
        for text in proposal["edits"].values():
            desk.shop.records.put(text or "")
    desk.emit("gate", round=number, **{name: entry[name] for name in ("origin", "path", "kept", "reason", "edits")})
    if not decision.kept or after is None:
        return {"rounds": [entry], **_reported(state, proposal), **_left(state, proposal)}
    disputes = [*state.get("disputes", []), *proposal.get("disputes", [])]
    kept: Update = {"rounds": [entry], "verdict": after, "files": dict(proposal["edits"]), "disputes": disputes}
    evidence = proposal.get("evidence")
    return kept if evidence is None else {**kept, "plan": {**plan, "expect": [*plan["expect"], evidence]}}


def _reported(state: State, proposal: Proposal) -> Update:
    """Report what a reviewer found whose correction was dropped."""
    if proposal["origin"] != "review":
        return {}
    review = state.get("review", Review(done=[], findings=[]))
    finding = Finding(path=proposal["path"], line=0, message=proposal["note"])
    return {"review": {**review, "findings": [*review["findings"], finding]}}


def _left(state: State, proposal: Proposal) -> Update:
    """Report the cases that fresh drafts speak against and whose correction was dropped: they are left as they are."""
    known = [(each["test"], each["case"]) for each in state.get("disputes", [])]
    left = [
        Dispute({**each, "new": ""})
        for each in proposal.get("disputes", [])
        if (each["test"], each["case"]) not in known
    ]
    return {"disputes": [*state.get("disputes", []), *left]} if left else {}


def _weighed(desk: Desk, state: State, proposal: Proposal, files: dict[str, str]) -> tuple[Decision, Verdict | None]:
    """Return what the gate says, with the Verdict where the proposal was judged at all."""
    plan, number = state["plan"], len(state.get("rounds", [])) + 1
    if not proposal["edits"]:
        return Decision(False, proposal["note"] or "no usable reply"), None
    compiles = state["verdict"]["score"]["vet"] == 1
    there = state.get("before")
    refused = (
        _forbidden(desk, state, proposal, files)
        if there
        else refusal(proposal, plan, state["files"], compiles=compiles)
    )
    if refused:
        return Decision(False, refused), None
    seen = {entry["files_hash"] for entry in state.get("rounds", [])} | {state["verdict"]["files_hash"]}
    if digest(files) in seen and proposal["origin"] != "person":
        return Decision(False, "seen before"), None
    if proposal["origin"] == "review" and (reason := _unproved(desk, state, proposal, files)):
        return Decision(False, reason), None
    verdict = _judge(desk, plan, files, number, proposal["origin"])
    return decide(state["verdict"], verdict, proposal["aims"]), verdict


def _forbidden(desk: Desk, state: State, proposal: Proposal, files: dict[str, str]) -> str:
    """Say what an edit does to a project that is there and may not: a user's test loses, a test tells nothing."""
    before = state["before"]
    ours = [task["path"] for task in state["plan"]["tasks"] if task["role"] == "test" and "change" in task]
    told = not any(path in proposal["edits"] for path in ours) or _proved(desk, before, files)
    return loss(before, files, state["request"]) or ("" if told else f"its test {TELLS_NOTHING}")


def _proved(desk: Desk, before: dict[str, str], files: dict[str, str]) -> list[str]:
    """Return the tests that are new in a project that was there before, if they fail on it as it was."""
    old, new = desk.shop.toolchain.census(before).tests, desk.shop.toolchain.census(files).tests
    added = [test.rpartition(":")[2] for test in new if test not in old]
    code = {path: text for path, text in before.items() if not syntax_of(path).is_test(path)}
    return added if added and tells_apart(desk.shop, files, code) else []


def _unproved(desk: Desk, state: State, proposal: Proposal, files: dict[str, str]) -> str:
    """Say why a review's case does not prove its edit: it must fail without the edit and pass with it."""
    evidence = proposal.get("evidence")
    if evidence is None:
        return "no stated value proves it"
    ask = desk.shop.toolchain.ask_oracles
    without, within = ask(state["files"], [evidence])[0]["ok"], ask(files, [evidence])[0]["ok"]
    if without is not False:
        return "its case passes without it" if without else "its case cannot be asked"
    return "" if within else "its case fails with it"


def _is_untouched(state: State) -> bool:
    """Tell whether nothing came of a request: the project that was there is as it was."""
    return bool(state.get("before")) and not state.get("renamed") and digest(state["files"]) == digest(state["before"])


def _may_help(state: State) -> bool:
    """Tell whether a person may help a stalled run with a word: once, and where a model is to write."""
    heard = any(each["at"] == "stall" for each in state.get("said", []))
    return not heard and (state["verdict"]["green"] or _is_mendable(state))


def _is_mendable(state: State) -> bool:
    """Tell whether something is left that a model may mend."""
    found = state["verdict"]["diagnostics"]
    return bool(writable(state["plan"])) and any(each.get("owner", "model") == "model" for each in found)


def _outcome(state: State, settings: Settings) -> tuple[Outcome | None, str]:
    """Return how the run ended, or None while it goes on, and the limit that ended it."""
    if state.get("errand") in ("tests", "review"):
        return _of_inspection(state)
    verdict, rounds, limit = state["verdict"], state["rounds"], state["spent"]["exhausted"]
    fixes = [entry for entry in rounds if entry["origin"] == "fix"]
    ended = bool(limit) or len(fixes) >= settings.max_fix_rounds or (rounds and rounds[-1]["reason"] == NOTHING_LEFT)
    if verdict["green"] and _is_untouched(state):
        return "stalled", ""
    if verdict["green"]:
        more = (settings.review and not limit and unreviewed(state)) or (not ended and wants_proof(state))
        return (None if more else "green"), ""
    if settings.max_fix_rounds == 0:
        return "red", ""
    if limit:
        return "budget", limit
    if not _is_mendable(state) or (rounds and rounds[-1]["reason"] == NOTHING_LEFT):
        return "stalled", ""
    if len(fixes) >= settings.max_fix_rounds:
        return "budget", "rounds"
    return None, ""


def _of_inspection(state: State) -> tuple[Outcome, str]:
    """Return how a run ended that changes no implementation: tests are written or not, defects shown or not."""
    limit = state["spent"]["exhausted"]
    if state["errand"] == "review":
        shown = any("test" in each for each in state["review"]["findings"])
        left = bool(limit and unreviewed(state))
        return ("red", "") if shown or not is_sound(state["verdict"]) else ("budget", limit) if left else ("green", "")
    asked = any("about" in task for task in state["plan"]["tasks"])
    if asked and _is_untouched(state):
        return ("budget", limit) if limit else ("stalled", "")
    return "green", ""
