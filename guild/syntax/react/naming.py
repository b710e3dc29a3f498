"""What a plain name stands for at a place of a test: the expression that it was given."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tree_sitter import Node

from guild.syntax.react.expressions import is_literal, one_line
from guild.syntax.react.tree import Tree, bare, bound_names, field, function_around, walk

_SHARED = ("array", "object", "new_expression")
_CALLED = ("call_expression", "await_expression")
_PLACES = ("identifier", "member_expression", "subscript_expression", "shorthand_property_identifier")
_CHANGES = ("assignment_expression", "augmented_assignment_expression", "update_expression")
_MOST_DEPTH = 5


class Spelt(NamedTuple):
    """An expression in words that do not hang on the names of the place where it stands."""

    text: str
    own: frozenset[str]
    """Names of the test that are left in it: without them it says all that it asks."""
    read: frozenset[str]
    """Names whose values were put in their place."""


def spelt(parsed: Tree, node: Node, given: Mapping[str, str] | None = None, depth: int = 0) -> Spelt:
    """Spell an expression with what its names were given, a literal or the result of a call.

    What is `given` to a name, or to another piece of the expression, by a row stands in its place.
    """
    node = definition(parsed, bare(node))
    local, own, read = _local(parsed, outermost(node)), set[str](), set[str]()
    text, at = b"", node.start_byte
    for each in walk(node):
        if each.start_byte < at or each.type not in _PLACES:
            continue
        name = parsed.of(each)
        words = (given or {}).get(name)
        if words is None and each.type == "identifier" and name in local:
            value = definition(parsed, each)
            plain = is_literal(parsed, value) and value.type not in _SHARED
            (read if plain else own).add(name)
            follows = plain or (value.type in _CALLED and not _is_receiver(each))
            words = spelt(parsed, value, given, depth + 1).text if follows and depth < _MOST_DEPTH else None
        if words is not None:
            text += parsed.data[at : each.start_byte] + words.encode("utf-8", "surrogatepass")
            at = each.end_byte
    whole = (text + parsed.data[at : node.end_byte]).decode("utf-8", "surrogatepass")
    return Spelt(one_line(whole), frozenset(own), frozenset(read))


def literal(parsed: Tree, node: Node) -> Node | None:
    """Return the literal that an expression is, or that its name was given."""
    found = definition(parsed, bare(node))
    return found if is_literal(parsed, found) else None


def definition(parsed: Tree, node: Node) -> Node:
    """Return what a plain name was given where that is sure: once, before it; another expression itself."""
    if node.type != "identifier":
        return node
    name, around = parsed.of(node), outermost(node)
    if name in _changing(parsed, around):
        return node
    given = [value for known, value in _values(parsed, around) if known == name]
    return bare(given[0]) if len(given) == 1 and given[0].start_byte < node.start_byte else node


def outermost(node: Node) -> Node:
    """Return the outermost function around a node, but for those of `describe`; the file where there is none."""
    found, outer = node, function_around(node)
    while outer is not None and not _is_set(outer.parent):
        found, outer = outer, function_around(outer)
    while found == node and node.parent is not None:
        found = node = node.parent
    return found


def _is_set(arguments: Node | None) -> bool:
    call = arguments.parent if arguments is not None else None
    head = field(call, "function") if call is not None else None
    return head is not None and head.type == "identifier" and head.text in (b"describe", b"fdescribe", b"xdescribe")


def _values(parsed: Tree, around: Node) -> Iterator[tuple[str, Node]]:
    """Yield the names that a function gives values to, each with its value."""
    for each in walk(around):
        name, value = field(each, "name"), field(each, "value")
        if each.type == "variable_declarator" and name is not None and value is not None:
            yield parsed.of(name), value


@lru_cache(maxsize=32)
def _changing(parsed: Tree, around: Node) -> frozenset[str]:
    """Return the names that are given another value later."""
    changed = (each for each in walk(around) if each.type in _CHANGES)
    return frozenset(parsed.of(field(each, "left") or field(each, "argument")) for each in changed)


@lru_cache(maxsize=32)
def _local(parsed: Tree, around: Node) -> frozenset[str]:
    """Return the names that a function declares, its parameters and those of the functions in it."""
    if around.type == "program":
        return frozenset()
    found = set(bound_names(parsed, field(around, "parameters") or field(around, "parameter")))
    for each in walk(around):
        if each.type == "variable_declarator":
            found.update(bound_names(parsed, field(each, "name")))
        elif each.type == "for_in_statement":
            found.update(bound_names(parsed, field(each, "left")))
        elif each != around and each.type in ("arrow_function", "function_expression"):
            found.update(bound_names(parsed, field(each, "parameters") or field(each, "parameter")))
    return frozenset(found)


def _is_receiver(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "member_expression" and field(node.parent, "object") == node
