"""Matchers that Jest does not have: methods of texts and lists, and other words for being equal."""

from collections.abc import Iterator

from tree_sitter import Node

from guild.repairs.react.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.react.tree import Tree, field, tree, walk

_ASKED = ("startsWith", "endsWith", "includes")
_EQUAL = ("equal", "equals", "eql", "deepEqual", "isEqual", "toBeEqual", "toEquals")


def apply(subject: Subject) -> str:
    """Ask the value itself, as `expect(A.startsWith(B)).toBe(true)`, and write `toEqual` for what means it."""
    if not is_test(subject.path):
        return subject.text
    parsed = tree(subject.text)
    return edited(subject.text, [edit for node in walk(parsed.root) for edit in _edits(parsed, node)])


def _edits(parsed: Tree, call: Node) -> Iterator[Edit]:
    member = field(call, "function") if call.type == "call_expression" else None
    asked = field(member, "object") if member is not None else None
    given = field(asked, "arguments") if asked is not None and parsed.of(field(asked, "function")) == "expect" else None
    name = field(member, "property") if member is not None else None
    if given is None or name is None or len(given.named_children) != 1:
        return
    if parsed.of(name) in _EQUAL:
        yield *parsed.span(name), "toEqual"
    elif parsed.of(name) in _ASKED:
        end = parsed.char(given.end_byte) - 1
        yield end, parsed.char(name.start_byte), "."
        yield parsed.char(call.end_byte), parsed.char(call.end_byte), ").toBe(true)"
