"""guild maintain, tests, review: work on a project that is there, and leave it as it is unless all is green."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from guild.cli import exits
from guild.cli import options as opt
from guild.cli.building import flags_of, watched
from guild.values import Kind

Project = Annotated[
    Path, typer.Argument(metavar="DIR", help="The project's folder.", show_default=False, file_okay=False, exists=True)
]
Names = Annotated[
    list[str] | None, typer.Argument(help="The functions or files to write tests for; all without.", show_default=False)
]
Files = Annotated[list[str] | None, typer.Argument(help="The files to review; all without.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Work on a folder that git does not hold as it is.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit the change once it is green, in one commit.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(exits.leaving(maintain))
    app.command()(exits.leaving(tests))
    app.command()(exits.leaving(review))


def maintain(
    project: Project,
    request: Annotated[str, typer.Argument(help="What is to be changed, in a sentence or a few.", show_default=False)],
    commit: Commit = False,
    force: Force = False,
    model: opt.Model = None,
    test_model: opt.TestModel = None,
    fix_model: opt.FixModel = None,
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
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Change a project that is there, with a test that shows it; what is not green in the end leaves it as it was.

    A renaming is done without a model. Your own tests are kept: a line of theirs changes only as far as you ask for it,
    and is listed.

    Example: guild maintain . "Rename the method Delete of Store to Remove"
    """
    return _done("maintain", project, locals())


def tests(
    project: Project,
    names: Names = None,
    commit: Commit = False,
    force: Force = False,
    model: opt.Model = None,
    test_model: opt.TestModel = None,
    base_url: opt.BaseUrl = None,
    max_tokens_total: opt.MaxTokens = None,
    max_minutes: opt.MaxMinutes = None,
    candidates: opt.Candidates = None,
    without: opt.Without = None,
    seed: opt.Seed = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Write tests for the functions of a project that no test names: what passes and can fail is kept.

    A test that fails on the code is not handed over; the report says what it wanted, which may be a defect.

    Example: guild tests . Store.List
    """
    return _done("tests", project, {**locals(), "request": " ".join(names or [])})


def review(
    project: Project,
    files: Files = None,
    model: opt.Model = None,
    review_model: opt.ReviewModel = None,
    base_url: opt.BaseUrl = None,
    max_tokens_total: opt.MaxTokens = None,
    max_minutes: opt.MaxMinutes = None,
    without: opt.Without = None,
    seed: opt.Seed = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Report defects of a project, with file and line, and with a test that fails where fresh drafts agree on one.

    Nothing in DIR is changed. The exit code is 1 where a test shows a defect or the project is not green.

    Example: guild review . store.go
    """
    return _done("review", project, {**locals(), "request": " ".join(files or []), "commit": False, "force": True})


def _done(kind: Kind, project: Path, given: Mapping[str, Any]) -> int:
    from guild import settings as setting
    from guild.build import Place, work_on
    from guild.manifest import Errand

    settings = setting.from_environment(flags_of(given))
    place = Place(home=setting.home(), force=given["force"])
    errand = Errand(kind=kind, request=given["request"], commit=given["commit"])
    shown = {"as_json": given["as_json"], "step": given.get("step", False)}
    return watched(lambda watch: work_on(project, errand, settings, place=place, watch=watch), **shown)
