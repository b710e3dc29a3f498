"""Without a terminal a run is told in plain lines: never wrapped, never coloured, one an event that matters."""

import io
from itertools import chain, repeat

from rich.console import Console

from guild.report import PlainView, Reporter
from tests.report.samples import diagnostic, draft, finished, reply, verdict


def told(*events: dict[str, object], at: float = 12.34) -> list[str]:
    out, now = io.StringIO(), chain([0.0, 0.0], repeat(at))
    view = PlainView(Console(file=out, width=20, color_system="truecolor", emoji=True), lambda: next(now))
    view.start()
    for event in events:
        view.event(event)
    view.stop()
    return out.getvalue().splitlines()


def test_a_line_an_event_with_its_time() -> None:
    assert told(*reply("dev", "numkit.go"), draft("dev", "numkit.go", round=2, draw=1)) == [
        "   12.3s  dev numkit.go (round 2 draw 1): drafted"
    ]


def test_markup_emoji_and_width_change_nothing() -> None:
    found = [diagnostic(message="got [bold][1 2][/bold] :smile: " + "x" * 200), diagnostic(), diagnostic()]
    (line,) = told(verdict(green=False, diagnostics=found))
    assert "[bold][1 2][/bold] :smile: " + "x" * 200 in line
    assert line.endswith("(and 2 more)")
    assert "\x1b" not in line


def test_progress_does_not_flood_and_is_seen_to_end() -> None:
    events = [{"kind": "progress", "label": "weights", "done": done, "total": 100} for done in range(101)]
    assert told(*events) == ["   12.3s  weights: 0 %", "   12.3s  weights: 100 %"]
    waiting = [{"kind": "waiting", "text": f"asking again in {number} s"} for number in range(9)]
    assert len(told(*waiting)) == 1
    assert len(told(*waiting, {"kind": "waiting", "text": "loading"})) == 2


def test_the_reporter_is_plain_without_a_terminal_and_tells_the_end() -> None:
    out = io.StringIO()
    with Reporter(Console(file=out, force_terminal=True, color_system="truecolor")) as watch:
        watch.event({"kind": "plan", "tasks": [{"path": "a.go"}]})
        watch.event({"kind": "step"})
        watch.event(finished())
    lines = out.getvalue().splitlines()
    assert lines[0].endswith("plan: 1 file: a.go")
    assert lines[1] == "green: numkit, 3 of 3, in /home/user/generated/num[kit]"
    assert "\x1b" not in out.getvalue()
