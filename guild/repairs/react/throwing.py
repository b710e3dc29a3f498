"""Calls that are to throw, and are made before anybody can catch it."""

from tree_sitter import Node

from guild.repairs.react.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax import edited
from guild.syntax.react.tree import Tree, field, tree, walk

_THROWS = ("toThrow", "toThrowError")
_MADE = ("call_expression", "new_expression")


def apply(subject: Subject) -> str:
    """Write `expect(() => CALL).toThrow()` for `expect(CALL).toThrow()`."""
    if not is_test(subject.path):
        return subject.text
    parsed = tree(subject.text)
    made = [call for node in walk(parsed.root) if (call := _made(parsed, node)) is not None]
    starts = [parsed.char(call.start_byte) for call in made]
    return edited(subject.text, [(start, start, "() => ") for start in starts])


def _made(parsed: Tree, node: Node) -> Node | None:
    """Return the call that an expectation of an error is handed in place of a function."""
    member = field(node, "function") if node.type == "call_expression" else None
    if member is None or parsed.of(field(member, "property")) not in _THROWS:
        return None
    asked = field(member, "object")
    if asked is not None and asked.type == "member_expression" and parsed.of(field(asked, "property")) == "not":
        asked = field(asked, "object")
    if asked is None or parsed.of(field(asked, "function")) != "expect":
        return None
    given = field(asked, "arguments")
    inner = given.named_children if given is not None else []
    return inner[0] if len(inner) == 1 and inner[0].type in _MADE else None
