"""A parsed Go text and the few questions that every reader of it asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tree_sitter_go
from tree_sitter import Language, Node, Parser

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


@dataclass(frozen=True)
class Tree:
    """A Go text with its syntax tree; nodes count in bytes, `char` turns them into positions of the text."""

    text: str
    data: bytes
    root: Node

    def of(self, node: Node | None) -> str:
        """Return the text of a node, empty for none."""
        return "" if node is None else self.data[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    def char(self, byte: int) -> int:
        """Return the position in the text of a position in its bytes."""
        if len(self.data) == len(self.text):
            return byte
        return len(self.data[:byte].decode("utf-8", "surrogatepass"))

    def span(self, node: Node) -> tuple[int, int]:
        """Return where a node begins and ends in the text."""
        return self.char(node.start_byte), self.char(node.end_byte)


@lru_cache(maxsize=256)
def tree(text: str) -> Tree:
    """Parse a text; a broken one gives a tree with ERROR nodes."""
    data = text.encode("utf-8", "surrogatepass")
    return Tree(text, data, Parser(_LANGUAGE).parse(data).root_node)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the text; never recursive, since models nest without end."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children))


def tokens(root: Node) -> Iterator[Node]:
    """Yield the tokens of a tree that may be broken, in the order of the text."""
    end = 0
    for node in walk(root):
        if node.start_byte >= end and node.end_byte > node.start_byte and (node.type in _WHOLE or not node.children):
            end = node.end_byte
            yield node


def field(node: Node, name: str) -> Node | None:
    """Return the child in a field."""
    return node.child_by_field_name(name)


def exported(name: str) -> bool:
    """Tell whether other packages can see a name."""
    return name[:1].isupper()
