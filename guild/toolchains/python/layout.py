"""Which modules a Python project has, read from the names of its files."""

import ast
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import basename, dirname

from guild.syntax import syntax_of

_SUPPORT = "conftest.py"
_MAINS = ("main.py", "__main__.py")
_LEFT_OUT = ("__pycache__", "venv")


@dataclass(frozen=True)
class Module:
    """One file: the name that imports it (empty: none can), the folder that must be on the path for that, its part."""

    path: str
    name: str
    folder: str
    test: bool

    @property
    def main(self) -> bool:
        """Whether the file is a program's start, which may leave or go on for ever."""
        return basename(self.path) in _MAINS


def modules(files: Mapping[str, str]) -> list[Module]:
    """Return the modules of a project, those that ship first."""
    paths = [path for path in sorted(files) if path.endswith(".py") and not _left_out(path)]
    return sorted((_module(path, files) for path in paths), key=lambda each: each.test)


def shipped(files: Mapping[str, str]) -> list[Module]:
    """Return the modules that are not there for tests alone."""
    return [each for each in modules(files) if not each.test]


def is_test(path: str) -> bool:
    """Say whether a file is there for tests alone."""
    return syntax_of(path).is_test(path) or basename(path) == _SUPPORT


@lru_cache(maxsize=256)
def tree_of(text: str) -> ast.Module:
    """Return the tree of a text; an empty one where it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _left_out(path: str) -> bool:
    """Say whether a file lies where no module is looked for."""
    return any(part.startswith(".") or part in _LEFT_OUT for part in dirname(path).split("/"))


def _module(path: str, files: Mapping[str, str]) -> Module:
    test = is_test(path)
    folder = dirname(path)
    if test and f"{folder}/__init__.py" not in files:
        # The test runner puts such a folder on the path.
        return Module(path, _dotted(basename(path)), folder, test)
    inside = path.removeprefix("src/") if "src/__init__.py" not in files else path
    return Module(path, _dotted(inside), "", test)


def _dotted(path: str) -> str:
    parts = path.removesuffix(".py").split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else ""
