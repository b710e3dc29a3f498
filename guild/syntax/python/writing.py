"""A value that a Python program printed, as it is to be written at a place of a Python text."""

import ast
import builtins

from guild.syntax.python.expressions import expression
from guild.syntax.python.source import parse

_LITERAL = (
    *(ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.USub, ast.Load),
    *(ast.Call, ast.Name, ast.keyword, ast.Attribute),
)
_EXCEPTIONS = {name for name, found in vars(builtins).items() if isinstance(found, type) and name[0].isupper()}
_MAKERS = {"set", "frozenset", "bytearray", "range", "complex"}


def written(value: str, text: str, old: str) -> str:
    """Return a value, as its `repr`, in place of a literal of a file; nothing where it cannot be written there.

    An exception stands in the place of an exception alone.
    """
    found, before = expression(value), expression(old)
    if found is None or not all(isinstance(node, _LITERAL) for node in ast.walk(found)):
        return ""
    known = _known(text)
    if isinstance(found, ast.Name) or isinstance(before, ast.Name):
        both = isinstance(found, ast.Name) and isinstance(before, ast.Name)
        return value if both and value in known | _EXCEPTIONS else ""
    calls = [node for node in ast.walk(found) if isinstance(node, ast.Call)]
    named = {node.id for node in ast.walk(found) if isinstance(node, ast.Name)}
    heads = {node for call in calls for node in ast.walk(call.func)}
    loose = [node for node in ast.walk(found) if isinstance(node, ast.Name | ast.Attribute) and node not in heads]
    return value if not loose and named <= known | _MAKERS else ""


def _known(text: str) -> set[str]:
    """Return the names that a file declares or imports."""
    source = parse(text)
    imported = {found.alias or found.path.partition(".")[0] for found in source.imports}
    return imported | {found.name for found in source.declarations}
