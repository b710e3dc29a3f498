"""The tables of a JavaScript test: the rows that a loop or `each` runs over, and what each gives its names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tree_sitter import Node

from guild.syntax.react.naming import definition
from guild.syntax.react.tests import Test
from guild.syntax.react.tree import FUNCTIONS, Tree, bare, field

Kind = Literal["each", "loop", "walk"]


@dataclass(frozen=True)
class Row:
    """One row: its number, and its cells by the words that the code has for them."""

    key: str
    node: Node
    cells: Mapping[str, Node]


@dataclass(frozen=True)
class Table:
    """What a test or a loop runs over."""

    kind: Kind
    """`each` of a test, a `for ... of`, or the walk of `forEach`."""
    home: Node
    """The loop, or the function that is run for each row."""
    values: Node
    rows: tuple[Row, ...]

    @property
    def number(self) -> str:
        """The name that the number of a row is to have; that of a loop is its own, since loops stand in loops."""
        return f"guildRow{self.home.start_point.row + 1}"


def table_of(parsed: Tree, node: Node, test: Test) -> Table | None:
    """Return the table that a node of a test runs over: the nearest loop's, else the test's own."""
    outer = node.parent
    while outer is not None and outer != test.body:
        if outer.type == "for_in_statement" and parsed.of(field(outer, "operator")) == "of":
            return _table(parsed, "loop", outer, field(outer, "left"), field(outer, "right"))
        if outer.type in FUNCTIONS and (values := _walked(parsed, outer)) is not None:
            return _table(parsed, "walk", outer, _first(outer), values)
        outer = outer.parent
    if test.rows is None or test.body is None:
        return None
    return _table(parsed, "each", test.body, field(test.body, "parameters") or _first(test.body), test.rows)


def _walked(parsed: Tree, function: Node) -> Node | None:
    """Return what `forEach` walks over with a function."""
    call = function.parent.parent if function.parent is not None and function.parent.type == "arguments" else None
    head = field(call, "function") if call is not None else None
    walks = head is not None and parsed.of(field(head, "property")) == "forEach"
    return field(head, "object") if head is not None and walks else None


def _first(function: Node) -> Node | None:
    """Return the first parameter of a function."""
    listed = field(function, "parameters")
    return listed.named_children[0] if listed is not None and listed.named_children else field(function, "parameter")


def _table(parsed: Tree, kind: Kind, home: Node, names: Node | None, values: Node | None) -> Table | None:
    """Return a table whose rows are written down, in its place or under its name."""
    found = definition(parsed, bare(values)) if values is not None else None
    if found is None or names is None or values is None or found.type != "array":
        return None
    rows = [each for each in found.named_children if each.type != "comment"]
    told = (Row(str(number), row, dict(_cells(parsed, names, row))) for number, row in enumerate(rows))
    return Table(kind, home, values, tuple(told))


def _cells(parsed: Tree, names: Node, row: Node) -> Iterator[tuple[str, Node]]:
    """Yield what a row gives names, piece by piece where a name stands for the whole row."""
    listed = [each for each in row.named_children if each.type != "comment"] if row.type == "array" else []
    pairs = [each for each in row.named_children if each.type == "pair"] if row.type == "object" else []
    keyed = {parsed.of(field(pair, "key")).strip("\"'"): value for pair in pairs if (value := field(pair, "value"))}
    if names.type == "formal_parameters":
        given = names.named_children
        spread = row.type == "array"
        for name, cell in zip(given, listed if spread else [row], strict=False):
            yield from _cells(parsed, name, cell)
    elif names.type == "array_pattern":
        for name, cell in zip(names.named_children, listed, strict=False):
            yield from _cells(parsed, name, cell)
    elif names.type == "object_pattern":
        for name in names.named_children:
            key, inner = (field(name, "key"), field(name, "value")) if name.type == "pair_pattern" else (name, name)
            if (cell := keyed.get(parsed.of(key))) is not None and inner is not None:
                yield parsed.of(inner), cell
    else:
        whole = parsed.of(names)
        yield whole, row
        yield from ((f"{whole}[{number}]", cell) for number, cell in enumerate(listed))
        yield from ((f"{whole}.{key}", cell) for key, cell in keyed.items())
