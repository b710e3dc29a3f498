"""The command-line reference, from the commands themselves: `python -m guild.cli.reference > docs/cli.md`."""

import io
from contextlib import redirect_stdout
from typing import Any

from typer.main import get_command

from guild.cli.app import app, run

_HEAD = "# The commands\n\nAs their `--help` prints them; `make docs` writes this page anew.\n"


def reference() -> str:
    """Return the page of all commands."""
    return "\n".join([_HEAD, *(_section(words) for words in _commands(get_command(app), []))])


def _commands(command: Any, words: list[str]) -> list[list[str]]:
    inner: dict[str, Any] = getattr(command, "commands", {})
    return [words, *(found for name, sub in inner.items() for found in _commands(sub, [*words, name]))]


def _section(words: list[str]) -> str:
    page = io.StringIO()
    with redirect_stdout(page):
        run([*words, "--help"])
    return f"## {' '.join(['guild', *words])}\n\n```text\n{page.getvalue().strip()}\n```\n"


if __name__ == "__main__":
    print(reference(), end="")
