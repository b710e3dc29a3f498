"""Functions named where their results are wanted, and called where there is nothing to call."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.messages import mismatches, misuses
from guild.repairs.go.places import above, first, innermost, said
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic

_GIVES = re.compile(r"^func\(\) (?P<result>[^()]+)$")
_NAMED = re.compile(
    r"^(?:invalid argument: |invalid operation: )?(?:cannot (?:index|slice|range over) )?"
    r"(?P<what>[\w.]+) \(value of type func\(\)(?: [^()]+)?\)(?: for built-in|:| is not used|$)"
)
_CHAINED = re.compile(r"^(?P<what>[\w.]+)\.\w+ undefined \(type func\(\) [^()]+ has no field or method")
_PRINTED = re.compile(r"^\S+ format %\S+ arg (?P<what>[\w.]+) is a func value, not called$")
_UNCALLABLE = re.compile(r"^invalid operation: cannot call (?:non-function )?(?P<what>[\w.]+) \(variable of type .+\)")
_CALLABLE = ("identifier", "selector_expression", "func_literal")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Call a function of no parameters whose value is wanted; do not call a field."""
    parsed = tree(subject.text)
    nodes = [misuse.node for misuse in misuses(parsed, diagnostics) if _is_result(misuse.has, misuse.wanted)]
    for mismatch in mismatches(parsed, diagnostics):
        nodes += [side.node for side in (mismatch.left, mismatch.right) if _GIVES.match(side.kind)]
    edits: list[Edit] = []
    for found in diagnostics:
        nodes += _uncalled(parsed, found)
        if match := _UNCALLABLE.match(found["message"]):
            edits += _plain(parsed, found, match["what"])
    return edits + [_called(parsed, node) for node in {node.id: node for node in nodes}.values()]


def _is_result(has: str, wanted: str) -> bool:
    match = _GIVES.match(has)
    return match is not None and match["result"] == wanted


def _called(parsed: Tree, node: Node) -> Edit:
    end = parsed.char(node.end_byte)
    return end, end, "()"


def _uncalled(parsed: Tree, found: Diagnostic) -> Iterator[Node]:
    message = found["message"]
    if re.match(r"expression in (?:defer|go) must be function call", message):
        statement = above(innermost(parsed, found), "defer_statement", "go_statement")
        yield from (each for each in statement.named_children if each.type in _CALLABLE) if statement else ()
    elif match := _NAMED.match(message):
        node = said(parsed, found, match["what"])
        yield from [node] if node is not None else []
    elif match := _CHAINED.match(message):
        whole = first(parsed, found, "selector_expression") or above(innermost(parsed, found), "selector_expression")
        operand = field(whole, "operand") if whole is not None else None
        while operand is not None and parsed.of(operand) != match["what"]:
            operand = field(operand, "operand")
        yield from [operand] if operand is not None else []
    elif match := _PRINTED.match(message):
        call = above(innermost(parsed, found), "call_expression")
        arguments = field(call, "arguments") if call is not None else None
        given = arguments.named_children if arguments is not None else []
        yield from (each for each in given if parsed.of(each) == match["what"])


def _plain(parsed: Tree, found: Diagnostic, what: str) -> Iterator[Edit]:
    """Take the empty parentheses off what is no function."""
    node = said(parsed, found, what)
    call = node.parent if node is not None else None
    arguments = field(call, "arguments") if call is not None and call.type == "call_expression" else None
    alone = call is not None and call.parent is not None and call.parent.type == "expression_statement"
    if arguments is not None and not arguments.named_children and not alone:
        yield *parsed.span(arguments), ""
