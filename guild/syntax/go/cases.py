"""The cases of a Go test: what each asks, what it wants, and where that stands in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tree_sitter import Node

from guild.syntax import Case
from guild.syntax.go.naming import LITERALS, Spelt, literal, one_line, spelt
from guild.syntax.go.source import is_test_name
from guild.syntax.go.tables import Row, Table, table_beside, table_of
from guild.syntax.go.tree import Tree, field, tree, walk

FAILS = frozenset({"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"})
_EQUALITIES = frozenset({"DeepEqual", "Equal", "EqualFold"})
_WANTS = ("want", "expect", "exp")


@dataclass(frozen=True)
class Check:
    """A condition under which a test fails: two sides that are compared, or a truth where there is one side."""

    number: int
    """Its place among the checks of the file."""
    test: str
    condition: Node
    got: Node
    want: Node | None
    """None where the condition is a truth of its own."""
    equal: bool
    """Whether it fails when the two are equal, or the truth holds."""
    table: Table | None
    """The table whose rows it runs over."""


def checks(parsed: Tree) -> list[Check]:
    """Return the conditions that fail a test, in the order of the text."""
    found: list[Check] = []
    for function in parsed.root.named_children:
        name = parsed.of(field(function, "name"))
        if function.type == "function_declaration" and is_test_name(name):
            found += [replace(check, test=name) for check in _of_function(parsed, function)]
    return [replace(check, number=number) for number, check in enumerate(found)]


def cases(text: str) -> list[Case]:
    """Return the cases of a test file."""
    parsed = tree(text)
    return [case for check in checks(parsed) for case in _cases_of(parsed, check)]


def _of_function(parsed: Tree, function: Node) -> Iterator[Check]:
    for node in walk(function):
        condition = field(node, "condition") if node.type == "if_statement" else None
        if condition is not None and _fails(parsed, field(node, "consequence")):
            for part in _alternatives(condition):
                check = _check(parsed, part, table_of(parsed, node, function))
                yield replace(
                    check, table=check.table or (check.want and table_beside(parsed, check.want, node, function))
                )


def _fails(parsed: Tree, block: Node | None) -> bool:
    """Tell whether a block fails the test by itself, not by a condition further in."""
    for node in _shallow(block):
        if node.type == "call_expression":
            function = field(node, "function")
            if (
                function is not None
                and function.type == "selector_expression"
                and parsed.of(field(function, "field")) in FAILS
            ):
                return True
    return False


def _shallow(block: Node | None) -> Iterator[Node]:
    stack = [block] if block else []
    while stack:
        node = stack.pop()
        yield node
        stack.extend(child for child in node.children if child.type not in ("if_statement", "for_statement"))


def _bare(node: Node) -> Node:
    """Return an expression without the parentheses around it."""
    while node.type == "parenthesized_expression" and node.named_children:
        node = node.named_children[0]
    return node


def _alternatives(condition: Node) -> Iterator[Node]:
    """Yield the sides of `a || b`, each of which fails the test alone."""
    condition = _bare(condition)
    operator, left, right = (field(condition, name) for name in ("operator", "left", "right"))
    if condition.type == "binary_expression" and left and right and operator and operator.text == b"||":
        yield from _alternatives(left)
        yield from _alternatives(right)
    else:
        yield condition


def _check(parsed: Tree, condition: Node, table: Table | None) -> Check:
    operator, left, right = (field(condition, name) for name in ("operator", "left", "right"))
    blank = Check(0, "", condition, condition, None, True, table)
    if left and right and operator and operator.text in (b"!=", b"=="):
        got, want = (right, left) if _is_want(parsed, left, table) else (left, right)
        return replace(blank, got=got, want=want, equal=operator.text == b"==")
    operand = field(condition, "operand") if condition.type == "unary_expression" else None
    if operand is None or operator is None or operator.text != b"!":
        return blank
    sides = _compared(parsed, operand)
    if sides is None:
        return replace(blank, got=_bare(operand), equal=False)
    got, want = sides if not _is_want(parsed, sides[0], table) else (sides[1], sides[0])
    return replace(blank, got=got, want=want, equal=False)


def _compared(parsed: Tree, call: Node) -> tuple[Node, Node] | None:
    """Return the two sides that a call such as reflect.DeepEqual compares."""
    function, arguments = field(call, "function"), field(call, "arguments")
    if call.type != "call_expression" or function is None or arguments is None:
        return None
    known = parsed.of(field(function, "field")) in _EQUALITIES
    sides = arguments.named_children
    return (sides[0], sides[1]) if known and len(sides) == 2 else None


def _is_want(parsed: Tree, node: Node, table: Table | None) -> bool:
    part = {"selector_expression": "field", "index_expression": "operand"}.get(node.type)
    name = parsed.of(field(node, part) if part else node).lower()
    plain = node.type in ("identifier", "selector_expression", "index_expression")
    is_value = table is not None and node.type == "identifier" and parsed.of(node) == table.value
    return node.type in LITERALS or is_value or (plain and name.startswith(_WANTS))


def _cases_of(parsed: Tree, check: Check) -> Iterator[Case]:
    asked = spelt(parsed, check.got)
    if check.table is None:
        wanted = literal(parsed, check.want) if check.want else check.condition
        alone = check.want is None or parsed.of(check.want) not in asked.read
        case = _case(parsed, check, asked, wanted or check.want)
        yield case if wanted and alone else replace(case, span=None)
        return
    for row in check.table.rows:
        yield _of_row(parsed, check, check.table, asked, row)


def _of_row(parsed: Tree, check: Check, table: Table, asked: Spelt, row: Row) -> Case:
    """Return the case of a row: what is asked with the row's values in it, or the row without its want."""
    wanted, text = _cell(parsed, check, row), asked.text
    names = {f"{table.value}.{name}" if name else table.value: parsed.of(cell) for name, cell in row.cells.items()}
    if row.named and table.key:
        names[table.key] = row.key
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}\b", lambda _, name=name: names[name], text)
    if text == asked.text:
        given = ", ".join(parsed.of(cell) for cell in row.cells.values() if cell != wanted)
        text = f"{text} of {given or row.key}"
    own = asked.own - {table.key, table.value}
    case = _case(parsed, check, Spelt(one_line(text), own, asked.read), wanted or check.want)
    line = row.node.start_point.row + 1
    alone = wanted is not None and not (check.want and _mentions(asked.text, parsed.of(check.want)))
    omitted = wanted is None and check.want is not None and _is_of_row(parsed, check, check.want)
    return replace(case, row=row.key, line=line, span=case.span if alone else None, want="" if omitted else case.want)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}\b", text) is not None


def _is_of_row(parsed: Tree, check: Check, node: Node) -> bool:
    value = check.table.value if check.table else ""
    return parsed.of(field(node, "operand") if node.type == "selector_expression" else node) == value


def _cell(parsed: Tree, check: Check, row: Row) -> Node | None:
    """Return the cell of a row that holds the wanted value."""
    if check.want is None or not _is_of_row(parsed, check, check.want):
        return None
    return row.cells.get(parsed.of(field(check.want, "field")) if check.want.type == "selector_expression" else "")


def _case(parsed: Tree, check: Check, asked: Spelt, wanted: Node | None) -> Case:
    truth = check.want is None
    answer = ("false" if check.equal else "true") if truth else one_line(parsed.of(wanted or check.want))
    return Case(
        check=check.number,
        row="",
        test=check.test,
        line=check.condition.start_point.row + 1,
        call=asked.text,
        want=f"not {answer}" if check.equal and not truth else answer,
        span=parsed.span(wanted or check.condition),
        truth=truth,
        closed=not asked.own and "(" in asked.text,
    )
