"""A test file rewritten so that every check tells what it got and wanted, and none ends the test.

What is watched calls macros of a module `guild_watch`, which stands at the end of the file. A check is numbered as
`cases` numbers it; a row is its number in its table, `""` outside of one. The macros are:

- `guild_equal!(check, row, got, want)` and `guild_unlike!`, both sides evaluated once;
- `guild_held!(check, row, condition, wanted)`: a truth;
- `guild_none!(check, row, got)`: whether there is nothing;
- `guild_fails!(check, row, call)`: a panic, or an `Err`.
"""

from collections.abc import Iterator

from guild.syntax import Edit, edited
from guild.syntax.rust.checks import Check, checks, panics
from guild.syntax.rust.source import each_test
from guild.syntax.rust.tree import Tree, attributes, field, tree

_ROW = "guild_row"


def watched(text: str) -> str:
    """Return a test file whose checks report what they see by the macros of a module that it has to be given."""
    parsed = tree(text)
    found = checks(parsed)
    edits: list[Edit] = [(*parsed.span(check.statement), _report(check)) for check in found]
    loops = {check.table.loop.id: check.table.loop for check in found if check.table is not None}
    for loop in loops.values():
        pattern, value = field(loop, "pattern"), field(loop, "value")
        if pattern is not None and value is not None:
            edits.append((*parsed.span(pattern), f"({_ROW}, {parsed.of(pattern)})"))
            edits.append((*parsed.span(value), f"({parsed.of(value)}).into_iter().enumerate()"))
    return edited(text, [*edits, *_unpanicking(parsed)])


def _unpanicking(parsed: Tree) -> Iterator[Edit]:
    """Drop what says that a test is to panic: what is watched does not."""
    for _, test in each_test(parsed):
        if panics(parsed, test):
            yield from (
                (*parsed.span(each), "") for each in attributes(test) if parsed.of(each).startswith("#[should_panic")
            )


def _report(check: Check) -> str:
    row = f"&{_ROW}.to_string()" if check.table is not None else '""'
    head, asked = f"{check.number}, {row}", check.asked.text
    if check.kind == "truth":
        return f"guild_held!({head}, {asked}, {str(check.holds).lower()})"
    if check.kind == "fails":
        return f"guild_fails!({head}, {asked})"
    if check.want is None:
        return f"guild_{'none' if check.kind == 'equal' else 'some'}!({head}, {asked})"
    return f"guild_{check.kind}!({head}, {asked}, {check.want.text})"
