"""What a run has cost, which limit it has reached, and which it must be given anew to go on."""

import time
from collections.abc import Sequence

from guild.settings import Settings
from guild.state import State
from guild.values import Reply, Spent

NOTHING: Spent = {"prompt_tokens": 0, "completion_tokens": 0, "calls": 0, "seconds": 0.0, "exhausted": ""}


def spend(state: State, settings: Settings, started: float, replies: Sequence[Reply] = ()) -> Spent:
    """Return the costs with a node's added; `started` is its `time.monotonic()`."""
    before = state.get("spent", NOTHING)
    models = dict(before.get("models", {}))
    for reply in replies:
        tokens = reply["prompt_tokens"] + reply["completion_tokens"]
        models[reply["model"]] = models.get(reply["model"], 0) + tokens
    spent = Spent(
        prompt_tokens=before["prompt_tokens"] + sum(reply["prompt_tokens"] for reply in replies),
        completion_tokens=before["completion_tokens"] + sum(reply["completion_tokens"] for reply in replies),
        calls=before["calls"] + len(replies),
        seconds=round(before["seconds"] + time.monotonic() - started, 3),
        models=models,
        exhausted="",
    )
    spent["exhausted"] = exhausted(spent, settings)
    return spent


def exhausted(spent: Spent, settings: Settings) -> str:
    """Return the limit of tokens or minutes that is reached, or nothing."""
    tokens = spent["prompt_tokens"] + spent["completion_tokens"]
    if settings.max_tokens_total and tokens >= settings.max_tokens_total:
        return "tokens"
    if settings.max_minutes and spent["seconds"] >= settings.max_minutes * 60:
        return "minutes"
    return ""


def in_vain(state: State, settings: Settings) -> str:
    """Say what must change before an ended run can go on: a limit, or what no model may mend; empty for nothing."""
    spent, found = state["spent"], state["verdict"]["diagnostics"]
    rounds = sum(1 for entry in state.get("rounds", []) if entry["origin"] == "fix")
    tokens = spent["prompt_tokens"] + spent["completion_tokens"]
    yours = [each for each in found if each.get("owner") == "user"]
    if yours and len(yours) == len(found):
        return f"what is left is yours to mend: {yours[0]['message']}"
    if rounds >= settings.max_fix_rounds:
        return f"the run has had its {rounds} fix rounds; allow more with --max-fix-rounds"
    if settings.max_tokens_total and tokens >= settings.max_tokens_total:
        return f"the run has spent {tokens} tokens; allow more with --max-tokens-total"
    if settings.max_minutes and spent["seconds"] >= settings.max_minutes * 60:
        return f"the run has worked {spent['seconds'] / 60:.1f} minutes; allow more with --max-minutes"
    return ""
