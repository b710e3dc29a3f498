"""Errors that are declared in an inner block and looked at behind it."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.places import FUNCTIONS, above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Declare such an error where its function begins, and assign to it where it was declared."""
    parsed = tree(subject.text)
    edits: dict[Edit, None] = {}
    for found in diagnostics:
        if found["code"] == "undefined" and found["symbol"].lower().endswith("err"):
            edits |= dict.fromkeys(_hoisted(parsed, innermost(parsed, found), found["symbol"]))
    return list(edits)


def _hoisted(parsed: Tree, name: Node, symbol: str) -> Iterator[Edit]:
    function = above(name, *FUNCTIONS)
    body = field(function, "body") if function is not None else None
    inner = [each for each in walk(body) if _declares(parsed, each, symbol)] if body is not None else []
    before = [each for each in inner if each.end_byte < name.start_byte and above(each, *FUNCTIONS) == function]
    if body is None or not before:
        return
    start = parsed.char(body.start_byte) + 1
    yield start, start, f"\nvar {symbol} error\n"
    for declaration in before:
        sign = next(child for child in declaration.children if child.type == ":=")
        yield *parsed.span(sign), "="


def _declares(parsed: Tree, node: Node, symbol: str) -> bool:
    """Tell whether a node declares a name, and nothing beside it."""
    return node.type == "short_var_declaration" and parsed.of(field(node, "left")) == symbol
