"""Fixtures of pytest that a test uses and does not ask for."""

import ast
from collections.abc import Sequence

from guild.repairs.python.surroundings import is_test, offset
from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.values import Diagnostic

_FIXTURES = frozenset(
    {"caplog", "capfd", "capfdbinary", "capsys", "capsysbinary", "monkeypatch", "recwarn", "request"}
    | {"tmp_path", "tmp_path_factory"}
)


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Name each as a parameter of the test that uses it."""
    try:
        parsed = ast.parse(subject.text)
    except (SyntaxError, ValueError):
        return []
    functions = [node for node in parsed.body if isinstance(node, ast.FunctionDef) and is_test(subject.path)]
    lacking: dict[int, list[str]] = {}
    for found in diagnostics:
        for number, node in enumerate(functions):
            if _lacks(node, found) and found["symbol"] not in lacking.setdefault(number, []):
                lacking[number].append(found["symbol"])
    return [_named(subject.text, functions[number], names) for number, names in lacking.items()]


def _lacks(function: ast.FunctionDef, found: Diagnostic) -> bool:
    """Tell whether a diagnostic says of a test that it knows no such fixture."""
    inside = function.lineno <= found["line"] <= (function.end_lineno or function.lineno)
    wanted = found["code"] == "undefined" and found["symbol"] in _FIXTURES
    return wanted and inside and function.name.startswith("test")


def _named(text: str, function: ast.FunctionDef, names: Sequence[str]) -> Edit:
    start = text.index("(", offset(text, function.lineno, function.col_offset)) + 1
    return start, start, ", ".join([*names, *([""] if text[start:].lstrip()[:1] != ")" else [])])
