"""What an event of a run means to a person: one row, or none. Pure, and free of any console."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Event = Mapping[str, Any]
Mark = Literal["good", "bad", "plain"]

_NAMES_SHOWN = 6
_LONGEST = 300
"""Characters of one text: a deadlock prints its stacks."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one event said: who, about what, in one line, with details that a narrow place may leave out."""

    who: str
    what: str = ""
    said: str
    mark: Mark = "plain"
    details: tuple[str, ...] = ()


class Narrator:
    """Turns a run's events into rows; remembers a reply until the draft that was made of it."""

    def __init__(self) -> None:
        self._replies: dict[tuple[Any, ...], Event] = {}

    def row(self, event: Event) -> Row | None:
        """Return what a person should read of an event."""
        kind = event["kind"]
        if kind == "reply":
            self._replies[_request(event)] = event
        elif kind == "draft":
            return _draft(event, self._replies.pop(_request(event), None))
        elif kind in _SHAPES:
            return _SHAPES[kind](event)
        return None


def clean(text: object) -> str:
    """Return a text on one line of bounded length, without what would steer a terminal: it may be a model's."""
    line = "".join(char for char in " ".join(str(text)[: 4 * _LONGEST].split()) if char.isprintable())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def place(found: Event) -> str:
    """Return where a diagnostic or finding points, as `path:line:column`, as far as it is known."""
    parts = (found["path"], found.get("line", 0), found.get("column", 0))
    return clean(":".join(str(part) for part in parts if part))


def diagnostic(found: Event) -> str:
    """Return a diagnostic on one line."""
    where, test = place(found), found.get("test", "")
    return ": ".join(part for part in (where, found["stage"], test, clean(found["message"])) if part)


def reason(verdict: Event) -> str:
    """Return why a Verdict is red, without what its diagnostics say in full."""
    return verdict["reason"].partition(": ")[0] if verdict["diagnostics"] else verdict["reason"]


def dispute(each: Event) -> str:
    """Return a disputed case in one line: where it stands, what it wanted, what it wants now, and who says so."""
    what = f"{each['file']}:{each['line']} {each['test']} {each['case']}: {each['old']}"
    return clean(f"{what} -> {each['new']} ({each['why']})" if each["new"] else f"{what} left as it is ({each['why']})")


def rate(tokens: int, seconds: float) -> str:
    """Return a speed, or nothing where it means nothing."""
    return f"{tokens / seconds:.1f} tokens/s" if tokens and seconds >= 0.05 else ""


def amount(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is one."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _request(event: Event) -> tuple[Any, ...]:
    return tuple(event.get(name) for name in ("role", "path", "round", "draw"))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {len(names) - _NAMES_SHOWN} more" if names[_NAMES_SHOWN:] else "")


def _draft(event: Event, reply: Event | None) -> Row:
    said: list[str] = []
    if reply:
        said.append(amount(reply["completion_tokens"], "token"))
        said.append("recorded before" if reply["recorded"] else rate(reply["completion_tokens"], reply["seconds"]))
    if event["fired"]:
        said.append(f"repaired: {', '.join(event['fired'])}")
    if not event["parses"] or event.get("errors"):
        said.append(f"{'not usable' if not event['parses'] else 'does not compile'}: {clean(event['reason'])}")
    where = (f"round {event['round']}" if event["round"] else "") + (f" draw {event['draw']}" if event["draw"] else "")
    return Row(
        who=event["role"],
        what=f"{event['path']} ({where.strip()})" if where else event["path"],
        said=", ".join(part for part in said if part) or "drafted",
        mark="good" if event["parses"] and not event.get("errors") else "bad",
    )


def _started(event: Event) -> Row:
    verb = "goes on" if event.get("resumed") else "starts"
    said = clean(f"{verb}: {event['name']} with {event['model']} into {event['out']}")
    return Row(who="run", what=event["run"], said=said)


def _plan(event: Event) -> Row:
    paths = [task["path"] for task in event["tasks"]]
    done = [f"renamed {clean(each)}" for each in event.get("renamed", ())]
    files = [f"{amount(len(paths), 'file')}: {_listed(paths)}"] if paths or not done else []
    return Row(who="plan", said="; ".join([*done, *files]))


def _node(event: Event) -> Row | None:
    if not event.get("why"):
        return None
    return Row(who=event["name"], what=event["path"], said=f"{event['mode']}: {clean(event['why'])}")


def _verdict(event: Event) -> Row:
    score, found = event["score"], event["diagnostics"]
    reached = f"{score['total']} of {score['max']}"
    if event["green"]:
        race = f", race {clean(event['race'])}" if event["race"] else ""
        said = f"{reached}, green, {amount(len(event['tests_passed']), 'test')}{race}"
    else:
        said = f"{reached}, {clean(reason(event))}"
    return Row(
        who="verdict",
        what=f"round {event['round']}" if event["round"] else "",
        said=f"{said}, {event['seconds']:.1f}s",
        mark="good" if event["green"] else "bad",
        details=() if event["green"] else tuple(diagnostic(each) for each in found),
    )


def _sketched(event: Event) -> Row:
    said = f"refused: {clean(event['reason'])}" if event["reason"] else "the files are planned"
    return Row(who="planner", what=f"draft {event['draw'] + 1}", said=said, mark="bad" if event["reason"] else "good")


def _gate(event: Event) -> Row:
    verb = "kept" if event["kept"] else "dropped"
    return Row(
        who="gate",
        what=event["path"],
        said=f"{event['origin']} {verb}: {clean(event['reason'])}",
        mark="good" if event["kept"] else "bad",
    )


def _agreement(event: Event) -> Row:
    found = event["disputes"]
    said = f"{amount(len(event['scores']), 'draft')} heard, {amount(len(found), 'case')} of the test spoken against"
    return Row(who="agree", what=event["path"], said=said, details=tuple(dispute(each) for each in found))


def _review(event: Event) -> Row:
    found = event["findings"]
    said = amount(len(found), "finding") if found else "a correction" if event["applied"] else "clean"
    details = tuple(f"{place(each)}: {clean(each['message'])}" for each in found)
    return Row(who="review", what=event["path"], said=said, details=details)


def _diagnosis(event: Event) -> Row:
    """Say what is taken for the cause, and what became of the action."""
    asked = " ".join(part for part in (event["action"], event["what"]) if part)
    done = f"refused: {event['refused']}" if event["refused"] else "".join(event["said"].splitlines()[-1:])
    said = ": ".join(clean(part) for part in (event["hypothesis"], asked, done) if part)
    return Row(who="cause", what=event["path"], said=said, mark="bad" if event["refused"] else "plain")


def _said(event: Event) -> Row:
    return Row(who="you", said=clean(event.get("say") or ("go on" if event["go_on"] else "no more")))


def _line(event: Event) -> Row:
    return Row(who=event["kind"], said=clean(event["text"]))


_SHAPES = {
    "started": _started,
    "plan": _plan,
    "sketched": _sketched,
    "node": _node,
    "verdict": _verdict,
    "gate": _gate,
    "review": _review,
    "agreement": _agreement,
    "diagnosis": _diagnosis,
    "said": _said,
    "note": _line,
    "waiting": _line,
}
