"""A test file rewritten so that every check tells what it got and wanted, and none ends the test.

What is watched calls `guildWatch`, which has to be there where the tests run. A check is numbered as `cases` numbers
it; a row is its number in its table, `""` outside of one. What is handed over are functions without parameters, and
what they give may have to be waited for.

- `equal(check, row, got, want, matcher)` compares as `expect(got).matcher(want)` does;
- `held(check, row, statement)` tells whether a statement of `expect` passes;
- `raises(check, row, statement)` tells whether one that expects an error passes;
- `numbered(rows)` returns what a test runs over, with the number of each row before it.
"""

from collections.abc import Iterator

from guild.syntax import Edit, edited
from guild.syntax.react.checks import Check, checks
from guild.syntax.react.tables import Table
from guild.syntax.react.tree import Tree, field, tree

_WATCH = "guildWatch"


def watched(text: str) -> str:
    """Return a test file whose checks report what they see."""
    parsed = tree(text)
    found = checks(parsed)
    edits: list[Edit] = [(*parsed.span(check.statement), _report(parsed, check)) for check in found]
    tables = {check.table.home.id: check.table for check in found if check.table is not None}
    edits += [edit for table in tables.values() for edit in _numbering(parsed, table)]
    return edited(text, edits)


def _report(parsed: Tree, check: Check) -> str:
    row = check.table.number if check.table is not None else '""'
    head = f"{check.number}, {row}"
    begun, waits = ("async ", "await ") if check.waits else ("", "")
    if check.kind == "equal" and check.want is not None:
        sides = f"{begun}() => ({parsed.of(check.asked)}), {begun}() => ({parsed.of(check.want)})"
        return f'{waits}{_WATCH}.equal({head}, {sides}, "{check.matcher}")'
    name = "raises" if check.kind == "raises" else "held"
    return f"{waits}{_WATCH}.{name}({head}, {begun}() => {{ {parsed.of(check.statement)}; }})"


def _numbering(parsed: Tree, table: Table) -> Iterator[Edit]:
    """Have a loop, or the function that is run for each row, know the number of its row."""
    values, number = parsed.span(table.values), table.number
    if table.kind == "loop" and (left := field(table.home, "left")) is not None:
        yield (*parsed.span(left), f"[{number}, {parsed.of(left)}]")
        yield values[0], values[0], "[...("
        yield values[1], values[1], ")].entries()"
        return
    listed, single = field(table.home, "parameters"), field(table.home, "parameter")
    names = listed.named_children if listed is not None else [single] if single is not None else []
    if not names:
        return
    (start, _), (_, end) = parsed.span(names[0]), parsed.span(names[-1])
    plain = parsed.text[start:end]
    if table.kind == "each":
        yield values[0], values[0], f"{_WATCH}.numbered("
        yield values[1], values[1], ")"
        plain = f"{number}, {plain}"
    elif len(names) == 1:
        plain = f"{plain}, {number}"
    else:
        return
    yield start, end, plain if single is None else f"({plain})"
