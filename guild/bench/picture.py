"""The picture of a bench: how many rows are green within so many tokens, and within so many seconds."""

from collections.abc import Callable, Sequence
from pathlib import Path

from guild.bench.ledger import Result, tokens
from guild.errors import MachineError

FORMATS = ("svg", "png")
_SIZE = (10, 4)
"""Inches."""


def draw(results: Sequence[Result], folder: Path) -> list[Path]:
    """Draw `green.svg` and `green.png` into a folder; MachineError where the library for it is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MachineError("no picture: it needs matplotlib: pip install 'guild[bench]'") from error
    figure = Figure(figsize=_SIZE, layout="constrained")
    costs: dict[str, Callable[[Result], float]] = {"tokens": tokens, "seconds": lambda result: result["seconds"]}
    for place, (unit, cost) in enumerate(costs.items(), 1):
        axes = figure.add_subplot(1, len(costs), place)
        for name, group in _groups(results).items():
            across, up = steps(group, cost)
            axes.step(across, up, where="post", label=name)
        axes.set_xlabel(f"{unit} spent on a row, at most")
        axes.set_ylabel("rows green")
        axes.set_ylim(bottom=0)
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"green.{suffix}" for suffix in FORMATS]
    for path in paths:
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    return paths


def steps(group: Sequence[Result], cost: Callable[[Result], float]) -> tuple[list[float], list[int]]:
    """Return where the count of green rows rises, and to what; it goes on to the dearest row, green or not."""
    green = sorted(cost(result) for result in group if result["ok"])
    dearest = max((cost(result) for result in group), default=0.0)
    return [0.0, *green, dearest], [0, *range(1, len(green) + 1), len(green)]


def _groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(f"{result['bench']} {result['arm']}, seed {result['seed']}", []).append(result)
    return groups
