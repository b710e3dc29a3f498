"""Tell what happened in a run, round by round, from its trace: asked, answered, judged, kept or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any, TypeAlias

from guild.errors import RunNotFound
from guild.records import Event, Records

Exchange: TypeAlias = dict[str, Event]
"""One question to a model, as its events by kind: `prompt`, `reply` and `draft`, as far as it got."""


@dataclass
class RoundRecord:
    """What happened in one round; 0 is that of the first drafts. Steps that ran twice after a kill stand once."""

    number: int
    asked: dict[tuple[Any, ...], Exchange] = field(default_factory=dict[tuple[Any, ...], Exchange])
    verdicts: dict[str, Event] = field(default_factory=dict[str, Event])
    chosen: dict[str, str] = field(default_factory=dict[str, str])
    """First drafts that were taken: path -> hash."""
    gates: dict[tuple[Any, ...], Event] = field(default_factory=dict[tuple[Any, ...], Event])
    reviews: dict[str, Event] = field(default_factory=dict[str, Event])
    diagnoses: dict[str, Event] = field(default_factory=dict[str, Event])
    said: list[Event] = field(default_factory=list[Event])
    """What a person said."""

    def empty(self) -> bool:
        """Say whether nothing happened: a forked run knows answers to what it has not asked."""
        return not (self.asked or self.verdicts or self.gates or self.reviews or self.said)


def rounds_of(records: Records) -> list[RoundRecord]:
    """Fold a run's trace into its rounds, in order."""
    rounds: dict[int, RoundRecord] = {0: RoundRecord(0)}
    number = 0
    for event in records.events():
        number = int(event.get("round", number))
        _take(rounds.setdefault(number, RoundRecord(number)), event)
    for record in rounds.values():
        record.asked = {request: asked for request, asked in record.asked.items() if "prompt" in asked}
    return [record for number, record in sorted(rounds.items()) if number == 0 or not record.empty()]


def story(records: Records, *, number: int | None = None, diff: bool = False) -> list[str]:
    """Tell what happened, a line each: all rounds in short, or one with every text that was asked and answered."""
    rounds = rounds_of(records)
    chosen = [record for record in rounds if number in (None, record.number)]
    if not chosen:
        raise RunNotFound(f"run {records.folder.name} has no round {number}: it has 0 to {rounds[-1].number}")
    lines: list[str] = []
    for record in chosen:
        lines.append(f"round {record.number}" + ("" if record.number else ": first drafts"))
        for asked in record.asked.values():
            lines += _exchange(asked)
            lines += _texts(records, asked) if number is not None else []
        lines += _judged(record)
        lines += changes(records, rounds, record.number) if diff else []
    return [_printable(line) for line in lines]


def changes(records: Records, rounds: list[RoundRecord], number: int) -> list[str]:
    """Return a unified diff of what a round put forward against the Project that it met."""
    files: dict[str, str] = {}
    for record in rounds:
        if record.number == number:
            return [line for path, text in sorted(_edits(record).items()) for line in _diff(records, path, files, text)]
        files |= _edits(record, kept_only=True)
    return []


def _take(record: RoundRecord, event: Event) -> None:
    kind = event["kind"]
    if kind in ("prompt", "reply", "draft"):
        request = tuple(event.get(name) for name in ("role", "path", "draw"))
        record.asked.setdefault(request, {})[kind] = event
    elif kind == "chosen":
        record.chosen[event["path"]] = event["hash"]
    elif kind == "verdict":
        record.verdicts[event["files_hash"]] = event
    elif kind == "gate":
        record.gates[event["origin"], event["path"], str(event["edits"])] = event
    elif kind == "review":
        record.reviews[event["path"]] = event
    elif kind == "diagnosis":
        record.diagnoses[event["path"]] = event
    elif kind == "said":
        record.said.append(event)


def _edits(record: RoundRecord, *, kept_only: bool = False) -> dict[str, str]:
    """Return path -> sha256 of what the round put forward, empty for a deletion; of first drafts, the last stands."""
    edits: dict[str, str] = {}
    if record.number == 0:
        for asked in record.asked.values():
            if asked.get("draft", {}).get("hash"):
                edits[asked["draft"]["path"]] = asked["draft"]["hash"]
        edits |= record.chosen
    for gate in record.gates.values():
        if gate["kept"] or not kept_only:
            edits |= {path: digest or "" for path, digest in gate["edits"].items()}
    return edits


