"""Pieces of a Rust test wherever they stand: in the tree of the file, or in the tokens of a macro, parsed apart."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from guild.syntax.rust.expressions import arguments, is_literal
from guild.syntax.rust.tree import FUNCTION, Tree, bare, field, piece, walk

_THROUGH = ("iter", "into_iter", "to_vec", "clone")


class Part(NamedTuple):
    """An expression and where it begins in its file."""

    parsed: Tree
    node: Node
    at: int

    @property
    def text(self) -> str:
        """The words of it."""
        return self.parsed.of(self.node)

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in its file."""
        return self.at, self.at + len(self.text)

    @property
    def literal(self) -> bool:
        """Whether it says its value itself."""
        return is_literal(self.parsed, self.node)

    def child(self, node: Node) -> "Part":
        """Return a node below it as a part of the same file."""
        return Part(
            self.parsed, node, self.at + self.parsed.char(node.start_byte) - self.parsed.char(self.node.start_byte)
        )

    def inner(self) -> "Part":
        """Return it without parentheses around it."""
        return self.child(bare(self.node))


def of_file(parsed: Tree, node: Node) -> Part:
    """Return a node of the file's own tree as a part."""
    return Part(parsed, node, parsed.char(node.start_byte))


def of_macro(parsed: Tree, macro: Node) -> list[Part]:
    """Return the arguments of a macro of the file; none where one of them is no expression."""
    return list(_parsed_apart(of_file(parsed, macro)))


def _parsed_apart(macro: Part) -> Iterator[Part]:
    given = arguments(macro.parsed, macro.node)
    shift = macro.at - macro.parsed.char(macro.node.start_byte)
    found = [(piece(text), start + shift) for text, start in given]
    if all(each for each, _ in found):
        yield from (Part(*each, start) for each, start in found if each)


def entries(part: Part) -> list[Part]:
    """Return the entries of a list that is written down, borrowed or iterated over or not."""
    part = part.inner()
    node = part.node
    if node.type == "reference_expression" and (value := field(node, "value")):
        return entries(part.child(value))
    function = field(node, "function") if node.type == "call_expression" else None
    if function is not None and function.type == "field_expression" and (owner := field(function, "value")):
        return entries(part.child(owner)) if part.parsed.of(field(function, "field")) in _THROUGH else []
    if node.type == "macro_invocation" and part.parsed.of(field(node, "macro")) == "vec":
        return list(_parsed_apart(part))
    held = node.named_children if node.type == "array_expression" else []
    return [part.child(each) for each in held if "comment" not in each.type]


def given_to(parsed: Tree, name: str, at: Node) -> tuple[Part, bool] | None:
    """Return what the nearest `let`, or `const`, before a place gives a name, and whether that may change."""
    scope = at.parent
    inner = at
    while scope is not None:
        for node in reversed(scope.named_children):
            before = node.end_byte <= inner.start_byte or scope.type == "source_file"
            value = field(node, "value") if node.type in ("let_declaration", "const_item", "static_item") else None
            named = field(node, "pattern") or field(node, "name")
            if before and value is not None and named is not None and parsed.of(named).removeprefix("mut ") == name:
                changes = any(child.type == "mutable_specifier" for child in node.children)
                return of_file(parsed, value), changes
        inner, scope = scope, scope.parent
    return None


def bound_in(parsed: Tree, function: Node) -> frozenset[str]:
    """Return the names that a function gives values to."""
    patterns = (field(node, "pattern") or field(node, "parameters") for node in walk(function) if node.type in _BINDING)
    found = (each for pattern in patterns if pattern is not None for each in walk(pattern))
    return frozenset(parsed.of(each) for each in found if each.type == "identifier")


_BINDING = ("let_declaration", "for_expression", "closure_expression", "match_arm", "let_condition", FUNCTION)
