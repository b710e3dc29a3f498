"""JavaScript expressions that stand alone in a text."""

import re

from tree_sitter import Node

from guild.syntax.react.tree import Tree, tree

_QUOTED = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)"""
_SPACE = re.compile(rf"{_QUOTED}|\s+", re.S)
_PAD = re.compile(rf"{_QUOTED}|(?<=[(\[{{]) |,? (?=[)\]}}])|,(?=[)\]}}])", re.S)
_LITERALS = {"string", "number", "true", "false", "null", "undefined", "array", "object", "regex"}
_NAMED = {"NaN", "Infinity"}
_MADE = {"Map", "Set", "Date"}
_PLAIN = {"identifier", "member_expression", "call_expression", "subscript_expression"}


def expression(text: str) -> tuple[Tree, Node] | None:
    """Return the one expression that a text is; None where it is no such thing."""
    parsed = tree(f"({text.strip()});")
    statements = parsed.root.named_children
    only = statements[0].named_children[0] if len(statements) == 1 and statements[0].named_children else None
    inner = only.named_children if only is not None and only.type == "parenthesized_expression" else []
    whole = len(inner) == 1 and not parsed.root.has_error and inner[0].type != "sequence_expression"
    return (parsed, inner[0]) if whole and text.strip() else None


def denied(condition: str) -> str:
    """Return the opposite of a condition: a denial taken off, or set before it."""
    condition = condition.strip()
    found = expression(condition)
    if found and found[1].type == "unary_expression" and condition.startswith("!"):
        return condition.removeprefix("!").strip()
    return f"!{condition}" if found and found[1].type in _PLAIN else f"!({condition})"


def is_literal(parsed: Tree, node: Node) -> bool:
    """Tell whether an expression is a value as it is written, whatever surrounds it."""
    if node.type == "unary_expression" and node.named_children and parsed.of(node)[0] in "+-":
        return is_literal(parsed, node.named_children[0])
    if node.type == "template_string":
        return all(part.type != "template_substitution" for part in node.named_children)
    if node.type == "identifier":
        return parsed.of(node) in _NAMED
    if node.type == "new_expression":
        return parsed.of(node.child_by_field_name("constructor")) in _MADE and _holds_literals(parsed, node)
    return node.type in _LITERALS and _holds_literals(parsed, node)


def _holds_literals(parsed: Tree, node: Node) -> bool:
    names = ("property_identifier", "string_fragment", "escape_sequence", "regex_pattern", "regex_flags", "comment")
    for each in node.named_children:
        if each.type in names or each == node.child_by_field_name("constructor"):
            continue
        if each.type in ("pair", "arguments"):
            if not _holds_literals(parsed, each):
                return False
        elif not is_literal(parsed, each):
            return False
    return True


def written(value: str, text: str, old: str) -> str:
    """Return a printed value in place of a literal; nothing where it is none."""
    found = expression(value)
    return value if found and is_literal(*found) else ""


def one_line(text: str) -> str:
    """Return an expression on one line, without the spaces that mean nothing; what stands in quotes stays as it is."""
    flat = _SPACE.sub(lambda found: found[1] or " ", text).strip().rstrip(";")
    return _PAD.sub(lambda found: found[1] or "", flat)
