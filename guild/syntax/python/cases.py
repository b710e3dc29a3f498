"""The cases of a Python test: what each asks, what it wants, and where that stands in the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tree_sitter import Node

from guild.syntax import Case
from guild.syntax.python.checks import Check, checks
from guild.syntax.python.naming import Spelt, literal, one_line, spelt
from guild.syntax.python.tables import Row, Table
from guild.syntax.python.tree import Tree, bare, field, tree, walk

ERROR = "error"
"""The answer of what raises an exception."""


def cases(text: str) -> list[Case]:
    """Return the cases of a test file; a truth wants `True` or `False`, an exception is the answer `error`."""
    parsed = tree(text)
    return [case for check in checks(parsed) for case in _cases_of(parsed, check)]


def wanted_value(parsed: Tree, want: Node) -> Node:
    """Return the value that is wanted, without what says that it need not be met exactly."""
    arguments = field(want, "arguments") if parsed.of(field(want, "function")).endswith("approx") else None
    return arguments.named_children[0] if arguments is not None and arguments.named_children else want


def _cases_of(parsed: Tree, check: Check) -> Iterator[Case]:
    asked, want = _asked(parsed, check, {}), check.want and bare(wanted_value(parsed, check.want))
    if check.table is not None:
        for row in check.table.rows:
            yield _of_row(parsed, check, check.table, (asked, want, row))
        return
    if want is None or check.kind == "raises":
        yield _case(parsed, check, asked, want)
        return
    found = literal(parsed, want)
    case = _case(parsed, check, asked, found or want)
    yield case if found is not None and parsed.of(want) not in asked.read else replace(case, span=None)


def _asked(parsed: Tree, check: Check, given: Mapping[str, str]) -> Spelt:
    """Spell what is asked."""
    first, *others = (spelt(parsed, node, given) for node in check.asked)
    text = first.text + "".join(f"{check.joint}{each.text}" for each in others)
    if check.joint == "()":
        text = f"{first.text}({', '.join(each.text for each in others)})"
    sides = (first, *others)
    return Spelt(
        text, frozenset().union(*(each.own for each in sides)), frozenset().union(*(each.read for each in sides))
    )


def _of_row(parsed: Tree, check: Check, table: Table, said: tuple[Spelt, Node | None, Row]) -> Case:
    """Return the case of a row: what is asked with the row's values in it, or the row without its want."""
    asked, want, row = said
    cell = row.cells.get(parsed.of(want)) if want is not None else None
    found = _asked(parsed, check, {name: parsed.of(value) for name, value in row.cells.items()})
    if found.text == asked.text:
        others = [parsed.of(value) for name, value in row.cells.items() if value != cell and name.isidentifier()]
        found = found._replace(text=one_line(f"{asked.text} of {', '.join(others) or row.key}"))
    case = _case(parsed, check, found, cell or want)
    answers_itself = want is not None and re.search(rf"(?<![\w.]){re.escape(parsed.of(want))}(?!\w)", asked.text)
    omitted = cell is None and want is not None and check.kind != "raises" and _is_of(parsed, table, want)
    return replace(
        case,
        row=row.key,
        line=row.node.start_point.row + 1,
        span=case.span if cell is not None and not answers_itself else None,
        want="" if omitted else case.want,
    )


def _is_of(parsed: Tree, table: Table, want: Node) -> bool:
    """Tell whether a wanted value is the row's, whether the row has it or not."""
    return parsed.of(next(each for each in walk(want) if not each.named_children)) in re.findall(
        r"\w+", parsed.of(table.names)
    )


def _case(parsed: Tree, check: Check, asked: Spelt, wanted: Node | None) -> Case:
    place = wanted or check.condition
    return Case(
        check=check.number,
        row="",
        test=check.test,
        line=check.statement.start_point.row + 1,
        call=asked.text,
        want=_answer(parsed, check, wanted),
        span=parsed.span(place) if place is not None else None,
        truth=check.kind == "truth",
        closed=check.alone and not asked.own and "(" in asked.text,
    )


def _answer(parsed: Tree, check: Check, wanted: Node | None) -> str:
    if check.kind == "truth":
        return str(check.holds)
    if check.kind == "raises":
        return ERROR
    value = one_line(parsed.of(wanted)) if wanted is not None else "None"
    return f"not {value}" if check.kind == "unlike" else value
