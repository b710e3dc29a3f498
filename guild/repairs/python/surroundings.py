"""What a Python file sees of its project: the modules beside it and what each offers."""

import ast
import re

from guild.repairs.subject import Subject
from guild.syntax import syntax_for

PYTHON = syntax_for("python")
_LINE_END = re.compile(r"\r\n|\r|\n")


def is_test(path: str) -> bool:
    """Tell whether pytest collects a file."""
    return PYTHON.is_test(path)


def modules(subject: Subject) -> dict[str, frozenset[str]]:
    """Return the project's other modules that are no tests, by the name they are imported by, and what they declare."""
    shipped = {path: text for path, text in subject.siblings.items() if path.endswith(".py") and not is_test(path)}
    return {PYTHON.module_name(path): _declared(text) for path, text in shipped.items()}


def own_module(subject: Subject) -> str:
    """Return the name that the file itself is imported by."""
    return PYTHON.module_name(subject.path)


def span(text: str, node: ast.stmt) -> tuple[int, int]:
    """Return where the lines of a statement begin and end; Python ends lines at fewer characters than `splitlines`."""
    starts = _starts(text)
    return starts[node.lineno - 1], starts[min(node.end_lineno or node.lineno, len(starts) - 1)]


def offset(text: str, line: int, column: int) -> int:
    """Return where a place lies, its line counted from one and its column, as `ast` does, in bytes."""
    start = _starts(text)[line - 1]
    return start + len(text[start:].encode()[:column].decode())


def _starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]


def _declared(text: str) -> frozenset[str]:
    return frozenset(found.name for found in PYTHON.parse(text).declarations if found.kind != "method")
