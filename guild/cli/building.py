"""guild build, resume, fork: drive a run, show it while it works, say how it ended."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guild.cli import exits
from guild.cli import options as opt
from guild.cli.terminal import AtTerminal

if TYPE_CHECKING:
    from guild.report import Reporter


_MINE = frozenset(
    {
        "spec",
        "run",
        "at",
        "sentence",
        "language",
        "yes",
        "out",
        "force",
        "as_json",
        "project",
        "request",
        "names",
        "files",
        "commit",
        "step",
        "say",
    }
)
"""Parameters of commands that are no settings."""


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(exits.leaving(build))
    app.command()(exits.leaving(resume))
    app.command()(exits.leaving(fork))


def build(
    spec: Annotated[str, typer.Argument(help="A Spec: the path of a YAML file.", show_default=False)],
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
    approve: opt.Approve = None,
    ask: opt.Ask = None,
    step: opt.Step = False,
    candidates: opt.Candidates = None,
    without: opt.Without = None,
    seed: opt.Seed = None,
    review: opt.Review = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Build a project from a Spec, test it with the real toolchain, and fix it until it is green.

    Example: guild build specs/numkit.yaml --out generated/numkit
    """
    flags = flags_of(locals())
    from guild import settings as setting
    from guild.build import Place, start

    settings = setting.from_environment(flags)
    place = Place(home=setting.home(), out=out, force=force)
    return watched(lambda watch: start(spec, settings, place=place, watch=watch), as_json=as_json, step=step)


def resume(
    run: opt.Run = "last",
    yes: opt.Yes = False,
    say: opt.Say = "",
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
    step: opt.Step = False,
    candidates: opt.Candidates = None,
    without: opt.Without = None,
    review: opt.Review = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Go on with a run that was interrupted, or that ended and may now have more; what you changed in --out is judged.

    Example: guild resume last --max-fix-rounds 12
    """
    return _resumed(run, locals())


def fork(
    run: opt.Run,
    at: Annotated[int, typer.Option(help="The step to start from, as `guild show RUN` prints it.")],
    out: Annotated[Path, typer.Option(help="The new run's output folder.", file_okay=False)],
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
    candidates: opt.Candidates = None,
    without: opt.Without = None,
    seed: opt.Seed = None,
    review: opt.Review = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Start a new run at a step of another one, perhaps with another model or seed; the other run stays as it is.

    Example: guild fork last --at 3 --out generated/second-try --seed 7
    """
    flags = flags_of(locals())
    from guild import settings as setting
    from guild.build import Place
    from guild.build import fork as start_at
    from guild.runs import find

    records = find(setting.home(), run)
    settings = setting.changed(records.manifest()["settings"], flags)
    place = Place(home=setting.home(), out=out, force=force)
    return watched(lambda watch: start_at(records.folder, at, settings, place=place, watch=watch), as_json=as_json)


def _resumed(run: str, given: Mapping[str, Any]) -> int:
    from guild import settings as setting
    from guild.build import resume as go_on
    from guild.runs import find

    records = find(setting.home(), run)
    settings = setting.changed(records.manifest()["settings"], flags_of(given))
    person = {name: given[name] for name in ("as_json", "step", "yes", "say")}
    return watched(lambda watch: go_on(records.folder, settings, watch=watch), **person)


def flags_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that are settings."""
    flags = {name: value for name, value in given.items() if name not in _MINE and value not in (None, [])}
    if "fleet" in flags:
        flags["fleet"] = [name.strip() for name in flags["fleet"].split(",") if name.strip()]
    return flags


def reporting() -> "Reporter":
    """Return who tells of a run on stderr."""
    from rich.console import Console

    from guild.report import Reporter

    return Reporter(Console(stderr=True, soft_wrap=True, highlight=False))


def watched(
    sitting: Callable[[Any], Any], *, as_json: bool, step: bool = False, yes: bool = False, say: str = ""
) -> int:
    """Hold a sitting under a live view, with a person to be asked where one is there, then print what it reached."""
    from guild.result import told

    with reporting() as report:
        watch = AtTerminal(report, steps=step, yes=yes, say=say)
        result = sitting(watch)
        summed = told(result)
        extra = {name: result.state.get(name) for name in ("verdict", "review", "spent", "drafts")}
        watch.event({"kind": "finished", "name": result.manifest["name"], **summed, **extra})
    if as_json:
        exits.out(json.dumps(summed))
    return exits.of_outcome(summed["outcome"])