def _diff(records: Records, path: str, files: Mapping[str, str], digest: str) -> list[str]:
    before, after = ([*_lines(records, files.get(path, ""))], [*_lines(records, digest)])
    old, new = f"a/{path}" if path in files else "/dev/null", f"b/{path}" if digest else "/dev/null"
    return list(unified_diff(before, after, old, new, lineterm=""))


def _lines(records: Records, digest: str) -> list[str]:
    try:
        return records.get(digest).splitlines() if digest else []
    except KeyError:
        return [f"({digest[:12]}: the text is not kept)"]


def _exchange(asked: Exchange) -> list[str]:
    prompt, reply, draft = asked["prompt"], _answer(asked), asked.get("draft", {})
    answer = "no answer was recorded"
    if reply:
        cut = "" if reply["finish"] == "stop" else f", {reply['finish']}"
        answer = f"{reply['completion_tokens']} tokens in {reply['seconds']:.1f}s{cut}"
    lines = [f"  {prompt['role']} {prompt['path']}, draw {prompt['draw']}, {prompt['model']}: {answer}"]
    if draft.get("fired"):
        lines.append(f"    repaired: {', '.join(draft['fired'])}")
    if draft.get("reason"):
        lines.append(f"    refused: {draft['reason']}")
    return lines


def _answer(asked: Exchange) -> Event:
    """Return the reply, where it is to this very prompt and not to another run's."""
    reply = asked.get("reply", {})
    return reply if reply.get("prompt") == asked["prompt"]["prompt"] else {}


def _texts(records: Records, asked: Exchange) -> list[str]:
    prompt, text = asked["prompt"], _answer(asked).get("text", "")
    lines: list[str] = []
    for title, digest in (("system", prompt["system"]), ("asked", prompt["prompt"]), ("answered", text)):
        if digest:
            lines += [f"    {title}:", *(f"    | {line}" for line in _lines(records, digest))]
    return lines


def _judged(record: RoundRecord) -> list[str]:
    lines = [line for found in record.diagnoses.values() for line in _diagnosed(found)]
    for verdict in record.verdicts.values():
        score = verdict["score"]
        reason = verdict["reason"].partition(": ")[0] if verdict["diagnostics"] else verdict["reason"]
        lines.append(f"  verdict: {score['total']} of {score['max']}: {reason or 'green'}")
        for found in verdict["diagnostics"]:
            first, *rest = str(found["message"]).splitlines() or [""]
            where = ": ".join(part for part in (_place(found), found["stage"], found.get("test", "")) if part)
            lines += [f"    {where}: {first}", *(f"      {line}" for line in rest)]
    for gate in record.gates.values():
        kept = "kept" if gate["kept"] else "dropped"
        lines.append(f"  {gate['origin']} of {gate['path']}: {kept}: {gate['reason']}")
    for review in record.reviews.values():
        for found in review["findings"]:
            lines.append(f"  review: {found['path']}:{found['line']}: {found['message']}")
    for said in record.said:
        words = [f"asked about the {said['at']}"] if said["at"] != "resume" else []
        words += ["go on" if said["go_on"] else "no more"] if words else []
        lines.append(": ".join(["  you", *words, *([said["say"]] if said.get("say") else [])]))
    return lines


def _diagnosed(found: Event) -> Iterator[str]:
    asked = " ".join(part for part in (found["action"], found["what"]) if part)
    yield f"  cause of {found['path']}: {': '.join(part for part in (found['hypothesis'], asked) if part)}"
    yield from (f"    shown by: {_place(each)}: {each['message']}" for each in found.get("evidence", ()))
    yield from (f"    refused: {line}" for line in found["refused"].splitlines())
    yield from (f"    | {line}" for line in found["said"].splitlines())


def _place(found: Event) -> str:
    return ":".join(str(part) for part in (found["path"], found["line"], found["column"]) if part)


def _printable(line: str) -> str:
    """Drop what would steer a terminal: the texts are a model's."""
    return "".join(char for char in line if char.isprintable() or char == "\t")
