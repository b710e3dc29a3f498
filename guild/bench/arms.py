"""The arms of a bench: who writes the answer, under which Settings."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from guild import settings as setting
from guild.bench.rows import Bench
from guild.errors import UserError
from guild.settings import Settings

ONE_SHOT, BEST, LOOP = "one-shot", "best-of-N", "loop"
WITHOUT = "loop-without-"
_RANKS = {ONE_SHOT: 0, LOOP: 1, BEST: 3}
"""The order to run in: best-of-N gets the tokens that the loop has spent."""


def parse_arms(bench: Bench, text: str | None, settings: Settings) -> dict[str, Settings]:
    """Return the arms that a user wants, in the order to run them, each with its Settings."""
    names = [name.strip() for name in (text or default_arm(bench)).split(",") if name.strip()]
    for name in names:
        if not _is_arm(bench, name):
            raise UserError(f"no arm {name!r} of bench {bench}: there are {', '.join(_known(bench))}")
    ordered = sorted(dict.fromkeys(names), key=lambda name: _RANKS.get(name, 2))
    return {name: _settings_of(name, settings) for name in ordered}


def default_arm(bench: Bench) -> str:
    """Return the arm that is run where none is named."""
    return ONE_SHOT if bench == "review" else LOOP


def _known(bench: Bench) -> Sequence[str]:
    if bench == "review":
        return [ONE_SHOT]
    loops = [LOOP, f"{WITHOUT}MECHANISM"]
    return loops if bench == "specs" else [ONE_SHOT, BEST, *loops]


def _is_arm(bench: Bench, name: str) -> bool:
    return name in _known(bench) or (bench != "review" and name.startswith(WITHOUT) and name != WITHOUT)


def _settings_of(arm: str, settings: Settings) -> Settings:
    """Return the Settings of an arm; a mechanism is a switch of the Settings, or one that `without` knows."""
    mechanism = arm.removeprefix(WITHOUT) if arm.startswith(WITHOUT) else ""
    if not mechanism:
        return settings
    if getattr(settings, mechanism, None) is True:
        return replace(settings, **{mechanism: False})
    stored = asdict(settings)
    return setting.changed(stored, {"without": [*stored.get("without", ()), mechanism]})
