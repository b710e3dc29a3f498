"""What a test wants, in the type of what it is compared with: owned texts, borrowed numbers."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.rust.checks import Check, checks
from guild.syntax.rust.parts import Part
from guild.syntax.rust.tree import field, tree, walk
from guild.values import Diagnostic

_OWNED = re.compile(
    r"can't compare `[^`]*\bString\b[^`]*` with `[^`]*&|expected `[^`]*\bString\b[^`]*`, found `[^`]*&(?:'static )?str"
)
_LENT = re.compile(r"expected `(?:std::option::)?Option<&[^`]*`, found `(?:std::option::)?Option<\{")
_NUMBERS = ("integer_literal", "float_literal")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Own the texts, or borrow the numbers, of the values that the blamed checks want; which they are stays."""
    edits: list[Edit] = []
    for check in checks(tree(subject.text)):
        lines = range(check.statement.start_point.row + 1, check.statement.end_point.row + 2)
        for found in diagnostics:
            if found["line"] in lines:
                edits += [edit for want in _wanted(check) for edit in _fitted(want, found["message"])]
    return list(dict.fromkeys(edits))


def _wanted(check: Check) -> Iterator[Part]:
    """Yield the value that a check wants, in each row of its table."""
    if check.want is None:
        return
    yield check.want
    for row in check.table.rows if check.table is not None else ():
        if check.want.text in row.cells:
            yield row.cells[check.want.text]


def _fitted(want: Part, message: str) -> Iterator[Edit]:
    for node in walk(want.node):
        start, end = want.child(node).span
        after = node.next_sibling
        if node.type == "string_literal" and _OWNED.search(message) and not (after is not None and after.type == "."):
            yield end, end, ".to_string()"
        if node.type in _NUMBERS and _LENT.search(message) and _holder(want, node) == "Some":
            yield start, start, "&"


def _holder(want: Part, node: Node) -> str:
    """Return the function that is called with a literal."""
    call = node.parent.parent if node.parent is not None else None
    return want.parsed.of(field(call, "function")) if call is not None else ""
