"""The tables of a Python test: the rows that a loop or a parametrized test runs over, and what each gives its names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax.python.naming import definition, function_around, is_literal
from guild.syntax.python.tree import Tree, bare, decorators, field, walk

_LISTS = ("list", "tuple")
_PATTERNS = ("pattern_list", "tuple_pattern", "list_pattern")


@dataclass(frozen=True)
class Row:
    """One row: its number, and its cells by the words that the code has for them."""

    key: str
    node: Node
    cells: Mapping[str, Node]


@dataclass(frozen=True)
class Table:
    """What a loop or a test runs over; of a parametrized test `names` and `values` are the two that it was given."""

    home: Node
    """The loop, or the decorated test."""
    names: Node
    values: Node
    rows: tuple[Row, ...]


def table_of(parsed: Tree, node: Node, test: Node) -> Table | None:
    """Return the table that a node of a test runs over: the nearest loop's, else the test's own.

    A loop whose rows are not written down in the file has no table, whatever stands around it.
    """
    outer = node.parent
    while outer is not None and outer != test:
        if outer.type == "for_statement":
            return _of_loop(parsed, outer)
        outer = outer.parent
    return _of_test(parsed, test)


def _of_loop(parsed: Tree, loop: Node) -> Table | None:
    names, values = field(loop, "left"), field(loop, "right")
    if names is None or values is None:
        return None
    rows = tuple(_rows(parsed, names, values))
    return Table(loop, names, values, rows) if rows else None


def _of_test(parsed: Tree, test: Node) -> Table | None:
    """Return the table of a test that has one, and no other that it is multiplied with."""
    calls = [each for part in decorators(test) for each in part.named_children if each.type == "call"]
    tables = [each for each in calls if parsed.of(field(each, "function")).endswith("mark.parametrize")]
    arguments = field(tables[0], "arguments") if len(tables) == 1 else None
    given = [each for each in arguments.named_children if each.type != "comment"] if arguments else []
    plain = [each for each in given if each.type != "keyword_argument"]
    if len(plain) != 2 or any(parsed.of(field(each, "name")) == "indirect" for each in given):
        return None
    names = [name.strip() for name in _words(parsed, plain[0])]
    rows: list[Row] = []
    for number, entry in enumerate(_entries(parsed, plain[1])):
        call = field(entry, "arguments") if parsed.of(field(entry, "function")).endswith("param") else None
        cells = _positional(call) if call else _cells_of(entry) if len(names) > 1 else [entry]
        rows.append(Row(str(number), entry, dict(zip(names, cells, strict=False))))
    return Table(test, plain[0], plain[1], tuple(rows)) if rows and names else None


def _words(parsed: Tree, names: Node) -> list[str]:
    """Return the names that a parametrized test is given, in one string or in several."""
    strings = [each for each in walk(names) if each.type == "string_content"]
    return [name for each in strings for name in parsed.of(each).split(",") if name.strip()]


def _positional(arguments: Node) -> list[Node]:
    return [each for each in arguments.named_children if each.type not in ("comment", "keyword_argument")]


def _entries(parsed: Tree, values: Node) -> list[Node]:
    """Return the entries of a list that is written down, in its place or under its name."""
    found = written_list(parsed, values)
    return [each for each in found.named_children if each.type != "comment"] if found is not None else []


def written_list(parsed: Tree, node: Node) -> Node | None:
    """Return the list, tuple or dictionary that an expression is, or that its name was given."""
    found = definition(parsed, bare(node))
    if found.type == "identifier":
        found = _of_module(parsed, found)
    return found if (found.type in (*_LISTS, "dictionary") and is_literal(found)) or found.type in _LISTS else None


def _of_module(parsed: Tree, name: Node) -> Node:
    """Return what a name is given in the file, or in the class around it."""
    assignments = [each for each in walk(parsed.root) if each.type == "assignment"]
    outside = [each for each in assignments if function_around(each) == each]
    values = [field(each, "right") for each in outside if parsed.of(field(each, "left")) == parsed.of(name)]
    return bare(values[0]) if len(values) == 1 and values[0] is not None else name


def _rows(parsed: Tree, names: Node, values: Node) -> Iterator[Row]:
    """Yield the rows of a loop; `enumerate` and `items` run over what they are asked about."""
    call, function = values, parsed.of(field(values, "function"))
    if call.type == "call" and function == "enumerate" and names.type in _PATTERNS and len(names.named_children) == 2:
        inner = _positional(arguments)[:1] if (arguments := field(call, "arguments")) else []
        yield from _rows(parsed, names.named_children[1], inner[0]) if inner else ()
        return
    if call.type == "call" and function.endswith(".items") and (owner := field(call, "function")):
        values = field(owner, "object") or values
    for number, entry in enumerate(_entries(parsed, values)):
        yield Row(str(number), entry, dict(_cells(parsed, names, entry)))


def _cells(parsed: Tree, names: Node, entry: Node) -> Iterator[tuple[str, Node]]:
    """Yield what a row gives the names of a loop, piece by piece where a name stands for the whole row."""
    if names.type in _PATTERNS:
        for name, cell in zip(names.named_children, _cells_of(entry), strict=False):
            yield from _cells(parsed, name, cell)
        return
    name = parsed.of(names)
    yield name, entry
    for number, cell in enumerate(_cells_of(entry) if entry.type in _LISTS else ()):
        yield f"{name}[{number}]", cell
    for pair in entry.named_children if entry.type == "dictionary" else ():
        key, value = field(pair, "key"), field(pair, "value")
        if key is not None and value is not None:
            yield f"{name}[{parsed.of(key)}]", value


def _cells_of(entry: Node) -> list[Node]:
    """Return the cells of a row; those of a pair of a dictionary are its key and its value."""
    held = entry.named_children if entry.type in (*_LISTS, "pair") else []
    return [bare(each) for each in held if each.type != "comment"]
