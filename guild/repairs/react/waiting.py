"""Functions that wait and do not say so."""

from tree_sitter import Node

from guild.repairs.subject import Subject
from guild.syntax import edited
from guild.syntax.react.tree import FUNCTIONS, Tree, function_around, tree, walk


def apply(subject: Subject) -> str:
    """Write `async` before each function that holds an `await` of its own."""
    parsed = tree(subject.text)
    around = [function_around(node) for node in walk(parsed.root) if _waits(parsed, node)]
    found = {node.start_byte: node for node in around if node is not None and not _is_async(parsed, node)}
    return edited(subject.text, [(parsed.char(at), parsed.char(at), "async ") for at in found])


def _waits(parsed: Tree, node: Node) -> bool:
    return node.type == "await_expression" or (node.type == "identifier" and parsed.of(node) == "await")


def _is_async(parsed: Tree, node: Node) -> bool:
    plain = node.type in FUNCTIONS
    return not plain or any(parsed.of(child) == "async" for child in node.children[:2])
