"""What a person needs to know for their answer, a line each."""

from collections.abc import Iterator

from guild.dialogue import Question
from guild.report.rows import clean, diagnostic
from guild.values import FileTask


def asked(question: Question) -> list[str]:
    """Return the lines that a question shows: the plan, or what fails and what was tried."""
    return [clean(line) for line in _lines(question)]


def _lines(question: Question) -> Iterator[str]:
    yield from (f"renamed {each}" for each in question.get("renamed", ()))
    yield from (_task(task) for task in question.get("tasks", ()))
    yield from (f"fails: {diagnostic(found)}" for found in question.get("fails", ()))
    yield from (f"tried: {each}" for each in question.get("tried", ()))


def _task(task: FileTask) -> str:
    """Say who writes a file, and what it is to declare or to test."""
    named = [*task["declares"], *task["signatures"], *task["tests"], *task.get("change", ())]
    return f"{task['role']} {task['path']}" + (f": {'; '.join(dict.fromkeys(named))}" if named else "")
