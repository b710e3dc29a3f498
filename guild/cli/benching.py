"""guild bench: measure what a model reaches alone and inside the loop, and what guild itself costs."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from guild.cli import exits
from guild.cli import options as opt

if TYPE_CHECKING:
    from guild.bench.ledger import Result
    from guild.bench.rows import Bench, Row

bench = typer.Typer(
    help="Measure what a model reaches alone, what it reaches inside the loop, and what each mechanism is worth.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Data = Annotated[Path, typer.Option(help="The rows: a file of JSON Lines.", show_default=False)]
Arms = Annotated[
    str | None,
    typer.Option("--arm", metavar="A,...", help="one-shot, best-of-N, loop, loop-without-MECHANISM; several at once."),
]
Rows = Annotated[str | None, typer.Option(metavar="ID,...", help="Only these rows.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first so many rows.")]
Budget = Annotated[int, typer.Option(min=0, help="Tokens a row of best-of-N; 0 is what the loop spent on it.")]
Folder = Annotated[
    Path | None,
    typer.Option(help="Where results and records go; .guild/bench/NAME where not given.", file_okay=False),
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print the table as Markdown.")]
Results = Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files of results.", show_default=False)]
Specs = Annotated[list[Path], typer.Argument(metavar="FILES...", help="Specs: YAML files.", show_default=False)]
_WIDE = 200
"""Columns where nobody says how many there are: a line is never wrapped for a file."""
_ABOUT = {
    "unit": "Write a function that is asked for; the row's hidden tests decide.",
    "edit": "Change the code that a row holds as it asks; the row's hidden tests decide.",
    "catch": "Write a test that passes on the right function and fails on a wrong one; both are hidden.",
    "review": "Name the fault of a piece of code; hidden keywords decide, loosely and strictly.",
}


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for name, about in _ABOUT.items():
        example = f"Example: guild bench {name} --data rows.jsonl"
        bench.command(name, help=f"{about}\n\n{example}")(exits.leaving(_rows_command(cast("Bench", name))))
    bench.command()(exits.leaving(specs))
    bench.command()(exits.leaving(table))
    bench.command()(exits.leaving(overhead))
    app.add_typer(bench, name="bench")


def _rows_command(name: "Bench") -> Callable[..., int]:
    def command(
        data: Data,
        arm: Arms = None,
        rows: Rows = None,
        limit: Limit = None,
        budget: Budget = 0,
        out: Folder = None,
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
        seed: opt.Seed = None,
        review: opt.Review = None,
        sandbox: opt.Sandbox = None,
        unsafe_host: opt.UnsafeHost = None,
        markdown: Markdown = False,
        as_json: opt.Json = False,
    ) -> int:
        from guild.bench.rows import load_rows

        return _conducted(name, load_rows(name, data), locals())

    return command


def specs(
    files: Specs,
    arm: Arms = None,
    rows: Rows = None,
    limit: Limit = None,
    out: Folder = None,
    model: opt.Model = None,
    test_model: opt.TestModel = None,
    fix_model: opt.FixModel = None,
    review_model: opt.ReviewModel = None,
    base_url: opt.BaseUrl = None,
    max_fix_rounds: opt.MaxFixRounds = None,
    max_tokens_total: opt.MaxTokens = None,
    max_minutes: opt.MaxMinutes = 10.0,
    corpus: opt.Corpus = None,
    shots: opt.Shots = None,
    seed: opt.Seed = None,
    review: opt.Review = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    markdown: Markdown = False,
    as_json: opt.Json = False,
) -> int:
    """Build whole Specs without their oracles; the toolchain decides, and strictly the oracles, in ten minutes each.

    Example: guild bench specs specs/numkit.yaml specs/roman.yaml
    """
    from guild.bench.rows import load_specs

    return _conducted("specs", load_specs(files), locals())


def table(files: Results, markdown: Markdown = False, as_json: opt.Json = False) -> int:
    """Show the table of results that were kept, from one or more files.

    Example: guild bench table .guild/bench/unit/results.jsonl
    """
    from guild.bench.ledger import read_results

    _show(read_results(files), markdown=markdown, as_json=as_json)
    return exits.GREEN


def overhead(
    spec: Annotated[
        str | None, typer.Argument(help="A Spec; a small one with a scripted model where not given.")
    ] = None,
    times: Annotated[int, typer.Option(min=1, help="Repetitions that the medians are of.")] = 5,
    out: Folder = None,
    model: opt.Model = None,
    base_url: opt.BaseUrl = None,
    sandbox: opt.Sandbox = None,
    unsafe_host: opt.UnsafeHost = None,
    as_json: opt.Json = False,
) -> int:
    """Measure what guild costs beside model and toolchain, and a warm check against the same commands by hand.

    Example: guild bench overhead
    """
    from guild import settings as setting
    from guild.bench.overhead import measure, shipped_model, shipped_spec, told

    scripted = spec is None and model is None and base_url is None
    named = shipped_model() if scripted else model
    flags = {"model": named, "base_url": base_url, "sandbox": sandbox, "unsafe_host": unsafe_host}
    folder = out or setting.home() / "bench" / "overhead"
    found = told(measure(spec or shipped_spec(), setting.from_environment(flags), folder.absolute(), times, _say))
    if as_json:
        exits.out(json.dumps(found))
        return exits.GREEN
    exits.out(
        f"a run: {found['run']:.2f} s, of it {found['outside']:.3f} s outside model and toolchain: {found['share']:.1%}"
    )
    exits.out(f"a warm check: {found['check']:.2f} s, by hand {found['by_hand']:.2f} s: {found['ratio']:.2f} times")
    return exits.GREEN


def _conducted(name: "Bench", known: "list[Row]", given: Mapping[str, Any]) -> int:
    """Conduct a bench under the flags that were given, then show its table and picture."""
    from guild import settings as setting
    from guild.bench.arms import parse_arms
    from guild.bench.conduct import Programme, conduct
    from guild.bench.rows import chosen

    settings = setting.from_environment(_flags(given))
    folder: Path = (given["out"] or setting.home() / "bench" / name).absolute()
    programme = Programme(
        bench=name,
        rows=chosen(known, given["rows"], given["limit"]),
        known=known,
        arms=parse_arms(name, given["arm"], settings),
        folder=folder,
        budget=given.get("budget", 0),
    )
    results = conduct(programme, _say)
    _show(results, markdown=given["markdown"], as_json=given["as_json"])
    _draw(results, folder)
    return exits.GREEN


def _flags(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that are settings."""
    from dataclasses import fields

    from guild.settings import Settings

    names = {field.name for field in fields(Settings)}
    return {name: value for name, value in given.items() if name in names and value is not None}


def _show(results: "list[Result]", *, markdown: bool, as_json: bool) -> None:
    from guild.bench import table as tables

    rows = tables.tabulate(results)
    if as_json:
        exits.out(json.dumps({"table": tables.summary(rows), "results": results}))
    elif markdown:
        exits.out(tables.markdown(rows))
    else:
        _print(tables.HEADS, [tables.cells(row) for row in rows])
        if fired := tables.mechanisms(rows):
            _print(tables.MECHANISM_HEADS, fired)
    if note := tables.mixed(results):
        _say(note)


def _print(heads: tuple[str, ...], lines: list[list[str]]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    shown = Table(*heads, box=SIMPLE)
    for line in lines:
        shown.add_row(*line)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    console.print(shown)


def _draw(results: "list[Result]", folder: Path) -> None:
    """Draw the picture, or say in a line why there is none: the figures are what counts."""
    from guild.bench.picture import draw
    from guild.errors import MachineError

    try:
        _say(f"results and records: {folder}; picture: {', '.join(path.name for path in draw(results, folder))}")
    except MachineError as error:
        _say(f"results and records: {folder}; {error}")


def _say(text: str) -> None:
    typer.echo(text, err=True)
