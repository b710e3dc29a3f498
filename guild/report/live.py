"""The view on a terminal: what is done scrolls by, what is being done moves at the bottom."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from guild.report.rows import Event, Mark, Narrator, Row, clean, rate

_DETAILS_SHOWN = 3
_SIGNS: dict[Mark, tuple[str, str]] = {"good": ("✓", "green"), "bad": ("✗", "red"), "plain": ("·", "dim")}


@dataclass
class _Stream:
    """A reply that is being written."""

    role: str
    path: str
    round: int
    asked: float
    first: tuple[int, float] = (0, 0.0)
    count: int = 0
    spinner: Spinner = field(default_factory=lambda: Spinner("dots", style="cyan"))


class LiveView:
    """Draws rows as they come, and below them what is under way."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._narrator = Narrator()
        self._begin = clock()
        self._tokens = 0
        self._notice = ""
        self._idle = clock()
        self._spinner = Spinner("dots", style="cyan")
        self._streams: dict[tuple[Any, ...], _Stream] = {}
        self._progress: Event | None = None
        self._live = self._drawing()

    def start(self) -> None:
        """Begin to draw."""
        self._begin = self._clock()
        self.go_on()

    def go_on(self) -> None:
        """Draw below what others wrote meanwhile."""
        self._live = self._drawing()
        self._live.start(refresh=True)
        self._console.show_cursor(True)  # a second Ctrl-C leaves without another chance to bring it back

    def stop(self) -> None:
        """Leave only the rows that are done."""
        self._live.stop()

    def event(self, event: Event) -> None:
        """Take an event in: a row of its own, or a change of what is under way."""
        kind, row = event["kind"], self._narrator.row(event)
        if kind == "progress":
            self._progress = event if event["done"] < event["total"] else None
        elif kind == "waiting":
            self._notice = clean(event["text"])
        elif kind in ("prompt", "token", "reply"):
            self._follow(event)
        elif row:
            self._notice, self._idle = "", self._clock()
            self._console.print(_drawn(row))

    def finished(self, lines: Sequence[str]) -> None:
        """Draw how it ended, its first line in the colour of the outcome."""
        for number, line in enumerate(lines):
            style = ("bold green" if line.startswith("green") else "bold red") if number == 0 else ""
            self._console.print(Text(line, style=style, overflow="fold"))

    def view(self) -> RenderableType:
        """Return what is under way."""
        now = self._clock()
        rows: list[RenderableType] = [self._stream(stream, now) for stream in list(self._streams.values())]
        if self._progress:
            rows.append(_bar(self._progress))
        if self._notice or not rows:
            rows.append(_spinning(self._spinner, Text(f"{self._notice or 'working'}  {now - self._idle:.1f}s")))
        return Group(*rows, Text(f"  {now - self._begin:.0f}s  {self._tokens:,} tokens", style="dim"))

    def _drawing(self) -> Live:
        return Live(
            console=self._console,
            get_renderable=self.view,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def _follow(self, event: Event) -> None:
        request = (event["role"], event["path"])
        if event["kind"] == "reply":
            self._streams.pop(request, None)
            self._tokens += event["prompt_tokens"] + event["completion_tokens"]
            self._idle = self._clock()
        elif event["kind"] == "prompt":
            self._streams[request] = _Stream(*request, event["round"], self._clock())
        elif stream := self._streams.get(request):
            stream.first = stream.first if stream.count else (event["count"], self._clock())
            stream.count = event["count"]

    def _stream(self, stream: _Stream, now: float) -> Table:
        count, since = stream.first
        pace = rate(stream.count - count, now - since) if stream.count else "reading the prompt"
        said = f"{stream.count} tokens  {pace}" if stream.count else pace
        where = f" (round {stream.round})" if stream.round else ""
        text = Text.assemble((f"{stream.role:<8}", "bold"), clean(stream.path), f"{where}  ", (said, "cyan"))
        return _spinning(stream.spinner, Text.assemble(text, f"  {now - stream.asked:.1f}s"))


def _spinning(spinner: Spinner, text: Text) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=1, no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis")
    grid.add_row(spinner, text)
    return grid


def _bar(progress: Event) -> Table:
    grid = Table.grid(padding=(0, 1))
    share = 100 * progress["done"] / progress["total"]
    bar = ProgressBar(total=progress["total"], completed=progress["done"], width=30)
    grid.add_row(Text(clean(progress["label"])), bar, Text(f"{share:.0f} %"))
    return grid


def _drawn(row: Row) -> Table:
    sign, style = _SIGNS[row.mark]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(min_width=1, style=style)
    grid.add_column(width=7, style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    said = Text.assemble((f"{clean(row.what)}  " if row.what else "", "cyan"), row.said)
    grid.add_row(sign, "" if row.who == "note" else row.who, said)
    for detail in row.details[:_DETAILS_SHOWN]:
        grid.add_row("", "", Text(detail, style="dim", no_wrap=True, overflow="ellipsis"))
    if left := row.details[_DETAILS_SHOWN:]:
        grid.add_row("", "", Text(f"and {len(left)} more", style="dim"))
    return grid
