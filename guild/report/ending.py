"""How a run ended, in the lines that a person reads last: what was built, what it cost, what is left, how to go on."""

import math
from collections.abc import Iterator, Sequence

from guild.report.rows import Event, amount, clean, diagnostic, dispute, place, reason
from guild.syntax import syntax_of
from guild.values import STAGES

_LEFT_SHOWN = 10
_LIMITS = {"rounds": "its rounds are used up", "tokens": "its tokens are used up", "minutes": "its time is used up"}
_REASONS = {
    "stalled": "nothing left to try",
    "red": "no fixing was asked for",
    "cancelled": "stopped by hand",
    "waiting": "for your word",
}


def ending(event: Event) -> list[str]:
    """Return the last lines of a run's report, from its `finished` event."""
    verdict = event.get("verdict")
    review: Event = event.get("review") or {}
    lines = [_headline(event)]
    if verdict:
        lines += [f"  {line}" for line in _checked(verdict)]
    lines.append(f"  cost: {_cost(event)}")
    lines.append(f"  run: {event['run']}; `guild show {event['run']}` tells what happened")
    if verdict:
        lines += [f"  {line}" for line in _left(verdict)]
    lines += [line for found in review.get("findings", ()) for line in _finding(found)]
    lines += [f"  test: {dispute(each)}" for each in event.get("disputes", ())]
    lines += [f"  {line}" for line in _change(event["change"])] if event.get("errand") == "maintain" else []
    lines += [f"  {line}" for line in _untested(event)] if event.get("errand") == "tests" else []
    return lines + [f"  go on: {way}" for way in _ways_on(event)]


def _headline(event: Event) -> str:
    score, outcome = event["score"], event["outcome"]
    reached = f"{score['total']} of {score['max']}" if score else "not judged yet"
    where = _where(event)
    what = f"{clean(event['name'])}, {reached}, {where}"
    if event.get("errand") == "review" and outcome in ("green", "red"):
        told = "reviewed, nothing shown to be wrong" if outcome == "green" else "reviewed, something is wrong"
        return f"{told}: {clean(event['name'])}, {reached}"
    if outcome == "green":
        return f"green: {what}"
    limit = _LIMITS.get(_limit(event)) if outcome == "budget" else _REASONS.get(outcome)
    return f"not green ({outcome}: {limit}): {what}" if limit else f"not green ({outcome or 'interrupted'}): {what}"


def _finding(found: Event) -> Iterator[str]:
    """Say what a review found, and which test shows it."""
    yield f"  review: {place(found)}: {clean(found['message'])}"
    if "test" in found:
        yield f"  shown by: {clean(found['case'])}"
        syntax = syntax_of(found["path"])
        tests = [each for each in syntax.parse(found["test"]).declarations if syntax.is_test_name(each.name)]
        told = [line for each in tests for line in each.text.expandtabs(4).split("\n")]
        yield from ("    " + "".join(filter(str.isprintable, line)) for line in told)


def _untested(event: Event) -> Iterator[str]:
    """Say which tests came to nothing, and why."""
    drafts: Event = event.get("drafts") or {}
    for about, drafted in drafts.items():
        if drafted["reason"]:
            yield f"no test {clean(about)}: {clean(drafted['reason'])}"
    if event["change"]["commit"]:
        yield f"commit: {clean(event['change']['commit'])}"


def _where(event: Event) -> str:
    """Say where what was built lies, or what became of a project that was there."""
    if "change" not in event:
        return f"in {clean(event['out'])}" if event["files"] else "nothing written"
    paths = event["change"]["changed"]
    if event["outcome"] != "green":
        return f"{clean(event['out'])} is as it was"
    return f"{clean(', '.join(paths))} changed in {clean(event['out'])}" if paths else "nothing changed"


