"""guild corpus: the local corpus of verified examples; add a green run to it, list it, search it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from guild.cli import exits
from guild.cli import options as opt
from guild.settings import Likeness

if TYPE_CHECKING:
    from guild.retrieval import Corpus, Example

corpus = typer.Typer(
    help="Verified examples that prompts show: add those of a green run, list them, search them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_WIDTH = 100
"""Characters of an instruction that a line shows."""


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(corpus, name="corpus")


@corpus.command("add")
@exits.leaving
def add(run: opt.Run = "last", as_json: opt.Json = False) -> int:
    """Add what a model wrote in a green run to the local corpus, once; later builds show what is like their tasks.

    Example: guild corpus add last
    """
    from guild import settings as setting
    from guild.retrieval import add_examples, harvest
    from guild.runs import find

    examples = harvest(find(setting.home(), run))
    path = setting.local_corpus()
    added = add_examples(path, examples)
    if as_json:
        exits.out(json.dumps({"corpus": str(path), "added": added, "known": len(examples) - added}))
    else:
        exits.out(f"{added} added to {path}, {len(examples) - added} already there")
    return exits.GREEN


@corpus.command("list")
@exits.leaving
def list_examples(named: opt.Corpus = None, as_json: opt.Json = False) -> int:
    """List the examples of the local corpus, and of --corpus FILE where it is given.

    Example: guild corpus list
    """
    _show(_opened(named).examples, as_json=as_json)
    return exits.GREEN


@corpus.command("search")
@exits.leaving
def search(
    words: Annotated[str, typer.Argument(help="What to look for, as a task would say it.", show_default=False)],
    named: opt.Corpus = None,
    tests: Annotated[
        bool, typer.Option("--tests", help="Put examples of tests first, as the test coder does.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="How many to show.")] = 5,
    likeness: Annotated[Likeness, typer.Option(help="What makes an example like the words.")] = "bm25",
    as_json: opt.Json = False,
) -> int:
    """Show the examples that a prompt with these words would be given, the best first.

    Example: guild corpus search "a cache that drops what was used least recently"
    """
    found = _opened(named, likeness).similar(words, tests=tests, most=most, room=1 << 30)
    _show(found, as_json=as_json)
    return exits.GREEN


def _opened(named: str | None, likeness: Likeness = "bm25") -> "Corpus":
    from guild import settings as setting
    from guild.retrieval import open_corpus

    return open_corpus(named or "", local=setting.local_corpus(), likeness=likeness)


def _show(examples: Iterable["Example"], *, as_json: bool) -> None:
    import textwrap

    rows = list(examples)
    if as_json:
        exits.out(json.dumps([asdict(example) for example in rows]))
        return
    if not rows:
        typer.echo("no examples: add those of a green run with guild corpus add RUN", err=True)
    for example in rows:
        kind = "test" if example.tests else "code"
        exits.out(f"{kind}  {textwrap.shorten(example.instruction, _WIDTH, placeholder=' ...')}")
