"""A person at the terminal: watches a run, is asked, answers; nobody is waited for where there is no terminal."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from guild.dialogue import About, Answer, Question
    from guild.report import Reporter

_HOW: "dict[About, str]" = {
    "plan": "[y]es, [n]o, or what it is to mind",
    "stall": "Enter ends the run",
    "step": "[Y]es, [n]o, or what it is to mind",
}


def is_there() -> bool:
    """Tell whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


class AtTerminal:
    """Shows a run to a person and puts its questions to them; what they gave as options answers the first."""

    def __init__(self, report: "Reporter", *, steps: bool = False, yes: bool = False, say: str = "") -> None:
        self.steps = steps
        self._report = report
        self._given: Answer | None = {"go_on": True, "say": say} if yes or say else None

    def event(self, event: Mapping[str, Any]) -> None:
        """Tell of an event."""
        self._report.event(event)

    def word(self) -> str:
        """Return, once, what was given to say."""
        given, self._given = self._given, None
        return given.get("say", "") if given else ""

    def answer(self, question: "Question") -> "Answer | None":
        """Show a question and return what is answered; None where nobody is there, or the answer is no."""
        from guild.report import asked

        if self._given:
            given, self._given = self._given, None
            return given
        with self._report.aside():
            for line in asked(question):
                typer.echo(f"  {line}", err=True)
            return _heard(question["about"], _typed(question)) if is_there() else None


def _typed(question: "Question") -> str | None:
    """Return the line that a person types; None where they leave."""
    typer.echo(f"{question['text']} ({_HOW[question['about']]}): ", nl=False, err=True)
    try:
        return input().strip()
    except (EOFError, KeyboardInterrupt):
        typer.echo(err=True)
        return None


def _heard(about: "About", text: str | None) -> "Answer | None":
    """Return what a typed line means; Enter alone goes on with a step, and with nothing else."""
    if text is None or text.lower() in ("n", "no") or (not text and about != "step"):
        return None
    return {"go_on": True, "say": "" if text.lower() in ("", "y", "yes") else text}
