"""On a terminal what is done scrolls by and what is under way moves at the bottom."""

import contextlib
import io
import os
import pty
import signal
import subprocess
import sys

from rich.console import Console

from guild.report import LiveView
from tests.report.samples import diagnostic, draft, reply, verdict


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def a_view(width: int = 80) -> tuple[LiveView, Clock, io.StringIO]:
    out, clock = io.StringIO(), Clock()
    return LiveView(Console(file=out, width=width, force_terminal=True, color_system=None), clock), clock, out


def shown(view: LiveView, width: int = 80) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as capture:
        console.print(view.view())
    return [line.rstrip() for line in capture.get().splitlines()]


def test_a_reply_shows_its_tokens_and_their_rate_while_it_is_written() -> None:
    view, clock, _ = a_view()
    prompt, answer = reply("dev", "num[kit].go", round=1)
    view.event(prompt)
    clock.now = 2.0
    assert shown(view)[0][2:] == "dev     num[kit].go (round 1)  reading the prompt  2.0s"
    view.event({"kind": "token", "role": "dev", "path": "num[kit].go", "count": 10})
    clock.now = 4.0
    view.event({"kind": "token", "role": "dev", "path": "num[kit].go", "count": 50})
    assert shown(view)[0][2:] == "dev     num[kit].go (round 1)  50 tokens  20.0 tokens/s  4.0s"
    view.event(answer)
    assert shown(view)[0][2:] == "working  0.0s"
    assert shown(view)[-1] == "  4s  610 tokens"


def test_two_replies_at_once_have_a_line_each() -> None:
    view, _, _ = a_view()
    for path in ("a.go", "b.go"):
        view.event(reply("dev", path)[0])
    assert [line[10:14] for line in shown(view)[:2]] == ["a.go", "b.go"]


def test_a_wait_is_said_beside_what_is_under_way_and_goes_when_something_is_done() -> None:
    view, _, _ = a_view()
    view.event(reply("dev", "a.go")[0])
    view.event({"kind": "waiting", "text": "asking again in 2 s"})
    assert "asking again in 2 s" in shown(view)[1]
    view.event(draft("dev", "a.go"))
    assert not any("asking" in line for line in shown(view))


def test_a_download_is_a_bar_until_it_is_done() -> None:
    view, _, _ = a_view()
    view.event({"kind": "progress", "label": "weights", "done": 30, "total": 60})
    assert shown(view)[0].startswith("weights") and shown(view)[0].endswith("50 %")
    view.event({"kind": "progress", "label": "weights", "done": 60, "total": 60})
    assert not shown(view)[0].startswith("weights")


def test_rows_that_are_done_stay_with_the_first_details() -> None:
    view, _, out = a_view()
    found = [diagnostic(line=line, message="got [1 2]") for line in range(1, 6)]
    view.event(verdict(green=False, diagnostics=found))
    assert [line.rstrip() for line in out.getvalue().splitlines()] == [
        "✗ verdict 2 of 3, 1 test fails, 4.2s",
        *(f"          numkit.go:{line}:7: build: got [1 2]" for line in (1, 2, 3)),
        "          and 2 more",
    ]


def test_a_narrow_terminal_keeps_one_line_for_what_is_under_way() -> None:
    view, _, _ = a_view()
    view.event(reply("dev", "a/very/long/path/to/some/file.go")[0])
    assert len(shown(view, width=30)) == 2


def test_the_end_stands_below_what_was_done() -> None:
    view, _, out = a_view()
    view.start()
    view.event(draft("dev", "a.go"))
    view.stop()
    view.finished(["green: numkit, 3 of 3, in num[kit]", "  run: x"])
    text = out.getvalue()
    assert text.index("drafted") < text.index("green: numkit, 3 of 3, in num[kit]") < text.index("  run: x")
    view.stop()


PROGRAM = """
import os, signal
from rich.console import Console
from guild.report import Reporter
from tests.report.samples import draft, reply
with Reporter(Console(stderr=True)) as watch:
    watch.event(draft("dev", "a.go"))
    watch.event(reply("dev", "b.go")[0])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def everything(reader: int) -> str:
    """What a terminal was sent until its last writer was gone, which Linux says with EIO."""
    chunks: list[bytes] = []
    with contextlib.suppress(OSError):
        while chunk := os.read(reader, 65536):
            chunks.append(chunk)
    return b"".join(chunks).decode()


def test_a_kill_leaves_a_terminal_with_its_cursor() -> None:
    reader, writer = pty.openpty()
    child = subprocess.Popen([sys.executable, "-c", PROGRAM], stderr=writer, env={**os.environ, "TERM": "xterm"})
    os.close(writer)
    text = everything(reader)
    os.close(reader)
    assert child.wait() == -signal.SIGKILL
    assert "drafted" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")
