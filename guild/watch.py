"""Whoever watches a run, and what Ctrl-C does to it."""

import os
import signal
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, Protocol

from langgraph.runtime import RunControl

from guild import process

INTERRUPTED = 130
"""The exit code of who leaves at once."""


class Watcher(Protocol):
    """Whoever watches a run."""

    def event(self, event: Mapping[str, Any]) -> None:
        """Take note of an event of the run."""
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
