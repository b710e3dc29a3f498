"""Texts that are owned where a borrowed one is wanted: matched against literals, or looked up by."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.rust.places import is_simple, nodes_at
from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.rust.tree import Tree, field, tree
from guild.values import Diagnostic

_MATCHED = re.compile(r"expected `&?(?:std::string::)?String`, found `&?str`")
_LOOKED_UP = re.compile(r"Borrow<&(?:str|String|std::string::String)>` is not (?:satisfied|implemented)")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Match the text in what is owned, and look up by one borrow, not by two."""
    parsed = tree(subject.text)
    return list(dict.fromkeys(edit for found in diagnostics for edit in _borrowed(parsed, found)))


def _borrowed(parsed: Tree, found: Diagnostic) -> Iterator[Edit]:
    for node in nodes_at(parsed, found):
        if _LOOKED_UP.search(found["message"]) and node.type == "reference_expression":
            at = parsed.char(node.start_byte)
            yield at, at + 1, ""
            return
        value = _matched(node) if _MATCHED.search(found["message"]) else None
        if value is not None and is_simple(value):
            end = parsed.char(value.end_byte)
            yield end, end, ".as_str()"
            return


def _matched(node: Node) -> Node | None:
    """Return what is matched where a node is a pattern of it."""
    arm = node.parent
    while arm is not None and arm.type in ("match_pattern", "or_pattern"):
        arm = arm.parent
    inside = node.parent is not None and node.parent.type in ("match_pattern", "or_pattern")
    block = arm.parent if inside and arm is not None and arm.type == "match_arm" else None
    return field(block.parent, "value") if block is not None and block.parent is not None else None
