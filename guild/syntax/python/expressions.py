"""Python expressions that stand alone in a text, read by Python's own parser."""

import ast

_PLAIN = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)


def expression(text: str) -> ast.expr | None:
    """Return the one expression that a text is; None where it is no such thing."""
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def denied(condition: str) -> str:
    """Return the opposite of a condition: a denial taken off, or set before it."""
    condition = condition.strip()
    found = expression(condition)
    if isinstance(found, ast.UnaryOp) and isinstance(found.op, ast.Not):
        return condition.removeprefix("not").strip()
    return f"not {condition}" if isinstance(found, _PLAIN) else f"not ({condition})"
