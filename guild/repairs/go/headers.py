"""Literals with braces in the head of an `if`, a `for` or a `switch`, where Go takes the brace for the block's."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit, edited, parse
from guild.syntax.go.tree import field, tokens, tree, walk
from guild.values import Diagnostic

_HEADS = ("if", "for", "switch")
_STATEMENTS = ("if_statement", "for_statement", "expression_switch_statement")
_NAMES = ("identifier", "type_identifier", "field_identifier", "package_identifier")
_TYPES = ("type_identifier", "qualified_type", "generic_type")
_CLOSED = ("parenthesized_expression", "argument_list", "expression_case")
_MOST = 20


def apply(subject: Subject) -> str:
    """Put such literals in parentheses, each where the file parses better with them."""
    text = subject.text
    for _ in range(_MOST):
        faults = len(parse(text).faults)
        better = (new for new in _wrapped(text) if len(parse(new).faults) < faults) if faults else iter(())
        found = next(better, None)
        if found is None:
            return text
        text = found
    return text


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Do the same where the parser reads past the brace and the compiler does not."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        statement = above(innermost(parsed, found), *_STATEMENTS) if found["code"] == "syntax" else None
        for node in walk(statement) if statement is not None else ():
            bare = field(node, "type") if node.type == "composite_literal" else None
            if bare is not None and bare.type in _TYPES and above(node, "block", *_STATEMENTS, *_CLOSED) == statement:
                edits.append((*parsed.span(node), f"({parsed.of(node)})"))
    return edits


def _wrapped(text: str) -> Iterator[str]:
    parsed = tree(text)
    found = list(tokens(parsed.root))
    for first, token in enumerate(found):
        if token.type in _HEADS:
            for start, end in _literals(found, first):
                at, stop = parsed.char(found[start].start_byte), parsed.char(found[end].end_byte)
                yield edited(text, [(at, at, "("), (stop, stop, ")")])


def _literals(tokens: Sequence[Node], first: int) -> Iterator[tuple[int, int]]:
    """Yield where a name and braces stand in a head, with the head going on behind them on the same line."""
    row = tokens[first].start_point.row
    for at in range(first + 2, len(tokens) - 1):
        if tokens[at].start_point.row != row:
            return
        end = _closing(tokens, at) if tokens[at].type == "{" and tokens[at - 1].type in _NAMES else -1
        if 0 < end < len(tokens) - 1 and tokens[end + 1].start_point.row == row:
            start = at - 3 if tokens[at - 2].type == "." else at - 1
            yield (start - 1 if tokens[start - 1].type == "&" else start), end


def _closing(tokens: Sequence[Node], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[at].type, 0)
        if not depth:
            return at
    return -1
