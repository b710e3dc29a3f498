"""Which package of the standard library has a function or type: the packages that programs use most (Go 1.26)."""

from functools import cache
from importlib.resources import files


def owners(member: str) -> list[str]:
    """Return the import paths of the packages that have a member."""
    return [path for path, names in _packages().items() if member in names]


@cache
def _packages() -> dict[str, frozenset[str]]:
    text = files("guild.repairs.go").joinpath("library.txt").read_text("utf-8")
    entries = (entry.partition(":") for entry in text.replace("\n    ", " ").splitlines())
    return {path: frozenset(names.split()) for path, _, names in entries}
