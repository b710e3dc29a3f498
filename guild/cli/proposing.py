"""guild new: a sentence becomes a Spec, which a person approves or edits, and then a project."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import click
import typer

from guild.cli import exits
from guild.cli import options as opt
from guild.cli.building import flags_of, reporting, watched
from guild.cli.terminal import is_there
from guild.toolchains import LANGUAGES

Language = Annotated[str, typer.Option(help=f"What it is to be written in: {', '.join(LANGUAGES)}.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Build what is proposed without asking.")]
_QUESTION = "Build this? ([Y]es, [n]o, or [e]dit)"


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(exits.leaving(new))


def new(
    sentence: Annotated[str, typer.Argument(help="What you want, in a sentence or a few.", show_default=False)],
    language: Language = "go",
    yes: Yes = False,
    out: opt.Out = None,
    force: opt.Force = False,
    model: opt.Model = None,
    test_model: opt.TestModel = None,
    fix_model: opt.FixModel = None,
    review_model: opt.ReviewModel = None,
    base_url: opt.BaseUrl = None,
    max_fix_rounds: opt.MaxFixRounds = None,
    max_tokens_total: opt.MaxTokens = None,
    max_minutes: opt.MaxMinutes = None,
    corpus: opt.Corpus = None,
    shots: opt.Shots = None,
    fleet: opt.Fleet = None,
    diagnose: opt.Diagnose = None,
    ask: opt.Ask = None,
    candidates: opt.Candidates = None,
    without: opt.Without = None,
    seed: opt.Seed = None,
    review: opt.Review = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Propose a Spec for a sentence, show it, and build it once you say so.

    Without a terminal and without --yes the Spec is printed and nothing is built.

    Example: guild new "a roman numeral converter" --language python --yes
    """
    return _new(locals())


def _new(given: Mapping[str, Any]) -> int:
    """Propose a Spec under the options that were given, and build it where that is wished for."""
    from guild import settings as setting
    from guild.build import Place, propose, start

    settings, language, as_json = setting.from_environment(flags_of(given)), given["language"], given["as_json"]
    with reporting() as watch:
        spec = propose(given["sentence"], language, settings, watch=watch)
    if given["yes"]:
        typer.echo(spec, err=True)
    chosen = spec if given["yes"] else _approved(spec, language)
    if chosen is None:
        return _left(spec, as_json=as_json)
    place = Place(home=setting.home(), out=given["out"], force=given["force"])
    return watched(lambda watch: start(chosen, settings, place=place, watch=watch), as_json=as_json)


def _left(spec: str, *, as_json: bool) -> int:
    """Print a Spec that is not built."""
    exits.out(json.dumps({"spec": spec}) if as_json else spec.rstrip("\n"))
    typer.echo("nothing was built: --yes builds it, or save it and use guild build FILE", err=True)
    return exits.GREEN


def _approved(spec: str, language: str) -> str | None:
    """Return the Spec that a person at a terminal wants built; None where there is nobody, or the answer is no."""
    from guild.errors import SpecError
    from guild.spec import load_spec

    while is_there():
        typer.echo(spec, err=True)
        answer = typer.prompt(_QUESTION, default="y", show_default=False, err=True).strip().lower()
        if answer in ("n", "no"):
            break
        if answer in ("e", "edit"):
            spec = click.edit(spec, extension=".yaml") or spec
            continue
        try:
            load_spec(spec, languages=(language,))
        except SpecError as error:
            typer.echo(f"guild: {error}", err=True)
            continue
        return spec
    return None
