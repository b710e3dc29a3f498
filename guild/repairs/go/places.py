"""Where in a syntax tree the compiler's finger points."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from guild.syntax.go.tree import Tree, field, walk
from guild.values import Diagnostic

STATEMENTS = (
    "expression_statement",
    "assignment_statement",
    "short_var_declaration",
    "var_declaration",
    "return_statement",
    "send_statement",
    "inc_statement",
    "dec_statement",
    "go_statement",
    "defer_statement",
    "if_statement",
    "for_statement",
    "expression_switch_statement",
    "type_switch_statement",
)
FUNCTIONS = ("function_declaration", "method_declaration", "func_literal")


def at(parsed: Tree, found: Diagnostic) -> Iterator[Node]:
    """Yield the nodes that begin where a diagnostic points, the outermost first."""
    place = (found["line"] - 1, found["column"] - 1)
    node: Node | None = parsed.root
    while node is not None:
        if (node.start_point.row, node.start_point.column) == place and node.parent is not None:
            yield node
        node = next((child for child in node.children if _covers(child, place)), None)


def first(parsed: Tree, found: Diagnostic, *kinds: str) -> Node | None:
    """Return the outermost node of these kinds that begins where a diagnostic points."""
    return next((node for node in at(parsed, found) if node.type in kinds), None)


def innermost(parsed: Tree, found: Diagnostic) -> Node:
    """Return the smallest node at the place of a diagnostic."""
    place = (found["line"] - 1, found["column"] - 1)
    node = parsed.root
    while inner := next((child for child in node.children if _covers(child, place)), None):
        node = inner
    return node


def said(parsed: Tree, found: Diagnostic, words: str) -> Node | None:
    """Return the smallest node that a diagnostic quotes: it stands there and reads as the words, spaces aside.

    A comparison may be pointed at by its right side, an index by its bracket.
    """
    pattern = re.escape("".join(words.split())).replace("…", ".*")
    node: Node | None = innermost(parsed, found)
    while node is not None and node.type not in ("statement_list", "source_file"):
        for each in (node, *node.named_children):
            if re.fullmatch(pattern, "".join(parsed.of(each).split()), re.S):
                return each
        node = node.parent
    return None


def above(node: Node, *kinds: str) -> Node | None:
    """Return the nearest node of these kinds that a node stands in, itself included."""
    current: Node | None = node
    while current is not None and current.type not in kinds:
        current = current.parent
    return current


def calls(node: Node) -> Iterator[Node]:
    """Yield the calls in a node."""
    return (each for each in walk(node) if each.type == "call_expression")


def line_span(parsed: Tree, node: Node) -> tuple[int, int]:
    """Return the extent of a node with the blanks before it, and its line's end where it stands there alone."""
    start, end = parsed.span(node)
    before = parsed.text.rfind("\n", 0, start) + 1
    after = parsed.text.find("\n", end)
    stop = len(parsed.text) if after < 0 else after + 1
    alone = not parsed.text[before:start].strip() and not parsed.text[end:stop].strip()
    return (before, stop) if alone else (start, end)


def _covers(node: Node, place: tuple[int, int]) -> bool:
    start, end = node.start_point, node.end_point
    return (start.row, start.column) <= place < (end.row, end.column)


def is_type_argument(node: Node) -> bool:
    """Tell whether a name stands for the type that a generic function is called with; `f[T]` may read as an index."""
    outer = node.parent
    if outer is not None and outer.type == "type_elem":
        return outer.parent is not None and outer.parent.type == "type_arguments"
    if outer is None or outer.type != "index_expression" or field(outer, "index") != node:
        return False
    return outer.parent is not None and field(outer.parent, "function") == outer
