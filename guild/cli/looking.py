"""guild check, score, runs, show: look at a Spec, a folder, the runs."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from guild.cli import exits
from guild.cli import options as opt


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(exits.leaving(check))
    app.command()(exits.leaving(score))
    app.command()(exits.leaving(runs))
    app.command()(exits.leaving(show))


def check(
    spec: Annotated[str, typer.Argument(help="A Spec: the path of a YAML file.", show_default=False)],
    as_json: opt.Json = False,
) -> int:
    """Load a Spec, lint it and show its Plan, without a model; findings are warnings.

    Example: guild check specs/numkit.yaml
    """
    from guild.plan import make_plan
    from guild.spec import lint, load_spec
    from guild.toolchains import LANGUAGES

    loaded = load_spec(spec, languages=LANGUAGES)
    plan, _ = make_plan(loaded)
    findings = lint(loaded)
    for finding in findings:
        typer.echo(f"warning: {finding}", err=True)
    if as_json:
        exits.out(json.dumps({"plan": plan, "warnings": findings}))
        return exits.GREEN
    exits.out(f"{plan['name']} ({plan['language']}, {plan['module']})")
    for task in plan["tasks"]:
        extra = [*task["declares"], *task["signatures"], *task["tests"]]
        exits.out(f"  {task['role']:<6} {task['path']}" + (f": {'; '.join(extra)}" if extra else ""))
    if not loaded.files:
        exits.out("  no files are listed: a model plans them when it is built")
    if packages := plan.get("packages"):
        exits.out(f"  packages that may be installed: {', '.join(packages)}")
    oracles = f"{len(plan['expect'])} expected calls, {len(plan['probes'])} probes"
    exits.out(f"  oracles: {oracles}; values stated in prose: {len(plan['stated'])}")
    return exits.GREEN


def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A project's folder.", show_default=False)],
    spec: Annotated[
        str | None, typer.Option(help="The Spec it was built from: its tests and oracles count too.")
    ] = None,
    probe: Annotated[
        list[str] | None, typer.Option(help='A request and its status: \'POST /tasks {"title":"x"} -> 201\'.')
    ] = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Score a project as the toolchain sees it: 3 of 3 for build, vet and test; 4 of 4 where it serves.

    Example: guild score examples/tasks-api --probe 'GET /tasks -> 200'
    """
    from guild import settings as setting
    from guild.scoring import score_folder

    settings = setting.from_environment({"sandbox": sandbox, "unsafe_host": unsafe_host})
    verdict = score_folder(folder, spec=spec, probes=probe or [], sandbox=setting.isolation(settings))
    if as_json:
        exits.out(json.dumps(verdict))
    else:
        _print_verdict(verdict)
    return exits.GREEN if verdict["green"] else exits.NOT_GREEN


def runs(as_json: opt.Json = False) -> int:
    """List the runs, newest first.

    Example: guild runs
    """
    from guild import settings as setting
    from guild.runs import list_runs

    found = list_runs(setting.home())
    if as_json:
        exits.out(json.dumps(found))
        return exits.GREEN
    if not found:
        typer.echo("no runs yet: start one with guild build SPEC", err=True)
    for run in found:
        exits.out(f"{run['run']}  {run['outcome']:<11}  round {run['round']}  {run['out']}")
    return exits.GREEN


def show(
    run: opt.Run = "last",
    number: Annotated[
        int | None, typer.Option("--round", min=0, help="Only this round, with all that was asked and answered.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what each round changed.")] = False,
) -> int:
    """Show what happened in a run: each round, what was asked, answered, said by the toolchain, kept or not.

    Example: guild show last --round 0
    """
    from guild import settings as setting
    from guild.build import history
    from guild.result import change_of
    from guild.runs import find, steps_of
    from guild.story import story

    records = find(setting.home(), run)
    manifest = records.manifest()
    exits.out(f"run {manifest['run']}: {manifest['outcome'] or 'interrupted'}, {manifest['seconds']:.0f} s")
    if "errand" in manifest:
        exits.out(f"{manifest['errand']['kind']} {manifest['out']}: {manifest['errand']['request']}")
    else:
        exits.out(f"spec {manifest['spec_source'] or '(given as text)'}, out {manifest['out']}")
    for line in story(records, number=number, diff=diff):
        exits.out(line)
    if diff and number is None and "errand" in manifest:
        exits.out("the change as a whole:")
        exits.out(change_of(records).rstrip())
    if number is None:
        exits.out("steps:" if "errand" in manifest else "steps, for guild fork RUN --at STEP:")
        for step in steps_of(history(records.folder)):
            exits.out(f"  {step['step']:>3}  after {step['node']:<11} next {', '.join(step['next']) or 'nothing'}")
    return exits.GREEN


def _print_verdict(verdict: dict[str, Any] | Any) -> None:
    reached = verdict["score"]
    exits.out(f"{reached['total']} of {reached['max']}" + ("" if verdict["green"] else f": {verdict['reason']}"))
    for stage in ("parse", "build", "vet", "test", "run"):
        word = {1: "ok", 0: "failed", None: "-"}[reached[stage]]
        exits.out(f"  {stage:<5} {word}")
    exits.out(f"  race  {verdict['race']}")
    for found in verdict["diagnostics"]:
        exits.out(f"{found['path']}:{found['line']}: {found['message']}")
    for test in verdict["hollow"]:
        typer.echo(f"warning: {test} cannot fail", err=True)
