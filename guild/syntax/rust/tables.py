"""The tables of Rust tests: a loop over rows that are written down, and what each row gives the names of the loop."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax.rust.parts import Part, entries, given_to, of_file
from guild.syntax.rust.tree import FUNCTION, Tree, field


@dataclass(frozen=True)
class Row:
    """One row: its number, its line, and the cells by the names, or members of names, that mean them."""

    key: str
    line: int
    cells: dict[str, Part]


@dataclass(frozen=True)
class Table:
    """A loop over rows."""

    loop: Node
    rows: tuple[Row, ...]


def table_of(parsed: Tree, node: Node) -> Table | None:
    """Return the table that a node of a test runs over: that of the nearest loop, if its rows are written down."""
    outer = node.parent
    while outer is not None and outer.type != FUNCTION:
        if outer.type == "for_expression":
            rows = tuple(_rows(parsed, outer))
            return Table(outer, rows) if rows else None
        outer = outer.parent
    return None


def _rows(parsed: Tree, loop: Node) -> Iterator[Row]:
    pattern, value = field(loop, "pattern"), field(loop, "value")
    if pattern is None or value is None:
        return
    for number, entry in enumerate(_entries(parsed, of_file(parsed, value))):
        line = parsed.text.count("\n", 0, entry.at) + 1
        yield Row(str(number), line, dict(_cells(parsed, pattern, entry)))


def _entries(parsed: Tree, part: Part) -> list[Part]:
    """Return the rows of a list, in its place or under its name."""
    if found := entries(part):
        return found
    name = part.text.removeprefix("&").removesuffix(".iter()").removesuffix(".into_iter()")
    named = given_to(parsed, name, part.node) if name.isidentifier() else None
    return entries(named[0]) if named and not named[1] else []


def _cells(parsed: Tree, pattern: Node, entry: Part) -> Iterator[tuple[str, Part]]:
    """Yield what a row gives the names of a pattern, piece by piece where a name stands for the whole row."""
    entry = entry.inner()
    if entry.node.type == "reference_expression" and (value := field(entry.node, "value")) and value.type in _WHOLE:
        entry = entry.child(value)
    held = [each for each in entry.node.named_children if "comment" not in each.type]
    if pattern.type == "reference_pattern":
        yield from _cells(parsed, pattern.named_children[-1], entry)
    elif pattern.type == "tuple_pattern":
        cells = held if entry.node.type == "tuple_expression" else []
        for inner, cell in zip(pattern.named_children, cells, strict=False):
            yield from _cells(parsed, inner, entry.child(cell))
    else:
        name = parsed.of(pattern)
        yield name, entry
        for number, cell in enumerate(held if entry.node.type == "tuple_expression" else ()):
            yield f"{name}.{number}", entry.child(cell)
        fields = field(entry.node, "body") if entry.node.type == "struct_expression" else None
        for each in fields.named_children if fields is not None else ():
            key, cell = field(each, "field"), field(each, "value")
            if key is not None and cell is not None:
                yield f"{name}.{entry.parsed.of(key)}", entry.child(cell)


_WHOLE = ("tuple_expression", "struct_expression")
