"""Comparisons that Go has no operator for: of slices, maps and what holds them, and of a negated value."""

import re
from collections.abc import Iterator, Sequence

from guild.repairs.go.places import innermost, said
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic

_INCOMPARABLE = re.compile(
    r"^invalid operation: (?P<what>.+) "
    r"\((?:(?:slice|map) can only be compared to nil|\w+ containing .+ cannot be compared)"
)
_NEGATED = re.compile(r"^invalid operation: operator ! not defined on .+ \((?P<kind>.+)\)$")
_OPPOSITE = {"==": "!=", "!=": "=="}


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Compare deeply where `==` cannot, write `x != y` for `!x == y`, and `err != nil` for an error's `!err`."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        if match := _INCOMPARABLE.match(found["message"]):
            edits += _deep(parsed, found, match["what"])
        elif match := _NEGATED.match(found["message"]):
            edits += _opposite(parsed, found, is_error=match["kind"].endswith(" error"))
    return edits


def _deep(parsed: Tree, found: Diagnostic, what: str) -> Iterator[Edit]:
    node = said(parsed, found, what)
    operator = parsed.of(field(node, "operator")) if node is not None else ""
    if node is not None and operator in _OPPOSITE:
        left, right = parsed.of(field(node, "left")), parsed.of(field(node, "right"))
        yield *parsed.span(node), f"{'!' if operator == '!=' else ''}reflect.DeepEqual({left}, {right})"


def _opposite(parsed: Tree, found: Diagnostic, *, is_error: bool) -> Iterator[Edit]:
    node = innermost(parsed, found)
    while node.parent is not None and not (node.type == "unary_expression" and parsed.of(node).startswith("!")):
        node = node.parent
    outer, operand = node.parent, field(node, "operand")
    new = _OPPOSITE.get(parsed.of(field(outer, "operator"))) if outer is not None else None
    if outer is None or operand is None:
        return
    if new and field(outer, "left") == node:
        yield *parsed.span(outer), f"{parsed.of(operand)} {new} {parsed.of(field(outer, 'right'))}"
    elif is_error and operand.type == "identifier" and not new:
        yield *parsed.span(node), f"{parsed.of(operand)} != nil"
