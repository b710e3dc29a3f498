"""guild models, doctor: what this machine has, and the mend of what it lacks."""

import json
from typing import Annotated

import typer

from guild.cli import exits
from guild.cli import options as opt

models = typer.Typer(help="The embedded models: list them, fetch one.", no_args_is_help=True, rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(models, name="models")
    app.command()(exits.leaving(doctor))


@models.command("list")
@exits.leaving
def list_models(as_json: opt.Json = False) -> int:
    """List the embedded models, and whether their weights are here.

    Example: guild models list
    """
    from guild.models.weights import CATALOGUE, cached

    rows = [
        {"name": f"local:{weights.name}", "bytes": weights.size, "path": str(cached(weights) or "")}
        for weights in CATALOGUE.values()
    ]
    if as_json:
        exits.out(json.dumps(rows))
        return exits.GREEN
    for row in rows:
        exits.out(f"{row['name']:<26} {int(row['bytes']) / 1e6:>6.0f} MB  {row['path'] or 'not fetched'}")
    return exits.GREEN


@models.command("pull")
@exits.leaving
def pull(name: Annotated[str, typer.Argument(help="A name of `guild models list`.", show_default=False)]) -> int:
    """Fetch a model's weights into the cache, going on where an earlier fetch stopped.

    Example: guild models pull qwen2.5-coder-0.5b
    """
    from rich.console import Console

    from guild.build import told_of
    from guild.errors import UserError
    from guild.models.weights import CATALOGUE, find_weights
    from guild.report import Reporter

    plain = name.removeprefix("local:")
    if plain not in CATALOGUE:
        raise UserError(f"no model {name!r}: there are {', '.join(CATALOGUE)}")
    with Reporter(Console(stderr=True, highlight=False)) as watch:
        path = find_weights(plain, lambda line: watch.event(told_of(line)))
    exits.out(str(path))
    return exits.GREEN


def doctor(as_json: opt.Json = False) -> int:
    """Say what works on this machine, what does not, and how to mend it.

    Example: guild doctor
    """
    from dataclasses import asdict

    from guild.doctor import examine

    findings = examine()
    if as_json:
        exits.out(json.dumps([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            exits.out(f"{'ok  ' if finding.ok else 'lack'}  {finding.name:<16} {finding.detail}")
            if not finding.ok and finding.mend:
                exits.out(f"      {'':<16} {finding.mend}")
    return exits.GREEN if all(finding.ok or not finding.needed for finding in findings) else exits.MACHINE_LACKS
