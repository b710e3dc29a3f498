"""A parsed Go text and the few questions that every reader of it asks."""

from collections.abc import Iterator
from functools import lru_cache

import tree_sitter_go
from tree_sitter import Language, Node

from guild.syntax.tree import Tree, field, parsed_as, walk

__all__ = ["DECLARATIONS", "Tree", "exported", "field", "tokens", "tree", "walk"]

_LANGUAGE = Language(tree_sitter_go.language())

DECLARATIONS = {
    "function_declaration": "func",
    "method_declaration": "method",
    "type_declaration": "type",
    "var_declaration": "var",
    "const_declaration": "const",
}

_WHOLE = ("interpreted_string_literal", "raw_string_literal", "rune_literal", "comment")
"""Nodes that are one token, whatever stands below them."""


@lru_cache(maxsize=256)
def tree(text: str) -> Tree:
    """Parse a text; a broken one gives a tree with ERROR nodes."""
    return parsed_as(_LANGUAGE, text)


def tokens(root: Node) -> Iterator[Node]:
    """Yield the tokens of a tree that may be broken, in the order of the text."""
    end = 0
    for node in walk(root):
        if node.start_byte >= end and node.end_byte > node.start_byte and (node.type in _WHOLE or not node.children):
            end = node.end_byte
            yield node


def exported(name: str) -> bool:
    """Tell whether other packages can see a name."""
    return name[:1].isupper()
