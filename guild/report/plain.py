"""Plain lines, one an event that matters: for logs, pipes and CI. Never wrapped, never coloured."""

import re
import time
from collections.abc import Callable, Sequence

from rich.console import Console

from guild.report.rows import Event, Narrator, Row

_PATIENCE = 10.0
"""Seconds between two lines that differ in their numbers only."""


class PlainView:
    """Writes each row as one line, after the seconds since the start."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._narrator = Narrator()
        self._begin = clock()
        self._waiting: tuple[str, float] = ("", 0.0)

    def start(self) -> None:
        """Begin to count the time."""
        self._begin = self._clock()

    def stop(self) -> None:
        """Do nothing: each line stands as it is written."""

    def go_on(self) -> None:
        """Do nothing: what others wrote meanwhile stands between two lines."""

    def event(self, event: Event) -> None:
        """Write the line of an event, if it has one."""
        if event["kind"] == "progress":
            done, total = event["done"], event["total"]
            share = f"{100 * done // total} %" if total else f"{done:,}"
            event = {"kind": "waiting", "text": f"{event['label']}: {share}"}
        row = self._narrator.row(event)
        if row and not (row.who == "waiting" and self._repeats(row)):
            self._write(f"{self._clock() - self._begin:7.1f}s  {_line(row)}")

    def finished(self, lines: Sequence[str]) -> None:
        """Write how it ended."""
        for line in lines:
            self._write(line)

    def _repeats(self, row: Row) -> bool:
        """Say whether a line tells no more than a number that moved since a moment ago."""
        words, now = re.sub(r"\d+", "", row.said), self._clock()
        last, since = self._waiting
        if words == last and now - since < _PATIENCE and "100 %" not in row.said:
            return True
        self._waiting = (words, now)
        return False

    def _write(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True, style=None)


def _line(row: Row) -> str:
    subject = f"{row.who} {row.what}".strip()
    first = f"; {row.details[0]}" if row.details else ""
    more = f" (and {len(row.details) - 1} more)" if row.details[1:] else ""
    return row.said if row.who in ("note", "waiting") else f"{subject}: {row.said}{first}{more}"
