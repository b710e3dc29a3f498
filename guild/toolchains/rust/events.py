"""Read what a program of tests printed: which tests ran, how each ended, and what it said when it failed."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from guild.process import Completed

Outcome = Literal["passed", "failed", "skipped", "cut"]

LAST = "zz_guild"
"""How the module is named of the test that runs last: without a word of it the program has left before its end."""
_BEGUN = re.compile(r"^test (?P<name>[\w:]+)(?: - should panic)? \.\.\. ?", re.M)
_ENDED = re.compile(r"(?:^|(?<=[ \n]))(?P<how>ok|FAILED|ignored\b.*)$", re.M)
_SAID = re.compile(
    r"^---- (?P<name>[\w:]+) stdout ----\n(?P<text>.*?)(?=^---- [\w:]+ stdout ----$|^failures:$|\Z)", re.M | re.S
)
_OUTCOMES: dict[str, Outcome] = {"ok": "passed", "FAILED": "failed"}
_FAILED = 101
"""How a program of tests ends of which one failed."""
_OUTPUT = 6000
"""Characters of a test's output that are kept."""


@dataclass
class Trail:
    """How one test went in one run."""

    outcome: Outcome
    said: str = ""
    """What it printed when it failed."""
    stopped: str = ""
    """Of a test that was cut: the limit that it reached, or nothing where it ended the program."""


@dataclass
class Session:
    """One run of the tests of a file, taken up again where a test ended it."""

    trails: dict[str, Trail] = field(default_factory=dict[str, Trail])
    unfinished: str = ""
    """Why tests are left that never ran."""

    def cut(self) -> list[str]:
        """Return the tests that ended the program."""
        return [name for name, trail in self.trails.items() if trail.outcome == "cut"]


def taken(session: Session, done: Completed, word: str, known: Collection[str]) -> bool:
    """Take in what a program printed; say whether it came to its end.

    Every test runs alone, in the order of the names, and what runs last bears a word that no other test knows: what
    leaves early, or prints that it passed, does not get there, and of such a program only what is `known` counts.
    """
    said = {match["name"]: match["text"].strip()[:_OUTPUT] for match in _SAID.finditer(done.stdout)}
    told = list(_told(done.stdout))
    if not any(name.startswith(f"{LAST}_{word}") for name, _ in told):
        told = [each for each in told if each[0] in known]
    last, ended = "", False
    for name, how in told:
        last = name
        if name.startswith(f"{LAST}_{word}"):
            ended = how == "ok"
            continue
        outcome = _OUTCOMES.get(how, "skipped" if how else "cut")
        before = session.trails.get(name)
        if before is None or not (before.said or before.outcome == "cut"):
            session.trails[name] = Trail(outcome, said.get(name, ""))
    failed = any(trail.outcome == "failed" for trail in session.trails.values())
    whole = ended and not done.stopped and done.returncode == (_FAILED if failed else 0)
    if not whole:
        _end(session, last, done)
    return whole


def _end(session: Session, last: str, done: Completed) -> None:
    """Blame the test that ran last for the end of the program."""
    reason = done.stderr.strip()[-_OUTPUT:]
    if last in session.trails:
        session.trails[last] = Trail("cut", reason, done.stopped)
    else:
        session.unfinished = (
            f"reached its limit of {done.stopped}" if done.stopped else reason or "ended before its tests"
        )


def _told(text: str) -> Iterator[tuple[str, str]]:
    """Yield each test that began, with how it ended; nothing where it did not."""
    begun = list(_BEGUN.finditer(text))
    for number, match in enumerate(begun):
        end = begun[number + 1].start() if number + 1 < len(begun) else len(text)
        ways = [found["how"] for found in _ENDED.finditer(text, match.end() - 1, end)]
        yield match["name"], next((how for how in ways if how == "FAILED"), ways[0] if ways else "")
