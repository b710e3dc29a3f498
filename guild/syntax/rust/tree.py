"""A parsed Rust text and the few questions that every reader of it asks."""

from functools import lru_cache

import tree_sitter_rust
from tree_sitter import Language, Node

from guild.syntax.tree import Tree, field, parsed_as, walk

__all__ = [
    "FUNCTION",
    "IMPL",
    "Tree",
    "attributes",
    "bare",
    "comments",
    "field",
    "is_public",
    "members",
    "name_of",
    "piece",
    "tree",
    "walk",
]

_LANGUAGE = Language(tree_sitter_rust.language())

FUNCTION = "function_item"
IMPL = "impl_item"
_COMMENTS = ("line_comment", "block_comment")
_AROUND = ("fn _() { let _ = ", "; }")


@lru_cache(maxsize=512)
def tree(text: str) -> Tree:
    """Parse a text; a broken one gives a tree with ERROR nodes."""
    return parsed_as(_LANGUAGE, text)


def piece(expression: str) -> tuple[Tree, Node] | None:
    """Parse an expression that stands alone, such as an argument of a macro; None where it is none."""
    before, after = _AROUND
    parsed = tree(f"{before}{expression}{after}")
    binding = next((node for node in walk(parsed.root) if node.type == "let_declaration"), None)
    value = field(binding, "value") if binding is not None else None
    whole = value is not None and not parsed.root.has_error and parsed.of(value) == expression.strip()
    return (parsed, value) if whole and value is not None else None


def name_of(parsed: Tree, node: Node) -> str:
    """Return the name that an item declares."""
    return parsed.of(field(node, "name"))


def is_public(node: Node) -> bool:
    """Tell whether an item, or a member, is there for others."""
    return any(child.type == "visibility_modifier" for child in node.children)


def members(node: Node) -> list[Node]:
    """Return what stands in the body of an impl, a trait or a module."""
    body = field(node, "body")
    return body.named_children if body is not None else []


def attributes(node: Node) -> list[Node]:
    """Return the attributes and comments right above an item, the first one first; a module's own are none of them."""
    found: list[Node] = []
    above, row = node.prev_named_sibling, node.start_point.row
    while above is not None and _belongs(above, row):
        found.append(above)
        above, row = above.prev_named_sibling, above.start_point.row
    return found[::-1]


def comments(nodes: list[Node]) -> list[Node]:
    """Return those nodes that are comments."""
    return [node for node in nodes if node.type in _COMMENTS]


def bare(node: Node) -> Node:
    """Return an expression without the parentheses around it."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    return node


def _belongs(above: Node, row: int) -> bool:
    """Tell whether an attribute or a comment speaks of what begins in a row."""
    if above.type == "attribute_item":
        return True
    last = above.end_point.row - (above.end_point.column == 0)
    own = above.prev_named_sibling is None or above.prev_named_sibling.end_point.row < above.start_point.row
    trails = above.prev_named_sibling is not None and above.prev_named_sibling.end_point == (above.start_point.row, 0)
    inner = any(child.type == "inner_doc_comment_marker" for child in above.children)
    return above.type in _COMMENTS and last + 1 == row and (own or trails) and not inner
