"""Comparisons of a test that nobody asked about: a statement `CALL == VALUE`, which checks nothing as it stands."""

import ast

from guild.repairs.python.surroundings import is_test, offset
from guild.repairs.subject import Subject
from guild.syntax import edited


def apply(subject: Subject) -> str:
    """Write `assert` before each comparison of a test that stands alone, but for where an exception is awaited."""
    if not is_test(subject.path):
        return subject.text
    try:
        parsed = ast.parse(subject.text)
    except (SyntaxError, ValueError):
        return subject.text
    awaited = {id(inner) for node in ast.walk(parsed) if isinstance(node, ast.With) for inner in ast.walk(node)}
    stated = [node for node in ast.walk(parsed) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare)]
    places = [offset(subject.text, node.lineno, node.col_offset) for node in stated if id(node) not in awaited]
    return edited(subject.text, [(place, place, "assert ") for place in places])
