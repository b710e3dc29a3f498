"""A test file rewritten so that every check tells what it got and wanted, and none ends the test."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from guild.syntax.go.cases import Check, checks
from guild.syntax.go.edit import Edit, edited
from guild.syntax.go.tree import Tree, field, tree, walk

ROW = "guildRow"
_RECOVER = " defer func() { _ = recover() }();"
_NUMBER = re.compile(r"[-+]?(\d|math\.)")
"""A constant that takes the type of what it is compared with; as an int it may overflow."""
_MILD = {"Fatal": "Error", "Fatalf": "Errorf", "FailNow": "Fail"}


def watched(text: str) -> str:
    """Return a test file whose checks report what they see to functions that a file beside it declares."""
    parsed = tree(text)
    found = checks(parsed)
    edits = [edit for check in found for edit in _edits(parsed, check)]
    return edited(text, [*edits, *_recoveries(parsed)])


def _edits(parsed: Tree, check: Check) -> Iterator[Edit]:
    row = '""'
    if check.table is not None:
        row = check.table.key or ROW
        if not check.table.key:
            clause = next(child for child in check.table.loop.named_children if child.type == "range_clause")
            left = field(clause, "left")
            yield (*parsed.span(left.named_children[0] if left else clause), ROW)
    yield (*parsed.span(check.condition), _reporting(parsed, check, row))
    if check.want is None or check.want.type != "nil":
        yield from _milder(parsed, check)


def _reporting(parsed: Tree, check: Check, row: str) -> str:
    condition, head = parsed.of(check.condition), f"{check.number}, {row}"
    if check.want is None or check.equal or check.want.type == "nil":
        return f"guildSaw({head}, {condition})"
    got, want = parsed.of(check.got), parsed.of(check.want)
    if not any(_calls(parsed, side) for side in (check.got, check.want)):
        kind = "" if _NUMBER.match(want) else "[any]"
        return f"guildCompared{kind}({head}, {got}, {want}, {condition})"
    if check.condition.type == "binary_expression":
        return f"guildEqual({head}, {got}, {want})"
    return f"guildSaw({head}, {condition})"


def _calls(parsed: Tree, node: Node) -> bool:
    """Tell whether an expression calls anything that may do more than answer."""
    calls = (each for each in walk(node) if each.type == "call_expression")
    return any(parsed.of(field(call, "function")) not in ("len", "cap") for call in calls)


def _milder(parsed: Tree, check: Check) -> Iterator[Edit]:
    """Have a check go on to the next one instead of ending the test."""
    statement = check.condition.parent
    while statement is not None and statement.type != "if_statement":
        statement = statement.parent
    for node in walk(statement) if statement else ():
        name = field(node, "field") if node.type == "selector_expression" else None
        if name is not None and parsed.of(name) in _MILD and parsed.of(field(node, "operand")) != "log":
            yield (*parsed.span(name), _MILD[parsed.of(name)])


def _recoveries(parsed: Tree) -> Iterator[Edit]:
    for node in walk(parsed.root):
        body = field(node, "body") if node.type in ("function_declaration", "func_literal") else None
        parameters = field(node, "parameters")
        if body is not None and parsed.of(parameters).replace(" ", "").endswith("*testing.T)"):
            at = parsed.char(body.start_byte) + 1
            yield at, at, _RECOVER
