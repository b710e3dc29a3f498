"""Types that a test reads an answer into and nothing declares: the test declares them, with the fields that it uses."""

from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from guild.repairs.go.declared import LITERAL_TYPES
from guild.repairs.go.places import above, innermost, is_type_argument
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_OPERATORS = (b"==", b"!=", b"<", b">", b"<=", b">=")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Declare a type in the test that gives it to a generic function: `stats := decode[Stats](t, answer)`."""
    if not subject.path.endswith("_test.go"):
        return []
    parsed = tree(subject.text)
    edits: dict[int, Edit] = {}
    for found in diagnostics:
        node = innermost(parsed, found)
        function = above(node, "function_declaration")
        if found["code"] != "undefined" or not is_type_argument(node) or function is None:
            continue
        body, fields = field(function, "body"), _fields(parsed, function, parsed.of(node))
        if body is not None and fields and all(fields.values()):
            at = parsed.char(body.start_byte) + 1
            members = "; ".join(f"{name} {kind}" for name, kind in fields.items())
            edits[at] = (at, at, f"\n\ttype {parsed.of(node)} struct {{ {members} }}")
    return list(edits.values())


def _fields(parsed: Tree, function: Node, name: str) -> Mapping[str, str]:
    """Return the fields that a function uses of a type, with the type of each; empty where that cannot be told."""
    fields: dict[str, str] = {}
    variables = {parsed.of(each) for each in _variables(parsed, function, name)}
    for node in walk(function):
        key, value = _pair(parsed, node, name)
        if node.type == "selector_expression" and parsed.of(field(node, "operand")) in variables:
            key, value = parsed.of(field(node, "field")), _compared(parsed, node)
        if key:
            fields[key] = fields.get(key) or value
    return fields


def _variables(parsed: Tree, function: Node, name: str) -> Iterator[Node]:
    """Yield the names that are given a literal of a type, or what a generic function called with it returns."""
    for node in walk(function):
        left, right = (field(node, side) for side in ("left", "right"))
        if node.type == "short_var_declaration" and left is not None and right is not None:
            value = right.named_children[0]
            told = [each for each in walk(value) if is_type_argument(each)]
            if name in (parsed.of(each) for each in (field(value, "type"), *told)):
                yield left.named_children[0]


def _pair(parsed: Tree, node: Node, name: str) -> tuple[str, str]:
    """Return the field that an element of a literal of a type sets, and the type of its value."""
    literal = above(node, "composite_literal") if node.type == "keyed_element" else None
    if literal is None or parsed.of(field(literal, "type")) != name or len(node.named_children) != 2:
        return "", ""
    key, value = node.named_children
    return parsed.of(key), LITERAL_TYPES.get(value.named_children[0].type if value.named_children else value.type, "")


def _compared(parsed: Tree, node: Node) -> str:
    """Return the type of what a field is compared with; where it is a condition by itself it is a bool."""
    outer = node.parent
    if outer is None or outer.type == "unary_expression" or outer.type == "if_statement":
        return "bool" if outer is not None else ""
    operator = field(outer, "operator")
    if outer.type != "binary_expression" or operator is None:
        return ""
    if operator.text not in _OPERATORS:
        return "bool" if operator.text in (b"&&", b"||") else ""
    other = next((each for each in outer.named_children if each != node), node)
    return LITERAL_TYPES.get(other.type, "")
