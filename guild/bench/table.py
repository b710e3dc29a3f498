"""The table of a bench: per arm and seed what is green, at which cost; per mechanism how often it fired and helped."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

from guild.bench.ledger import Result, tokens

_Z = 1.96
"""Of a normal distribution, 95 % lie within so many deviations."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one arm reached on a bench under one seed."""

    bench: str
    language: str
    arm: str
    seed: int
    rows: int
    green: int
    strict: int | None
    """Of reviews: those that hold strictly."""
    low: float
    """The share that is green lies between these two with a confidence of 95 %, by Wilson."""
    high: float
    tokens_per_row: float
    seconds_per_row: float
    tokens_per_green: float | None
    seconds_per_green: float | None
    model_seconds: float
    toolchain_seconds: float
    rest_seconds: float
    mechanisms: dict[str, tuple[int, int]]
    """name -> how often it fired, how often it helped."""


def tabulate(results: Iterable[Result]) -> list[Line]:
    """Sum results up, one line a bench, language, arm and seed, in the order of their first results."""
    groups: dict[tuple[str, str, str, int], list[Result]] = {}
    for result in results:
        place = result["bench"], result.get("language", "go"), result["arm"], result["seed"]
        groups.setdefault(place, []).append(result)
    return [_row(place, group) for place, group in groups.items()]


def wilson(green: int, rows: int) -> tuple[float, float]:
    """Return the interval in which a share lies with a confidence of 95 %."""
    if not rows:
        return 0.0, 1.0
    share, z2 = green / rows, _Z * _Z
    middle = share + z2 / (2 * rows)
    spread = _Z * sqrt(share * (1 - share) / rows + z2 / (4 * rows * rows))
    return max(0.0, (middle - spread) / (1 + z2 / rows)), min(1.0, (middle + spread) / (1 + z2 / rows))


def mixed(results: Sequence[Result]) -> str:
    """Say that results come from more than one version of code, prompts, model or toolchain; else nothing."""
    said: dict[str, set[str]] = {}
    for name, version in (pair for result in results for pair in result["versions"].items()):
        said.setdefault(name, set()).add(version)
    differing = sorted(name for name, versions in said.items() if len(versions) > 1 and name != "platform")
    return f"these results differ in {', '.join(differing)}: they do not compare" if differing else ""


HEADS = (
    "bench",
    "language",
    "arm",
    "seed",
    "green",
    "share, 95 %",
    "tokens/row",
    "s/row",
    "tokens/green",
    "s/green",
    "m/t/rest s",
)


def cells(row: Line) -> list[str]:
    """Return a line of the table as texts, one a head; the last is seconds of model, toolchain and rest a row."""
    strict = "" if row.strict is None else f" (strict {row.strict})"
    spent = (row.model_seconds, row.toolchain_seconds, row.rest_seconds)
    return [
        row.bench,
        row.language,
        row.arm,
        str(row.seed),
        f"{row.green} of {row.rows}{strict}",
        f"{row.green / row.rows:.0%} ({row.low:.0%} to {row.high:.0%})",
        f"{row.tokens_per_row:,.0f}",
        f"{row.seconds_per_row:.1f}",
        "-" if row.tokens_per_green is None else f"{row.tokens_per_green:,.0f}",
        "-" if row.seconds_per_green is None else f"{row.seconds_per_green:.1f}",
        " / ".join(f"{seconds / row.rows:.1f}" for seconds in spent),
    ]


def mechanisms(rows: Sequence[Line]) -> list[list[str]]:
    """Return what fired, the most frequent first: bench, language, arm, seed, mechanism, fired, helped."""
    told: list[list[str]] = []
    for row in rows:
        for name, (fired, helped) in sorted(row.mechanisms.items(), key=lambda entry: (-entry[1][0], entry[0])):
            told.append([row.bench, row.language, row.arm, str(row.seed), name, str(fired), str(helped)])
    return told


MECHANISM_HEADS = (
    *("bench", "language", "arm", "seed", "green", "share, 95 %"),
    *("tokens/row", "s/row", "tokens/green", "s/green", "m/t/rest s"),
)


def markdown(rows: Sequence[Line]) -> str:
    """Return both tables as Markdown."""
    tables = [_markdown(HEADS, [cells(row) for row in rows])]
    if fired := mechanisms(rows):
        tables.append(_markdown(MECHANISM_HEADS, fired))
    return "\n".join(tables)


def summary(rows: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the table as JSON can say it."""
    return [asdict(row) for row in rows]


def _row(place: tuple[str, str, str, int], group: Sequence[Result]) -> Line:
    bench, language, arm, seed = place
    count, green = len(group), sum(result["ok"] for result in group)
    low, high = wilson(green, count)
    spent, seconds = sum(map(tokens, group)), sum(result["seconds"] for result in group)
    strict = [result["strict"] for result in group if result["strict"] is not None]
    return Line(
        bench=bench,
        language=language,
        arm=arm,
        seed=seed,
        rows=count,
        green=green,
        strict=sum(strict) if strict else None,
        low=low,
        high=high,
        tokens_per_row=spent / count,
        seconds_per_row=seconds / count,
        tokens_per_green=spent / green if green else None,
        seconds_per_green=seconds / green if green else None,
        model_seconds=sum(result["model_seconds"] for result in group),
        toolchain_seconds=sum(result["toolchain_seconds"] for result in group),
        rest_seconds=sum(result["rest_seconds"] for result in group),
        mechanisms=_mechanisms(group),
    )


def _mechanisms(group: Sequence[Result]) -> dict[str, tuple[int, int]]:
    fired, helped = Counter[str](), Counter[str]()
    for result in group:
        fired.update(result["fired"])
        helped.update(result["helped"])
    return {name: (fired[name], helped[name]) for name in {**fired, **helped}}


def _markdown(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    ruled = [heads, ["---"] * len(heads), *lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in ruled)
