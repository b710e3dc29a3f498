"""Fields and methods under a name that their type does not know."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.declared import ANYTHING, LITERAL_TYPES, members
from guild.repairs.go.places import above, innermost
from guild.repairs.go.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_KEY = re.compile(
    r"^unknown field (?P<name>\w+) in struct literal of type (?P<type>.+?)(?:, but does have (?P<near>\w+))?$"
)
_MEMBER = re.compile(
    r"^(?P<whole>.+)\.(?P<name>\w+) undefined "
    r"\(type (?P<type>.+) has no field or method \w+(?:, but does have (?:field|method) (?P<near>\w+))?\)$"
)
_OUTCOMES = ("want", "wanted", "expected", "expect", "exp", "result", "output", "out")
_SHORTEST = 3


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Use the one member that can be meant; give the struct of a table of tests the field that its rows fill."""
    parsed = tree(subject.text)
    edits: dict[Edit, None] = {}
    for found in diagnostics:
        node = innermost(parsed, found)
        if match := _KEY.match(found["message"]):
            new = match["near"] or _near(subject, match)
            edits |= dict.fromkeys([(*parsed.span(node), new)] if new else _added(parsed, node, match))
        elif match := _MEMBER.match(found["message"]):
            name = _selected(parsed, node, match["name"])
            edits |= dict.fromkeys(_renamed(subject, parsed, name, match) if name is not None else ())
    return list(edits)


def _renamed(subject: Subject, parsed: Tree, name: Node, match: re.Match[str]) -> Iterator[Edit]:
    if match["type"] in ANYTHING:
        kinds = {kind for node in walk(parsed.root) if (kind := _holding(subject, parsed, node, match["name"]))}
        operand = name.prev_named_sibling
        if len(kinds) == 1 and operand is not None:
            end = parsed.char(operand.end_byte)
            yield end, end, f".({kinds.pop()})"
    elif new := match["near"] or _near(subject, match):
        yield *parsed.span(name), new


def _holding(subject: Subject, parsed: Tree, node: Node, member: str) -> str:
    """Return the type of a literal that has a member, as it is made here: by value or by its address."""
    kind = parsed.of(field(node, "type")) if node.type == "composite_literal" else ""
    if not kind or member not in members(subject, kind):
        return ""
    outer = node.parent
    taken = outer is not None and outer.type == "unary_expression" and parsed.of(outer).startswith("&")
    return f"*{kind}" if taken else kind


def _near(subject: Subject, match: re.Match[str]) -> str:
    """Return the only member that begins as the name does, or is what a test expects under another word for that."""
    known = members(subject, match["type"])
    name = match["name"].lower()
    begun = [each for each in known if min(len(each), len(name)) >= _SHORTEST and _begins(each.lower(), name)]
    expected = [each for each in known if each in _OUTCOMES] if name in _OUTCOMES and is_test(subject.path) else []
    near = begun or expected
    return near[0] if len(near) == 1 else ""


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _selected(parsed: Tree, node: Node, name: str) -> Node | None:
    """Return the identifier of a member, for a diagnostic that points at it or at what it is selected from."""
    current: Node | None = node
    while current is not None and current.type not in ("statement_list", "source_file"):
        member = field(current, "field") if current.type == "selector_expression" else None
        if member is not None and parsed.of(member) == name:
            return member
        current = current.parent
    return None


def _added(parsed: Tree, node: Node, match: re.Match[str]) -> Iterator[Edit]:
    """Declare the field that a row names, where the struct has no name, the value a type, and every row has keys."""
    element = above(node, "keyed_element")
    table = above(node, "composite_literal")
    if element is None or table is None or not match["type"].startswith("struct{"):
        return
    kind = _kind(parsed, element.named_children[-1].named_children[0])
    listed = next((each for each in walk(field(table, "type") or table) if each.type == "field_declaration_list"), None)
    if kind and listed is not None and not any(_is_positional(row) for row in _rows(table)):
        start = parsed.char(listed.start_byte) + 1
        yield start, start, f"\n{match['name']} {kind}\n"


def _rows(table: Node) -> Iterator[Node]:
    """Yield the values of a table's rows."""
    body = field(table, "body")
    for entry in body.named_children if body is not None else []:
        yield entry.named_children[-1] if entry.type == "keyed_element" else entry


def _is_positional(row: Node) -> bool:
    return any(each.type == "literal_element" for value in row.named_children for each in value.named_children)


def _kind(parsed: Tree, value: Node) -> str:
    if value.type == "composite_literal":
        return parsed.of(field(value, "type"))
    return LITERAL_TYPES.get(value.type, "")
