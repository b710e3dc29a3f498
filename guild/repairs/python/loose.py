"""Statements that run when a module is imported, and only show something: the usual end of a model's answer."""

import ast

from guild.repairs.python.surroundings import is_test, span
from guild.repairs.subject import Subject
from guild.spec.languages import paths_of
from guild.syntax import edited

_STARTS = paths_of("python").main


def apply(subject: Subject) -> str:
    """Drop what is printed at the top level, and from a test what would run it by itself."""
    try:
        parsed = ast.parse(subject.text)
    except (SyntaxError, ValueError):
        return subject.text
    if subject.path.endswith(_STARTS):
        return subject.text
    gone = [node for node in parsed.body if _is_loose(node) or (is_test(subject.path) and _is_start(node))]
    return edited(subject.text, [(*span(subject.text, node), "") for node in gone])


def _is_loose(node: ast.stmt) -> bool:
    """Tell whether a statement prints, and does nothing else."""
    called = node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "print"


def _is_start(node: ast.stmt) -> bool:
    """Tell whether a statement is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and "__name__" in {
        each.id for each in ast.walk(node.test) if isinstance(each, ast.Name)
    }
