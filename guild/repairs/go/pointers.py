"""Addresses where values are wanted and values where addresses are; pointers to interfaces, which nobody wants."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.messages import Misuse, misuses
from guild.repairs.go.places import above, innermost, said
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_VARIABLES = ("identifier", "selector_expression")
_POINTS = (*_VARIABLES, "call_expression", "index_expression")
_INTERFACE = re.compile(r"type \*(?P<name>[\w.]+) is pointer to interface, not interface")
_PREFIX = (
    r"(?:invalid (?:operation|argument|append): )?(?:cannot (?:index|slice|range over) |.*must be a slice; have )?"
)
_ELEMENTS = re.compile(rf"^{_PREFIX}(?P<what>\S+) \(variable of type \*(?P<type>[^()]+)\)(?: for built-in|:|$)")
_UNFILLED = re.compile(r"^call of (?P<function>\S+) passes non-pointer")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Take an address or follow one where the types ask for it, and write interfaces without a star."""
    parsed = tree(subject.text)
    found = [match["name"] for each in diagnostics if (match := _INTERFACE.search(each["message"]))]
    edits = list(_starless(parsed, set(found)))
    for misuse in misuses(parsed, diagnostics):
        edits += _changed(parsed, misuse)
    for each in diagnostics:
        if match := _ELEMENTS.match(each["message"]):
            edits += _followed(parsed, said(parsed, each, match["what"]))
        elif match := _UNFILLED.match(each["message"]):
            edits += _filled(parsed, innermost(parsed, each))
    return edits


def _starless(parsed: Tree, names: set[str]) -> Iterator[Edit]:
    for node in walk(parsed.root):
        if node.type == "pointer_type" and parsed.of(node).lstrip("*") in names:
            yield *parsed.span(node), parsed.of(node).lstrip("*")


def _changed(parsed: Tree, found: Misuse) -> Iterator[Edit]:
    node, text = found.node, parsed.of(found.node)
    if found.wanted == f"*{found.has}":
        yield from _addressed(parsed, node, found.where)
    elif "pointer receiver" in found.why and node.type in (*_VARIABLES, "composite_literal"):
        yield *parsed.span(node), f"&{text}"
    elif found.has == f"*{found.wanted}" and node.type == "unary_expression" and text.startswith("&"):
        yield *parsed.span(node), text.removeprefix("&").lstrip()
    elif found.has == f"*{found.wanted}" and node.type in _POINTS and "pointer to interface" not in found.why:
        yield *parsed.span(node), f"*{text}"


def _addressed(parsed: Tree, node: Node, where: str) -> Iterator[Edit]:
    """Take the address of what has one; what has none is assigned to where the pointer points."""
    statement = above(node, "assignment_statement")
    left = field(statement, "left") if statement is not None else None
    if node.type in (*_VARIABLES, "composite_literal"):
        yield *parsed.span(node), f"&{parsed.of(node)}"
    elif where == "assignment" and left is not None and [each.type for each in left.named_children] == ["identifier"]:
        yield *parsed.span(left), f"*{parsed.of(left)}"


def _followed(parsed: Tree, node: Node | None) -> Iterator[Edit]:
    """Follow a pointer to the elements behind it."""
    if node is not None and node.parent is not None:
        binds_tighter = node.parent.type in ("index_expression", "slice_expression")
        yield *parsed.span(node), f"(*{parsed.of(node)})" if binds_tighter else f"*{parsed.of(node)}"


def _filled(parsed: Tree, node: Node) -> Iterator[Edit]:
    """Give a decoder the address of the variable that it is to fill."""
    call = above(node, "call_expression")
    arguments = field(call, "arguments") if call is not None else None
    last = arguments.named_children[-1] if arguments is not None and arguments.named_children else None
    if last is not None and last.type in _VARIABLES:
        yield *parsed.span(last), f"&{parsed.of(last)}"
