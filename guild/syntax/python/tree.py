"""A parsed Python text and the few questions that every reader of it asks."""

from functools import lru_cache

import tree_sitter_python
from tree_sitter import Language, Node

from guild.syntax.tree import Tree, field, parsed_as, walk

__all__ = [
    "FUNCTION",
    "Tree",
    "bare",
    "bodies",
    "decorators",
    "defined",
    "docstring",
    "field",
    "is_method",
    "tree",
    "walk",
]

_LANGUAGE = Language(tree_sitter_python.language())

FUNCTION = "function_definition"
_DEFINITIONS = (FUNCTION, "class_definition")


@lru_cache(maxsize=256)
def tree(text: str) -> Tree:
    """Parse a text; a broken one gives a tree with ERROR nodes."""
    return parsed_as(_LANGUAGE, text)


def defined(node: Node) -> Node | None:
    """Return the function or class that a statement defines, without its decorators; None for another statement."""
    found = field(node, "definition") if node.type == "decorated_definition" else node
    return found if found is not None and found.type in _DEFINITIONS else None


def is_method(node: Node) -> bool:
    """Tell whether a statement defines a function, which in a class is a method."""
    found = defined(node)
    return found is not None and found.type == FUNCTION


def decorators(node: Node) -> list[Node]:
    """Return the decorators of a statement that defines something."""
    return [child for child in node.named_children if child.type == "decorator"]


def bodies(node: Node) -> list[Node]:
    """Return the statements of a definition's body, or of a file."""
    body = node if node.type == "module" else field(node, "body")
    return [child for child in body.named_children if child.type != "comment"] if body is not None else []


def docstring(node: Node) -> Node | None:
    """Return the string that a definition's body, or a file, begins with."""
    first = next(iter(bodies(node)), None)
    said = first.named_children[:1] if first is not None and first.type == "expression_statement" else []
    return first if said and said[0].type in ("string", "concatenated_string") else None


def bare(node: Node) -> Node:
    """Return an expression without the parentheses around it."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    return node
