"""The cases of a Rust test: what each asks, what it wants, and where that stands in the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from tree_sitter import Node

from guild.syntax import Case, edited
from guild.syntax.rust.checks import NOTHING, Check, checks
from guild.syntax.rust.expressions import plainly
from guild.syntax.rust.parts import Part, bound_in, given_to
from guild.syntax.rust.tables import Row
from guild.syntax.rust.tree import FUNCTION, Tree, tree, walk

ERROR = "error"
"""The answer of what panics, or returns an `Err`."""
_CALLED = ("call_expression", "macro_invocation", "try_expression")
_PLACES = ("identifier", "field_expression")
_MOST_DEPTH = 5
_DRESSED = re.compile(r"^[*&]*(?P<name>[A-Za-z_][\w.]*?)(?:\.(?:to_string|clone|to_owned|into|unwrap)\(\))?$")


class Spelt(NamedTuple):
    """An expression in words that do not hang on the names of the place where it stands."""

    text: str
    own: frozenset[str]
    """Names of the test that are left in it: without them it says all that it asks."""
    read: frozenset[str]
    """Names whose values were put in their place."""


def cases(text: str) -> list[Case]:
    """Return the cases of a test file; a truth wants `true` or `false`, a panic or an `Err` is the answer `error`."""
    parsed = tree(text)
    return [case for check in checks(parsed) for case in _cases_of(parsed, check)]


def _cases_of(parsed: Tree, check: Check) -> Iterator[Case]:
    asked = _spelt(parsed, check, check.asked, {})
    if check.table is not None:
        yield from (_of_row(parsed, check, asked, row) for row in check.table.rows)
        return
    wanted = check.want or check.condition
    found = _named(parsed, check, check.want) if check.want is not None else wanted
    alone = check.want is None or _name(check.want) not in asked.read
    span = found.span if found is not None and alone and (check.want is None or found.literal) else None
    yield _case(parsed, check, asked, (_worded(parsed, check, found or wanted, {}), span))


def _of_row(parsed: Tree, check: Check, asked: Spelt, row: Row) -> Case:
    """Return the case of a row: what is asked with the row's values in it, or the row without its want."""
    cell = row.cells.get(_name(check.want)) if check.want is not None else None
    given = {name: part.text for name, part in row.cells.items()}
    found = _spelt(parsed, check, check.asked, given)
    if found.text == asked.text:
        others = [part.text for name, part in row.cells.items() if part != cell and name.isidentifier()]
        found = found._replace(text=plainly(f"{asked.text} of {', '.join(others) or row.key}"))
    answers_itself = check.want is not None and _name(check.want) in asked.own
    span = cell.span if cell is not None and not answers_itself else None
    case = _case(parsed, check, found, (_worded(parsed, check, cell or check.want, given), span))
    return replace(case, row=row.key, line=row.line)


def _worded(parsed: Tree, check: Check, want: Part | None, given: Mapping[str, str]) -> str:
    """Return a wanted value in words that do not hang on the names of the place where it stands."""
    return _spelt(parsed, check, want, given).text if want is not None else NOTHING


def _name(want: Part) -> str:
    """Return the name, or the member, that a wanted value is of; its own words where it is none."""
    found = _DRESSED.match(want.text)
    return found["name"] if found else want.text


def _named(parsed: Tree, check: Check, want: Part) -> Part:
    """Return what was given to the name of a wanted value; the value itself where it is no name."""
    given = given_to(parsed, _name(want), check.statement) if _name(want).isidentifier() else None
    return given[0] if given and not given[1] and given[0].literal else want


def _spelt(parsed: Tree, check: Check, part: Part, given: Mapping[str, str], depth: int = 0) -> Spelt:
    """Spell an expression with what its names were given last, a literal or the result of a call.

    What is `given` to a name, or a member of one, by a row stands in its place.
    """
    local, own, read = bound_in(parsed, _test_around(check.statement)), set[str](), set[str]()
    edits: list[tuple[int, int, str]] = []
    at = 0
    for node in walk(part.node):
        if node.start_byte < at or node.type not in _PLACES:
            continue
        name = part.parsed.of(node)
        words = given.get(name)
        if words is None and node.type == "identifier" and name in local:
            found = given_to(parsed, name, check.statement)
            fixed = found[0].inner() if found and not found[1] else None
            plain = fixed is not None and fixed.literal
            (read if plain else own).add(name)
            called = fixed is not None and fixed.node.type in _CALLED and not _is_receiver(node) and depth < _MOST_DEPTH
            if fixed is not None and (plain or called):
                inner = _spelt(parsed, check, fixed, given, depth + 1)
                words = inner.text
        if words is not None:
            start, end = part.child(node).span
            edits.append((start - part.at, end - part.at, words))
            at = node.end_byte
    return Spelt(plainly(edited(part.text, edits)), frozenset(own), frozenset(read))


def _test_around(node: Node) -> Node:
    while node.type != FUNCTION and node.parent is not None:
        node = node.parent
    return node


def _is_receiver(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "field_expression"


def _case(parsed: Tree, check: Check, asked: Spelt, wanted: tuple[str, tuple[int, int] | None]) -> Case:
    value, span = wanted
    return Case(
        check=check.number,
        row="",
        test=check.test,
        line=parsed.text.count("\n", 0, check.asked.at) + 1,
        call=asked.text,
        want=_answer(check, value),
        span=span,
        truth=check.kind == "truth",
        closed=check.alone and not asked.own and "(" in asked.text,
    )


def _answer(check: Check, value: str) -> str:
    if check.kind == "truth":
        return "true" if check.holds else "false"
    if check.kind == "fails":
        return ERROR
    return f"not {value}" if check.kind == "unlike" else value
