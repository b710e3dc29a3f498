"""guild turns a specification into a working, tested project: models propose, the real toolchain disposes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guild.embedding import as_tool, build_project
    from guild.errors import GuildError
    from guild.settings import Settings

__all__ = ["GuildError", "Settings", "as_tool", "build_project"]

_HOMES = {
    "GuildError": "guild.errors",
    "Settings": "guild.settings",
    "as_tool": "guild.embedding",
    "build_project": "guild.embedding",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that `import guild` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'guild' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
