"""A parsed JavaScript text and the few questions that every reader of it asks."""

from collections.abc import Iterator
from functools import lru_cache

import tree_sitter_javascript
from tree_sitter import Language, Node

from guild.syntax.tree import Tree, field, parsed_as, walk

__all__ = [
    "FUNCTIONS",
    "Tree",
    "bare",
    "bound_names",
    "called",
    "exported",
    "field",
    "function_around",
    "positional",
    "string_value",
    "tree",
    "walk",
]

_LANGUAGE = Language(tree_sitter_javascript.language())

FUNCTIONS = ("arrow_function", "function_expression", "function_declaration", "generator_function_declaration")
_NAMES = ("identifier", "shorthand_property_identifier_pattern")
_WRAPPERS = ("parenthesized_expression", "await_expression")


@lru_cache(maxsize=256)
def tree(text: str) -> Tree:
    """Parse a text; a broken one gives a tree with ERROR nodes."""
    return parsed_as(_LANGUAGE, text)


def exported(statement: Node) -> Node:
    """Return what a statement declares, without the `export` before it."""
    inner = field(statement, "declaration") if statement.type == "export_statement" else None
    return inner or statement


def called(statement: Node) -> Node | None:
    """Return the call that a statement is, waited for or not."""
    inner = (
        statement.named_children[0] if statement.type == "expression_statement" and statement.named_children else None
    )
    while inner is not None and inner.type in _WRAPPERS and inner.named_children:
        inner = inner.named_children[0]
    return inner if inner is not None and inner.type == "call_expression" else None


def positional(call: Node) -> list[Node]:
    """Return what a call is given."""
    given = field(call, "arguments")
    return [each for each in given.named_children if each.type != "comment"] if given is not None else []


def bound_names(parsed: Tree, pattern: Node | None) -> Iterator[str]:
    """Yield the names that a pattern, or a list of parameters, gives values to."""
    stack = [pattern] if pattern is not None else []
    while stack:
        node = stack.pop()
        if node.type in _NAMES:
            yield parsed.of(node)
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            stack += [each for each in [field(node, "left")] if each is not None]
        elif node.type == "pair_pattern":
            stack += [each for each in [field(node, "value")] if each is not None]
        else:
            stack += reversed(node.named_children)


def bare(node: Node) -> Node:
    """Return an expression without the parentheses around it."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    return node


def string_value(parsed: Tree, node: Node | None) -> str:
    """Return what stands between the quotes of a string; empty for anything else."""
    return parsed.of(node)[1:-1] if node is not None and node.type in ("string", "template_string") else ""


def function_around(node: Node) -> Node | None:
    """Return the innermost function that a node stands in."""
    outer = node.parent
    while outer is not None and outer.type not in (*FUNCTIONS, "method_definition"):
        outer = outer.parent
    return outer
