"""A test file rewritten so that every check tells what it got and wanted, and none ends the test.

What is watched calls a module `guild_watch`, which has to be importable where the tests run. A check is numbered as
`cases` numbers it; a row is its number in its table, `""` outside of one. The module offers:

- `equal(check, row, got, want)`: `got` and `want` are functions without parameters, called once, at once;
- `held(check, row, condition)`: a function whose answer, or AssertionError, is yes or no;
- `raises(check, row, expected, match=None)`: a context that lets nothing out; `raises(check, row, expected, function,
  *arguments)` calls at once;
- `numbered(names, values)`: the two arguments of `parametrize` with the number of each row as `guild_row`.
"""

from collections.abc import Iterator

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.python.checks import Check, checks
from guild.syntax.python.imports import merged
from guild.syntax.python.tables import Table
from guild.syntax.python.tree import FUNCTION, Tree, defined, field, tree, walk

MODULE = "guild_watch"
ROW = "guild_row"
_HERE = ("await", "named_expression", "yield")
"""Expressions that only the function itself can evaluate, not one inside it."""


def watched(text: str) -> str:
    """Return a test file whose checks report what they see to the functions of a module beside it."""
    parsed = tree(text)
    found = checks(parsed)
    if not found:
        return text
    reports: dict[tuple[int, int], list[str]] = {}
    for check in found:
        if check.kind != "raises":
            reports.setdefault(parsed.span(check.statement), []).append(_report(parsed, check))
    edits: list[Edit] = [(*span, "; ".join(told)) for span, told in reports.items()]
    edits += [edit for check in found if check.kind == "raises" for edit in _raising(parsed, check)]
    tables = {check.table.home.id: check.table for check in found if check.table is not None}
    edits += [edit for table in tables.values() for edit in _numbering(parsed, table)]
    return merged(edited(text, edits), tree(f"import {MODULE}\n"))


def _report(parsed: Tree, check: Check) -> str:
    head = f"{check.number}, {_row(check)}"
    if check.kind == "near":
        return f"{MODULE}.held({head}, {_function(check.statement, f'({parsed.of(check.statement)}) is None')})"
    asked = check.joint.join(f"({parsed.of(node)})" for node in check.asked)
    want = f"({parsed.of(check.want)})" if check.want is not None else "None"
    if check.kind == "unlike":
        sign = "!=" if check.want is not None else "is not"
        return f"{MODULE}.held({head}, {_function(check.statement, f'{asked} {sign} {want}')})"
    if check.kind == "truth":
        asked, want = f"bool({asked})", str(check.holds)
    return f"{MODULE}.equal({head}, {_function(check.statement, asked)}, {_function(check.want, want)})"


def _function(node: Node | None, expression: str) -> str:
    """Return a function of no parameters that gives the value of an expression."""
    here = node is not None and any(each.type in _HERE for each in walk(node))
    return f"lambda guild_value=({expression}): guild_value" if here else f"lambda: {expression}"


def _row(check: Check) -> str:
    return _number(check.table) if check.table is not None else '""'


def _number(table: Table) -> str:
    """Return the name of the number of a table's row; that of a loop is its own, since loops stand in loops."""
    return f"{ROW}{table.home.start_point.row + 1}" if table.home.type == "for_statement" else ROW


def _raising(parsed: Tree, check: Check) -> Iterator[Edit]:
    function, arguments = field(check.statement, "function"), field(check.statement, "arguments")
    if function is None or arguments is None:
        return
    yield (*parsed.span(function), f"{MODULE}.raises")
    at = parsed.char(arguments.start_byte) + 1
    yield at, at, f"{check.number}, {_row(check)}, "
    given = [each for each in arguments.named_children if each.type != "comment"]
    if parsed.of(function).endswith("Regex") and len(given) > 1 and given[1].type != "keyword_argument":
        match = parsed.char(given[1].start_byte)
        yield match, match, "match="


def _numbering(parsed: Tree, table: Table) -> Iterator[Edit]:
    """Have a loop, or a parametrized test, know the number of its row."""
    names, values = parsed.span(table.names), parsed.span(table.values)
    if table.home.type == "for_statement":
        yield (*names, f"{_number(table)}, ({parsed.of(table.names)})")
        yield values[0], values[0], "enumerate("
        yield values[1], values[1], ")"
        return
    yield names[0], names[0], f"*{MODULE}.numbered("
    yield values[1], values[1], ")"
    found = defined(table.home)
    parameters = field(found, "parameters") if found is not None and found.type == FUNCTION else None
    if parameters is not None:
        named = parameters.named_children
        after = named[0] if named and parsed.of(named[0]) == "self" else None
        at = parsed.char(after.end_byte if after is not None else parameters.start_byte + 1)
        yield at, at, f", {ROW}" if after is not None else f"{ROW}, "
