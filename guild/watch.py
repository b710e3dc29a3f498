"""Whoever watches a run, or may be asked about it, and what Ctrl-C does to it."""

import os
import signal
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, Protocol, runtime_checkable

from langgraph.runtime import RunControl

from guild import process
from guild.dialogue import Answer, Question

INTERRUPTED = 130
"""The exit code of who leaves at once."""


class Watcher(Protocol):
    """Whoever watches a run."""

    def event(self, event: Mapping[str, Any]) -> None:
        """Take note of an event of the run."""
        ...


@runtime_checkable
class Person(Watcher, Protocol):
    """A watcher who may be asked, and who may have something to say."""

    steps: bool
    """Whether the run is to stop before each node that follows the plan."""

    def word(self) -> str:
        """Return, once, what they say before the run goes on; empty for nothing."""
        ...

    def answer(self, question: Question) -> Answer | None:
        """Return what they answer; None where nobody is there, or where it is left open."""
        ...


@contextmanager
def drained_by_interrupt(control: RunControl, watch: Watcher) -> Generator[None]:
    """Let the first Ctrl-C finish the step, and the second leave at once; both lose nothing."""
    if current_thread() is not main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        if control.drain_requested:
            process.cancel_all()
            os._exit(INTERRUPTED)
        control.request_drain("Ctrl-C")
        watch.event({"kind": "note", "text": "finishing this step; Ctrl-C again leaves at once, nothing is lost"})

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
