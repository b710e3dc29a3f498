"""Tell a person what a run does: events in, rows on a console that is passed in."""

from collections.abc import Generator
from contextlib import contextmanager
from types import TracebackType

from rich.console import Console

from guild.report.asking import asked
from guild.report.ending import ending
from guild.report.live import LiveView
from guild.report.plain import PlainView
from guild.report.rows import Event

__all__ = ["LiveView", "PlainView", "Reporter", "asked", "ending"]


class Reporter:
    """Watches a run: moving on a terminal, plain lines elsewhere; after the event `finished`, its last lines."""

    def __init__(self, console: Console) -> None:
        moving = console.is_terminal and console.file.isatty() and not console.is_dumb_terminal
        self._view = LiveView(console) if moving else PlainView(console)

    def __enter__(self) -> "Reporter":
        self._view.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._view.stop()

    @contextmanager
    def aside(self) -> Generator[None]:
        """Leave the terminal to somebody who is asked."""
        self._view.stop()
        try:
            yield
        finally:
            self._view.go_on()

    def event(self, event: Event) -> None:
        """Tell of an event."""
        if event["kind"] == "finished":
            self._view.stop()
            self._view.finished(ending(event))
        else:
            self._view.event(event)
