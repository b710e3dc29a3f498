"""Where in a file a diagnostic points, as nodes of its tree."""

from collections.abc import Iterator

from tree_sitter import Node

from guild.syntax.rust.tree import Tree, walk
from guild.values import Diagnostic

_SIMPLE = ("identifier", "call_expression", "field_expression", "index_expression", "parenthesized_expression")
_LITERAL = ("integer_literal", "float_literal")


def nodes_at(parsed: Tree, found: Diagnostic) -> Iterator[Node]:
    """Yield the nodes that begin where a diagnostic points, the widest first."""
    for node in walk(parsed.root):
        row, column = node.start_point
        if row + 1 == found["line"] and column <= 4 * found["column"]:
            start = parsed.data[node.start_byte - column : node.start_byte].decode(errors="replace")
            if len(start) + 1 == found["column"]:
                yield node


def expression_at(parsed: Tree, found: Diagnostic) -> Node | None:
    """Return the widest expression that begins where a diagnostic points."""
    own = (node for node in nodes_at(parsed, found) if node.type.endswith(("_expression", "_literal", "identifier")))
    return next((node for node in own if "block" not in node.type), None)


def is_simple(node: Node) -> bool:
    """Tell whether what stands behind an expression holds for all of it."""
    return node.type in (*_SIMPLE, *_LITERAL)
