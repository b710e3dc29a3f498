"""What a plain name stands for at a place of a Python function: the expression that it was given last."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tree_sitter import Node

from guild.syntax.python.tree import FUNCTION, Tree, bare, field, walk

LITERALS = frozenset(
    {
        "string",
        "concatenated_string",
        "integer",
        "float",
        "true",
        "false",
        "none",
        "ellipsis",
        "list",
        "tuple",
        "dictionary",
        "set",
    }
)
_SHARED = ("list", "dictionary", "set", "none")
_PLACES = ("identifier", "attribute", "subscript")
_CALLED = ("call", "await")
_QUOTED = r'''("""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')'''
_SPACE = re.compile(rf"{_QUOTED}|\s+", re.S)
_PAD = re.compile(rf"{_QUOTED}|(?<=[(\[{{]) |,? (?=[)\]}}])|,(?=[\]}}])", re.S)
_MOST_DEPTH = 5
_GIVES = {
    "assignment": "left",
    "augmented_assignment": "left",
    "named_expression": "name",
    "for_statement": "left",
    "for_in_clause": "left",
    "as_pattern": "alias",
    FUNCTION: "parameters",
    "lambda": "parameters",
}


class Spelt(NamedTuple):
    """An expression in words that do not hang on the names of the place where it stands."""

    text: str
    own: frozenset[str]
    """Names of the function that are left in it: without them it says all that it asks."""
    read: frozenset[str]
    """Names whose values were put in their place."""


def spelt(parsed: Tree, node: Node, given: Mapping[str, str] | None = None, depth: int = 0) -> Spelt:
    """Spell an expression with what its names were given last, a literal or the result of a call.

    What is `given` to a name, or to another piece of the expression, by a row stands in its place.
    """
    node, result = _definition(parsed, bare(node))
    local, own, read = _declared(parsed, function_around(node)), set[str](), set[str]()
    text, at = b"", node.start_byte
    for each in walk(node):
        if each.start_byte < at or not each.is_named or _is_label(each):
            continue
        name = parsed.of(each)
        words = (given or {}).get(name) if each.type in _PLACES else None
        if words is None and each.type == "identifier" and name in local:
            value, of = _definition(parsed, each)
            plain = not of and is_literal(value) and value.type not in _SHARED
            (read if plain else own).add(name)
            called = value.type in _CALLED and not _is_receiver(each) and depth < _MOST_DEPTH
            words = spelt(parsed, value, given, depth + 1).text + of if plain or called else None
        if words is not None:
            text += parsed.data[at : each.start_byte] + words.encode("utf-8", "surrogatepass")
            at = each.end_byte
    whole = (text + parsed.data[at : node.end_byte]).decode("utf-8", "surrogatepass")
    return Spelt(one_line(whole) + result, frozenset(own), frozenset(read))


def one_line(text: str) -> str:
    """Return an expression on one line; what stands in quotes stays as it is."""
    flat = _SPACE.sub(lambda found: found[1] or " ", text).strip()
    return _PAD.sub(lambda found: found[1] or "", flat)


def literal(parsed: Tree, node: Node) -> Node | None:
    """Return the literal that an expression is, or that its name was given last."""
    node = bare(node)
    if is_literal(node):
        return node
    value, result = _definition(parsed, node)
    return value if not result and is_literal(value) else None


def is_literal(node: Node) -> bool:
    """Tell whether an expression is a literal, a sign before it or not."""
    signed = node.type == "unary_operator" and node.named_children[:1]
    found = node.named_children[0] if signed else node
    return found.type in LITERALS and not any(part.type == "interpolation" for part in walk(found))


def function_around(node: Node) -> Node:
    """Return the function that a node stands in, the outermost; a method where it stands in a class."""
    found = node
    while node.parent is not None:
        node = node.parent
        if node.type == FUNCTION:
            found = node
    return found


def definition(parsed: Tree, node: Node) -> Node:
    """Return what was assigned last to a plain name; another expression itself."""
    value, result = _definition(parsed, bare(node))
    return node if result else value


def _definition(parsed: Tree, node: Node) -> tuple[Node, str]:
    """Return what was assigned last to a plain name, and which of its results the name is."""
    if node.type != "identifier" or parsed.of(node) in _changing(parsed, function_around(node)):
        return node, ""
    for names, values in _given(parsed, node):
        at = names.index(parsed.of(node))
        if len(values) == len(names):
            return bare(values[at]), ""
        return (values[0], f" #{at + 1}") if len(values) == 1 else (node, "")
    return node, ""


def _given(parsed: Tree, node: Node) -> Iterator[tuple[list[str], Sequence[Node]]]:
    """Yield the nearest assignment to a name before it, if that is a plain one."""
    name = parsed.of(node)
    inner, outer = node, node.parent
    while outer is not None and outer.type not in ("module", FUNCTION):
        for statement in reversed([child for child in outer.named_children if child.end_byte <= inner.start_byte]):
            if name in set(_names_given(parsed, statement)):
                plain = statement.named_children[0] if statement.type == "expression_statement" else None
                yield from [_sides(parsed, plain)] if plain is not None and plain.type == "assignment" else []
                return
        inner, outer = outer, outer.parent


def _names_given(parsed: Tree, statement: Node) -> Iterator[str]:
    """Yield the names that a statement sets, wherever in it."""
    for each in walk(statement):
        target = field(each, _GIVES[each.type]) if each.type in _GIVES else None
        if target is not None and target.type == "parameters":
            first = (field(one, "name") or next(iter(one.named_children), one) for one in target.named_children)
            yield from map(parsed.of, first)
        elif target is not None:
            yield from (parsed.of(name) for name in walk(target) if name.type == "identifier")


def _sides(parsed: Tree, assignment: Node) -> tuple[list[str], Sequence[Node]]:
    left, right = field(assignment, "left"), field(assignment, "right")
    several = ("pattern_list", "tuple_pattern", "list_pattern")
    names = left.named_children if left is not None and left.type in several else [left]
    listed = right is not None and right.type in ("expression_list", "tuple") and len(names) > 1
    values = right.named_children if right is not None and listed else [right] if right is not None else []
    return [parsed.of(name) for name in names], values


@lru_cache(maxsize=32)
def _changing(parsed: Tree, around: Node) -> frozenset[str]:
    """Return the names of which the last assignment does not tell the value: they are added to."""
    sums = (each for each in walk(around) if each.type == "augmented_assignment")
    return frozenset(parsed.of(field(each, "left")) for each in sums)


@lru_cache(maxsize=32)
def _declared(parsed: Tree, around: Node) -> frozenset[str]:
    """Return the names that a function declares."""
    return frozenset(_names_given(parsed, around) if around.type == FUNCTION else ())


def _is_label(node: Node) -> bool:
    """Tell whether a name is a parameter's before its value, or a member's behind a dot."""
    above = node.parent
    place = {"keyword_argument": "name", "attribute": "attribute"}.get(above.type) if above is not None else None
    return above is not None and place is not None and field(above, place) == node


def _is_receiver(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "attribute" and field(node.parent, "object") == node
