"""List the public names of a module of the standard library, functions and classes with their signatures.

Asked: `{"module"}`; told: `{"names": [...]}`.
"""

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from .stage import Caught, prepared


def main() -> None:
    """Do what stdin asks for."""
    asked, tell = prepared()
    caught = Caught()
    with caught:
        tell({"names": list(_names(import_module(asked["module"])))})


def _names(module: ModuleType) -> Iterator[str]:
    listed: list[str] = list(getattr(module, "__all__", ())) or [name for name in dir(module) if name[0] != "_"]
    for name in sorted(listed):
        value = getattr(module, name, None)
        if not isinstance(value, ModuleType):
            yield f"{name}{_signature(value)}" if callable(value) else name


def _signature(value: object) -> str:
    try:
        return str(inspect.signature(value)) if callable(value) else ""
    except (ValueError, TypeError):
        return "(...)"


if __name__ == "__main__":
    main()
