"""The typer application: its commands, and one place where errors become one line and an exit code."""

from importlib import metadata

import typer
from typer.main import get_command

from guild.cli import benching, building, corpus, exits, looking, machine, maintaining, proposing
from guild.errors import NOTHING_LOST, GuildError

WIDTH = 100
"""Columns of a help text."""

app = typer.Typer(
    name="guild",
    help="From a specification to a working, tested project, with a local language model and the real toolchain.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"terminal_width": WIDTH, "max_content_width": WIDTH},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"guild {metadata.version('guild')}")
        raise typer.Exit


@app.callback()
def guild(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and leave."
    ),
) -> None:
    """From a specification to a working, tested project, with a local language model and the real toolchain."""


building.add_to(app)
proposing.add_to(app)
maintaining.add_to(app)
looking.add_to(app)
machine.add_to(app)
corpus.add_to(app)
benching.add_to(app)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    try:
        get_command(app).main(args=arguments, prog_name="guild")
        return exits.GREEN
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else exits.GREEN
    except GuildError as error:
        _say(f"guild: {error}", *(note for note in getattr(error, "__notes__", ()) if note.startswith(NOTHING_LOST)))
        return exits.of_error(error)
    except OSError as error:
        _say(f"guild: {error}")
        return exits.MACHINE_LACKS


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line, err=True)
