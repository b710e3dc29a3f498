"""Exit codes: what each outcome and each error means to a script."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from guild.errors import GuildError, ReplyError, RunError, UserError

GREEN, NOT_GREEN, BAD_INPUT, MACHINE_LACKS, INTERRUPTED = 0, 1, 2, 3, 130


_P = ParamSpec("_P")


def out(text: str) -> None:
    """Print for machines; a reader that has left changes no exit code."""
    try:
        typer.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def leaving(command: Callable[_P, int]) -> Callable[_P, None]:
    """Let a command leave with the exit code that it returns."""

    @wraps(command)
    def run(*arguments: _P.args, **options: _P.kwargs) -> None:
        try:
            code = command(*arguments, **options)
        except KeyboardInterrupt:
            typer.echo("guild: interrupted", err=True)
            code = INTERRUPTED
        raise typer.Exit(code)

    return run


def of_error(error: GuildError) -> int:
    """Return the exit code of an error."""
    if isinstance(error, ReplyError):
        return NOT_GREEN
    return BAD_INPUT if isinstance(error, (UserError, RunError)) else MACHINE_LACKS


def of_outcome(outcome: str) -> int:
    """Return the exit code of an outcome."""
    return {"green": GREEN, "cancelled": INTERRUPTED, "waiting": INTERRUPTED}.get(outcome, NOT_GREEN)