def _change(change: Event) -> Iterator[str]:
    """Say what a change consists of, and what shows it."""
    yield from (f"renamed: {clean(each)}" for each in change["renamed"])
    if change["proof"]:
        yield f"shown by: {clean(', '.join(change['proof']))}, which fails without the change"
    elif change["changed"] and not change["renamed"]:
        yield "shown by: nothing, no test tells the change apart; look at it"
    for each in change["altered"]:
        line = f"{each['file']}:{each['line']} {each['test']}: {each['old']} -> {each['new']}"
        yield f"your test: {clean(line)}"
    if change["commit"]:
        yield f"commit: {clean(change['commit'])}"


def _checked(verdict: Event) -> Iterator[str]:
    said = {1: "passed", 0: "failed"}
    stages = [f"{stage} {said[verdict['score'][stage]]}" for stage in STAGES if verdict["score"][stage] is not None]
    oracles = [oracle["ok"] for oracle in verdict["oracles"]]
    passed, failed = len(verdict["tests_passed"]), len(verdict["tests_failed"])
    parts = [", ".join(stages), f"{passed} of {amount(passed + failed, 'test')}"]
    if oracles:
        parts.append(f"{oracles.count(True)} of {amount(len(oracles), 'oracle')}")
    parts += [f"race {clean(verdict['race'])}"] if verdict["race"] else []
    yield f"checked: {'; '.join(parts)}"
    if verdict["reason"]:
        yield f"reason: {clean(reason(verdict))}"


def _cost(event: Event) -> str:
    spent: Event = event.get("spent") or {}
    models: dict[str, int] = spent.get("models") or {}
    by = "".join(f"; {clean(name)}: {amount(tokens, 'token')}" for name, tokens in models.items() if len(models) > 1)
    asked = f" in {amount(spent['calls'], 'request')}" if spent else ""
    return f"{amount(event['rounds'], 'round')}, {amount(event['tokens'], 'token')}{asked}, {event['seconds']:.1f}s{by}"


def _left(verdict: Event) -> Iterator[str]:
    for test in verdict["hollow"]:
        yield f"cannot fail: {clean(test)}"
    for oracle in verdict["oracles"]:
        if oracle["ok"] is None:
            said = f"{clean(oracle['oracle'])}: {clean(oracle['message'])}"
            yield f"oracle not asked, line {oracle['line']} of the spec: {said}"
    found: Sequence[Event] = () if verdict["green"] else verdict["diagnostics"]
    for each in found[:_LEFT_SHOWN]:
        yield f"{'yours to mend' if each.get('owner') == 'user' else 'left'}: {diagnostic(each)}"
    if found[_LEFT_SHOWN:]:
        yield f"left: {len(found) - _LEFT_SHOWN} more"


def _ways_on(event: Event) -> Iterator[str]:
    again, outcome = f"guild resume {event['run']}", event["outcome"]
    if outcome == "green" or (outcome == "red" and event.get("errand") == "review"):
        return
    if outcome == "waiting":
        yield f"{again} --yes"
        yield f'{again} --say "what it is to mind"'
    elif outcome == "red":
        yield f"{again} --max-fix-rounds 6"
    elif outcome == "stalled" and event.get("errand") == "tests":
        yield "allow more drafts with --candidates, name one function, or take a larger --model"
    elif outcome == "stalled" and "change" in event:
        yield "say it in other words, or in smaller steps, or take a larger --model"
    elif outcome == "stalled":
        yield f"change a file in {clean(event['out'])}, then {again}"
        yield f'{again} --say "what would help"'
    elif outcome == "budget":
        raised = {
            "rounds": f" --max-fix-rounds {event['rounds'] + 6}",
            "tokens": f" --max-tokens-total {2 * event['tokens']}",
            "minutes": f" --max-minutes {2 * math.ceil(event['seconds'] / 60)}",
        }
        yield again + raised.get(_limit(event), "")
    else:
        yield again


def _limit(event: Event) -> str:
    spent: Event = event.get("spent") or {}
    return str(spent.get("exhausted", ""))
