"""What a model answers that is asked what is wrong: the lines that show it, a hypothesis, and what to do."""

import re
import shlex
from typing import NamedTuple, cast

from guild.diagnosis import Action
from guild.errors import ReplyError
from guild.replies.blocks import clean

_LINE = re.compile(r"^[\s>*`#-]*(evidence|hypothesis|action)\b[\s*`]*:[\s*`]*(.+)$", re.IGNORECASE)
_ACTION = re.compile(r"^(edit|install|run)\b[\s*`:]*(.*)$", re.IGNORECASE)
_PACKAGE = re.compile(r"[A-Za-z0-9][\w.-]*")


class Suspicion(NamedTuple):
    """A diagnosis as it was answered: which of the numbered lines show it, what is wrong, what is to be done."""

    evidence: tuple[int, ...]
    hypothesis: str
    action: Action
    what: str


def suspicion(reply: str, lines: int) -> Suspicion:
    """Read a diagnosis of so many numbered lines; ReplyError where one of its parts is missing or means nothing."""
    matches = [match for line in clean(reply).split("\n") if (match := _LINE.match(line))]
    said = {match[1].lower(): match[2].strip().strip("*`").strip() for match in reversed(matches)}
    if lacking := [part for part in ("evidence", "hypothesis", "action") if not said.get(part)]:
        raise ReplyError(f"a diagnosis without {', '.join(lacking)}")
    evidence = tuple(sorted({int(number) for number in re.findall(r"\d+", said["evidence"])}))
    if not evidence or evidence[0] < 1 or evidence[-1] > lines:
        raise ReplyError(f"its evidence is none of the {lines} lines that were shown: {said['evidence']}")
    match = _ACTION.match(said["action"])
    if match is None:
        raise ReplyError(f"no action that there is: {said['action']}")
    action = cast(Action, match[1].lower())
    return Suspicion(evidence, said["hypothesis"], action, "" if action == "edit" else _object(action, match[2]))


def _object(action: Action, text: str) -> str:
    """Return the package or the command that is meant."""
    what = text.strip().strip("*`.").strip()
    if action == "install" and not _PACKAGE.fullmatch(what):
        raise ReplyError(f"no name of a package: {what!r}")
    try:
        if not shlex.split(what):
            raise ReplyError("no command to run")
    except ValueError as error:
        raise ReplyError(f"no command that can be read: {what}") from error
    return what
