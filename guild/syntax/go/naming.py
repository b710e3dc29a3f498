"""What a plain name stands for at a place of a Go function: the expression that it was given last."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tree_sitter import Node

from guild.syntax.go.tree import Tree, field, walk

LITERALS = frozenset(
    {
        "interpreted_string_literal",
        "raw_string_literal",
        "int_literal",
        "float_literal",
        "rune_literal",
        "true",
        "false",
        "nil",
        "composite_literal",
    }
)
_SHARED = ("composite_literal", "nil")
_SPACE = re.compile(r'("(?:\\.|[^"\\])*"|`[^`]*`|\'(?:\\.|[^\'\\])*\')|\s+')
_DECLARED = {
    "short_var_declaration": "left",
    "range_clause": "left",
    "var_spec": "name",
    "const_spec": "name",
    "parameter_declaration": "name",
}


class Spelt(NamedTuple):
    """An expression in words that do not hang on the names of the place where it stands."""

    text: str
    own: frozenset[str]
    """Names of the function that are left in it: without them it says all that it asks."""
    read: frozenset[str]
    """Names whose values were put in their place."""


def spelt(parsed: Tree, node: Node) -> Spelt:
    """Spell an expression with what its names were given last, a literal or the result of a call."""
    node, result = _definition(parsed, node)
    local, own, read = _declared(parsed, node), set[str](), set[str]()
    text, at = b"", node.start_byte
    for each in walk(node):
        name = parsed.of(each) if each.type == "identifier" else ""
        if name not in local:
            continue
        value, of = (each, "") if _is_key(each) else _definition(parsed, each)
        plain = not of and _is_literal(value) and value.type not in _SHARED
        (read if plain else own).add(name)
        if plain or (value.type == "call_expression" and not _is_receiver(each)):
            text += parsed.data[at : each.start_byte] + parsed.of(value).encode("utf-8", "surrogatepass")
            text += of.encode()
            at = each.end_byte
    whole = (text + parsed.data[at : node.end_byte]).decode("utf-8", "surrogatepass")
    return Spelt(one_line(whole) + result, frozenset(own), frozenset(read))


def one_line(text: str) -> str:
    """Return an expression on one line; what stands in quotes stays as it is."""
    return _SPACE.sub(lambda found: found[1] or " ", text).strip()


def literal(parsed: Tree, node: Node) -> Node | None:
    """Return the literal that an expression is, or that its name was given last."""
    if _is_literal(node):
        return node
    value, result = _definition(parsed, node)
    return value if not result and _is_literal(value) else None


def _definition(parsed: Tree, node: Node) -> tuple[Node, str]:
    """Return what was assigned last to a plain name, and which of its results the name is."""
    steady = node.type == "identifier" and parsed.of(node) not in _changing(parsed, node)
    for names, values in _assignments(node) if steady else ():
        texts = [parsed.of(name) for name in names]
        if parsed.of(node) in texts and values:
            at = texts.index(parsed.of(node))
            single = len(values) == len(names)
            return values[at if single else 0], "" if single else f" #{at + 1}"
    return node, ""


def _changing(parsed: Tree, node: Node) -> set[str]:
    """Return the names of which the last assignment does not tell the value: counted up, added to, pointed at."""
    return {
        parsed.of(each.named_children[0])
        for each in walk(_around(node))
        if each.type in ("inc_statement", "dec_statement")
        or (each.type == "assignment_statement" and parsed.of(field(each, "operator")) != "=")
        or (each.type == "unary_expression" and parsed.of(field(each, "operator")) == "&")
    }


def _around(node: Node) -> Node:
    """Return the function that a node stands in."""
    while node.parent is not None and node.parent.type != "source_file":
        node = node.parent
    return node


def _declared(parsed: Tree, node: Node) -> set[str]:
    """Return the names that the function around a node declares."""
    places = [
        place
        for each in walk(_around(node))
        if each.type in _DECLARED
        for place in each.children_by_field_name(_DECLARED[each.type])
    ]
    return {parsed.of(each) for place in places for each in walk(place) if each.type == "identifier"}


def _is_key(node: Node) -> bool:
    """Tell whether a name stands before a colon, where it may be a field's."""
    outer = node.parent.parent if node.parent and node.parent.type == "literal_element" else None
    return outer is not None and outer.type == "keyed_element" and outer.named_children[0] == node.parent


def _is_receiver(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "selector_expression"


def _is_literal(node: Node) -> bool:
    signed = node.type == "unary_expression" and node.named_children[:1]
    return (node.named_children[0] if signed else node).type in LITERALS


def _assignments(node: Node) -> Iterator[tuple[Sequence[Node], Sequence[Node]]]:
    """Yield the assignments before a node that it can see, the nearest first."""
    inner, outer = node, node.parent
    while outer is not None and outer.type != "source_file":
        initial = field(outer, "initializer")
        before = [initial] if initial and initial != inner else []
        before += [child for child in outer.named_children if child.end_byte <= inner.start_byte]
        for statement in reversed(before):
            left, right = field(statement, "left"), field(statement, "right")
            if statement.type in ("short_var_declaration", "assignment_statement") and left and right:
                yield left.named_children, right.named_children
        inner, outer = outer, outer.parent
