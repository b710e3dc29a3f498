"""What stands where it has no business: a start where no program begins, a module of tests among the code."""

from tree_sitter import Node

from guild.repairs.rust.surroundings import is_program, is_test
from guild.repairs.subject import Subject
from guild.syntax import edited
from guild.syntax.rust.source import item_start
from guild.syntax.rust.tree import FUNCTION, Tree, attributes, members, name_of, tree


def apply(subject: Subject) -> str:
    """Drop `fn main` of a file that no program begins with, and tests from code that has a file of tests."""
    parsed = tree(subject.text)
    nodes = parsed.root.named_children
    gone = [node for node in nodes if _is_start(parsed, node) and not is_program(subject.path)]
    if not is_test(subject.path) and any(map(is_test, subject.siblings)):
        gone += [node for node in nodes if _is_test(parsed, node)]
    items = [node for node in nodes if node.type.endswith("_item") and node.type != "attribute_item"]
    if not gone or len(gone) == len(items):
        return subject.text
    edits = [(parsed.char(item_start(node).start_byte), parsed.char(node.end_byte), "") for node in gone]
    return edited(subject.text, edits).rstrip() + "\n"


def _is_start(parsed: Tree, node: Node) -> bool:
    return node.type == FUNCTION and name_of(parsed, node) == "main"


def _is_test(parsed: Tree, node: Node) -> bool:
    """Tell whether an item is a test, or a module that is there for tests alone."""
    said = {"".join(parsed.of(each).split()) for each in attributes(node)}
    held = node.type == "mod_item" and bool(members(node)) and "#[cfg(test)]" in said
    return held or (node.type == FUNCTION and "#[test]" in said)
