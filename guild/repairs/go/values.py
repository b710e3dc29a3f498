"""Calls with two results where one value is wanted, and results that are thrown away."""

import re
from collections.abc import Iterator, Sequence
from itertools import count, islice

from tree_sitter import Node

from guild.repairs.go.places import FUNCTIONS, STATEMENTS, above, calls, innermost, said
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.edit import edited
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_SEVERAL = re.compile(
    r"^multiple-value (?P<what>.+) \(value of type \([^,()]+, (?:error|bool)\)\) in single-value context$"
)
_TOO_MANY = re.compile(
    r"^too many (?:arguments in call to .+|return values); have \((?P<first>[^,()]+), (?:error|bool)\); "
    r"want \((?P<wanted>[^,()]+)\)$"
)
_UNUSED = re.compile(r"^(?P<what>append\(.+\)) \(value of type .+\) is not used$")
_CHANGES = ("short_var_declaration", "assignment_statement", "range_clause", "inc_statement", "dec_statement")
_KEEPABLE = ("identifier", "selector_expression", "index_expression")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Take the first of two results beforehand where nothing runs in another order for it; keep what append gives."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        if match := _SEVERAL.match(found["message"]):
            edits += _first_of(parsed, said(parsed, found, match["what"]), len(edits))
        elif (match := _TOO_MANY.match(found["message"])) and match["first"] == match["wanted"]:
            edits += _first_of(parsed, _only_call(parsed, found), len(edits))
        elif match := _UNUSED.match(found["message"]):
            edits += _kept(parsed, said(parsed, found, match["what"]))
    return edits


def _only_call(parsed: Tree, found: Diagnostic) -> Node | None:
    """Return the call that is a call's one argument, or what a return gives."""
    node = innermost(parsed, found)
    if found["message"].startswith("too many return"):
        given = above(node, "return_statement")
        values = given.named_children[0].named_children if given is not None and given.named_children else []
        return values[0] if len(values) == 1 and values[0].type == "call_expression" else None
    inner = above(node, "call_expression")
    arguments = inner.parent if inner is not None else None
    alone = arguments is not None and arguments.type == "argument_list" and len(arguments.named_children) == 1
    return inner if alone else None


def _first_of(parsed: Tree, call: Node | None, taken: int) -> Iterator[Edit]:
    spec = call.parent.parent if call is not None and call.parent is not None else None
    if call is not None and spec is not None and spec.type == "var_spec":
        names = spec.children_by_field_name("name")
        end = parsed.char(names[0].end_byte)
        yield from [(end, end, ", _")] if len(names) == 1 else []
        return
    statement = above(call, *STATEMENTS) if call is not None else None
    if call is None or statement is None:
        return
    if not _runs_first(parsed, call, statement) and not _is_constant(parsed, call, statement):
        return
    name = _fresh(parsed, call, taken)
    start, end = parsed.span(statement)
    inside = tuple(at - start for at in parsed.span(call))
    changed = edited(parsed.of(statement), [(inside[0], inside[1], name)])
    yield start, end, f"{name}, _ := {parsed.of(call)}\n{changed}"


def _runs_first(parsed: Tree, call: Node, statement: Node) -> bool:
    """Tell whether a call can be made before its statement: always run, once, and before all other calls of it."""
    plain = statement.parent is not None and statement.parent.type == "statement_list"
    earlier = any(each.end_byte <= call.start_byte for each in calls(statement) if each != call)
    node, lazy = call, False
    while (outer := node.parent) is not None and node != statement:
        shortcut = outer.type == "binary_expression" and parsed.of(field(outer, "operator")) in ("&&", "||")
        lazy |= outer.type in (*FUNCTIONS, "block", "for_statement", "defer_statement", "go_statement")
        lazy |= shortcut and field(outer, "right") == node
        lazy |= outer.type == "if_statement" and field(outer, "initializer") is not None
        node = outer
    return plain and not lazy and not earlier


def _is_constant(parsed: Tree, call: Node, statement: Node) -> bool:
    """Tell whether a call gives the same all through its statement: a conversion of what is not changed there."""
    converts = parsed.of(field(call, "function")).startswith("strconv.")
    plain = statement.parent is not None and statement.parent.type == "statement_list"
    arguments = field(call, "arguments")
    given = (
        {parsed.of(each) for each in walk(arguments) if each.type == "identifier"}
        if arguments is not None
        else set[str]()
    )
    changed = [field(each, "left") or each for each in walk(statement) if each.type in _CHANGES]
    return converts and plain and not given & {parsed.of(each) for left in changed for each in walk(left)}


def _fresh(parsed: Tree, node: Node, passed: int) -> str:
    """Return a name that nothing in the function bears, behind those that other edits took."""
    function = above(node, "function_declaration", "method_declaration") or parsed.root
    taken = {parsed.of(each) for each in walk(function) if each.type == "identifier"}
    free = (name for number in count(1) if (name := f"value{number}") not in taken)
    return next(islice(free, passed, None))


def _kept(parsed: Tree, call: Node | None) -> Iterator[Edit]:
    arguments = field(call, "arguments") if call is not None else None
    if call is None or arguments is None or call.parent is None or call.parent.type != "expression_statement":
        return
    if arguments.named_children and arguments.named_children[0].type in _KEEPABLE:
        start = parsed.char(call.start_byte)
        yield start, start, f"{parsed.of(arguments.named_children[0])} = "
