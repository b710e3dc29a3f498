"""The cases of a JavaScript test: what each asks, what it wants, and where that stands in the text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tree_sitter import Node

from guild.syntax import Case
from guild.syntax.react.checks import Check, checks
from guild.syntax.react.expressions import is_literal, one_line
from guild.syntax.react.naming import Spelt, literal, spelt
from guild.syntax.react.tables import Row
from guild.syntax.react.tree import Tree, bare, tree

ERROR = "error"
"""The answer of what throws."""


def cases(text: str) -> list[Case]:
    """Return the cases of a test file; a truth wants `true` or `false`, what throws is the answer `error`."""
    parsed = tree(text)
    return [case for check in checks(parsed) for case in _cases_of(parsed, check)]


def _cases_of(parsed: Tree, check: Check) -> Iterator[Case]:
    asked = spelt(parsed, check.asked)
    if check.table is not None:
        yield from (_of_row(parsed, check, asked, row) for row in check.table.rows)
        return
    found = literal(parsed, check.want) if check.want is not None else None
    case = _case(parsed, check, asked, found or check.want)
    itself = check.want is not None and parsed.of(check.want) in asked.read
    yield case if found is not None and not itself else replace(case, span=None)


def _of_row(parsed: Tree, check: Check, asked: Spelt, row: Row) -> Case:
    """Return the case of a row: what is asked with the row's values in it, or the row without its want."""
    want = bare(check.want) if check.want is not None else None
    cell = row.cells.get(parsed.of(want)) if want is not None else None
    found = spelt(parsed, check.asked, {name: parsed.of(value) for name, value in row.cells.items()})
    if found.text == asked.text:
        others = [parsed.of(value) for name, value in row.cells.items() if value != cell and name.isidentifier()]
        found = found._replace(text=one_line(f"{asked.text} of {', '.join(others) or row.key}"))
    else:
        found = found._replace(own=found.own - {name for name in row.cells if name.isidentifier()})
    case = _case(parsed, check, found, cell or want)
    itself = want is not None and re.search(rf"(?<![\w.]){re.escape(parsed.of(want))}(?!\w)", asked.text)
    span = case.span if cell is not None and not itself and is_literal(parsed, cell) else None
    return replace(case, row=row.key, line=row.node.start_point.row + 1, span=span)


def _case(parsed: Tree, check: Check, asked: Spelt, wanted: Node | None) -> Case:
    words = f" {check.matcher}" if check.kind == "truth" else ""
    return Case(
        check=check.number,
        row="",
        test=check.test,
        line=check.statement.start_point.row + 1,
        call=one_line(f"{asked.text}{words}"),
        want=_answer(parsed, check, wanted),
        span=parsed.span(wanted) if wanted is not None else None,
        truth=check.kind == "truth",
        closed=check.alone and not asked.own and "(" in asked.text,
    )


def _answer(parsed: Tree, check: Check, wanted: Node | None) -> str:
    if check.kind == "truth":
        return "true" if check.holds else "false"
    if check.kind == "raises":
        return ERROR
    value = one_line(parsed.of(wanted))
    return f"not {value}" if check.kind == "unlike" else value
