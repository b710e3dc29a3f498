"""The tables of a Go test: the rows that a loop runs over, and the cells of each by the name they are used by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax.go.tree import Tree, field, walk


@dataclass(frozen=True)
class Row:
    """One row: its number or key, and its cells by field name; the one cell of a plain element has no name."""

    key: str
    node: Node
    cells: Mapping[str, Node]
    named: bool
    """Whether the key is one of a map, which the loop's code uses."""


@dataclass(frozen=True)
class Table:
    """What a loop runs over: the names that it gives to key and value, and the rows."""

    loop: Node
    key: str
    """Empty where the loop does not name it."""
    value: str
    rows: tuple[Row, ...]
    keyed: bool
    """Whether it is a map."""


def table_of(parsed: Tree, node: Node, function: Node) -> Table | None:
    """Return the table of the nearest loop around a node whose rows are written down in the file."""
    outer = node.parent
    while outer is not None and outer != function:
        if outer.type == "for_statement":
            return _table(parsed, outer, function)
        outer = outer.parent
    return None


def table_beside(parsed: Tree, want: Node, node: Node, function: Node) -> Table | None:
    """Return the table of a loop that counts through a list of wanted values, `want[i]`, beside what it runs over."""
    operand, index = field(want, "operand"), field(want, "index")
    literal = _composite(parsed, operand, function) if operand is not None and index is not None else None
    kind = field(literal, "type") if literal is not None else None
    loop = _loop_that_names(parsed, node, function, parsed.of(index))
    if literal is None or kind is None or loop is None or kind.type not in ("slice_type", "array_type"):
        return None
    rows = tuple(_rows(parsed, literal, kind))
    plain = all(row.key == str(number) and set(row.cells) == {""} for number, row in enumerate(rows))
    return Table(loop, parsed.of(index), parsed.of(want), rows, keyed=False) if plain else None


def _loop_that_names(parsed: Tree, node: Node, function: Node, key: str) -> Node | None:
    """Return the nearest loop around a node, if it ranges over something with that key."""
    outer = node.parent
    while outer is not None and outer != function and outer.type != "for_statement":
        outer = outer.parent
    clauses = outer.named_children if outer is not None else []
    left = next((field(each, "left") for each in clauses if each.type == "range_clause"), None)
    return outer if left is not None and parsed.of(left.named_children[0]) == key else None


def _table(parsed: Tree, loop: Node, function: Node) -> Table | None:
    clause = next((child for child in loop.named_children if child.type == "range_clause"), None)
    left, right = (field(clause, name) if clause else None for name in ("left", "right"))
    if left is None or right is None:
        return None
    literal = _composite(parsed, right, function)
    kind = field(literal, "type") if literal else None
    if literal is None or kind is None or len(left.named_children) != 2:
        return None
    key, value = (parsed.of(name) for name in left.named_children)
    rows = tuple(_rows(parsed, literal, kind))
    return Table(loop, "" if key == "_" else key, value, rows, kind.type == "map_type")


def _composite(parsed: Tree, node: Node, function: Node) -> Node | None:
    """Return the literal that an expression is, or that the name was declared with last in the function or the file."""
    if node.type == "composite_literal":
        return node
    before = [each for each in walk(function) if each.end_byte <= node.start_byte]
    outside = [each for part in parsed.root.named_children if part.type == "var_declaration" for each in walk(part)]
    for statement in (*reversed(before), *outside):
        named = {"short_var_declaration": ("left", "right"), "var_spec": ("name", "value")}.get(statement.type)
        name, value = (field(statement, part) for part in named) if named else (None, None)
        if name is not None and value is not None and parsed.of(name) == parsed.of(node):
            first = value.named_children[0] if value.type == "expression_list" else value
            return first if first.type == "composite_literal" else None
    return None


def _rows(parsed: Tree, literal: Node, kind: Node) -> Iterator[Row]:
    body = field(literal, "body")
    element = field(kind, "element") or field(kind, "value")
    names = _field_names(parsed, element)
    elements = [child for child in body.named_children if child.type != "comment"] if body else []
    for number, entry in enumerate(elements):
        keyed = entry.type == "keyed_element"
        node = _inner(entry.named_children[-1]) if entry.named_children else entry
        key = parsed.of(entry.named_children[0]) if keyed else str(number)
        yield Row(key, entry, dict(_cells(parsed, node, names)), named=kind.type == "map_type")


def _inner(node: Node) -> Node:
    return node.named_children[0] if node.type == "literal_element" and node.named_children else node


def _cells(parsed: Tree, node: Node, names: list[str]) -> Iterator[tuple[str, Node]]:
    body = field(node, "body") if node.type == "composite_literal" else node
    if body is None or body.type != "literal_value" or not names:
        yield "", node
        return
    entries = [child for child in body.named_children if child.type != "comment"]
    for number, entry in enumerate(entries):
        if entry.type == "keyed_element":
            yield parsed.of(entry.named_children[0]), _inner(entry.named_children[-1])
        elif number < len(names):
            yield names[number], _inner(entry)


def _field_names(parsed: Tree, kind: Node | None) -> list[str]:
    """Return the names of a struct's fields in order; none for a type that is no struct of this file."""
    while kind is not None and kind.type == "pointer_type":
        kind = kind.named_children[0]
    if kind is not None and kind.type == "type_identifier":
        specs = (node for node in walk(parsed.root) if node.type == "type_spec")
        kind = next((field(spec, "type") for spec in specs if parsed.of(field(spec, "name")) == parsed.of(kind)), None)
    if kind is None or kind.type != "struct_type":
        return []
    fields = (node for part in kind.named_children for node in part.named_children if node.type == "field_declaration")
    return [name for each in fields for name in _names(parsed, each)]


def _names(parsed: Tree, declared: Node) -> list[str]:
    """Return the names that a line of a struct declares; an embedded type is known by its own."""
    embedded = parsed.of(field(declared, "type")).rpartition(".")[2]
    return [parsed.of(name) for name in declared.children_by_field_name("name")] or [embedded]
