"""Statements in a row on one line: Go ends a statement at the end of its line, or where a semicolon stands."""

from itertools import pairwise

from guild.repairs.subject import Subject
from guild.syntax.go import Edit, edited, parse
from guild.syntax.go.tree import tokens, tree

_NAMES = ("identifier", "package_identifier", "type_identifier", "field_identifier")
_WORDS = ("if", "for", "switch", "select", "return", "var", "const", "type", "go", "defer", "break", "continue")


def apply(subject: Subject) -> str:
    """End the line behind a closing brace that another statement follows, in a file that does not parse."""
    if not parse(subject.text).faults:
        return subject.text
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for brace, behind in pairwise(tokens(parsed.root)):
        follows = behind.type in (*_NAMES, *_WORDS) and behind.start_point.row == brace.end_point.row
        if brace.type == "}" and follows:
            at = parsed.char(brace.end_byte)
            edits.append((at, at, "\n"))
    return edited(subject.text, edits)
