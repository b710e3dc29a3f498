"""The checks of a Python test: each question that it asks, in whichever way it asks, and where that stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tree_sitter import Node

from guild.syntax.python.naming import is_literal
from guild.syntax.python.source import each_test
from guild.syntax.python.tables import Table, table_of
from guild.syntax.python.tree import Tree, bare, bodies, defined, field, walk

Kind = Literal["equal", "unlike", "near", "truth", "raises"]

_WANTS = ("want", "expect", "exp")
_RAISES = ("pytest.raises", "raises", "self.assertRaises", "self.assertRaisesRegex")
_DENIED = {"!=": "==", "not in": "in", "is not": "is"}
_PREFIX = "self.assert"
_METHODS = {
    **dict.fromkeys(("Equal", "ListEqual", "TupleEqual", "DictEqual", "SetEqual", "SequenceEqual"), "=="),
    **{"MultiLineEqual": "==", "Is": "is", "NotEqual": "!=", "IsNot": "is not", "In": "in", "NotIn": "not in"},
    **{"Greater": ">", "GreaterEqual": ">=", "Less": "<", "LessEqual": "<=", "AlmostEqual": "~"},
}


@dataclass(frozen=True)
class Check:
    """One question of a test: what it asks, and what it wants of the answer."""

    kind: Kind
    asked: tuple[Node, ...]
    joint: str
    """What stands between two that are asked about together; `()` where the first is called with the others."""
    want: Node | None
    """What is compared with; None where None is, and for a truth."""
    holds: bool
    """Whether a truth is wanted to hold."""
    condition: Node | None
    """The truth, where it is an expression of its own."""
    statement: Node
    """What asks: a statement, or the call that expects an exception."""
    alone: bool = True
    """Whether nothing else is done where it is asked."""
    number: int = 0
    """Its place among the checks of the file."""
    test: str = ""
    table: Table | None = None
    """The table whose rows it runs over."""


def checks(parsed: Tree) -> list[Check]:
    """Return what the tests of a file check, in the order of the text."""
    found: list[Check] = []
    for name, test in each_test(parsed):
        for node in walk(defined(test) or test):
            for check in _checks_of(parsed, node):
                table = table_of(parsed, check.statement, test)
                found.append(_turned(parsed, replace(check, test=name, table=table, number=len(found))))
    return found


def _checks_of(parsed: Tree, node: Node) -> Iterator[Check]:
    if node.type == "assert_statement" and node.named_children:
        for condition in _conjuncts(parsed, node.named_children[0]):
            yield from _truth(parsed, condition, node)
    elif node.type == "expression_statement" and node.named_children and node.named_children[0].type == "call":
        call = node.named_children[0]
        name = parsed.of(field(call, "function"))
        yield from _called(parsed, call) if name in _RAISES else _of_method(parsed, call, node)
    elif node.type == "with_statement":
        calls = [each for each in walk(node.named_children[0]) if each.type == "call"]
        for call in [each for each in calls if parsed.of(field(each, "function")) in _RAISES]:
            yield from _expected(call, node)


def _conjuncts(parsed: Tree, condition: Node) -> Iterator[Node]:
    """Yield the sides of `a and b`, each of which fails the test alone."""
    condition = bare(condition)
    left, right = field(condition, "left"), field(condition, "right")
    if condition.type == "boolean_operator" and left and right and parsed.of(field(condition, "operator")) == "and":
        yield from _conjuncts(parsed, left)
        yield from _conjuncts(parsed, right)
    else:
        yield condition


def _truth(parsed: Tree, condition: Node, statement: Node, *, holds: bool = True) -> Iterator[Check]:
    """Yield the check of a condition that is to hold or not, if it can turn out either way."""
    inner, truth = bare(condition), holds
    while inner.type == "not_operator" and inner.named_children:
        inner, truth = bare(inner.named_children[0]), not truth
    if inner.type == "comparison_operator" and len(inner.named_children) == 2:
        left, right = inner.named_children
        sign = " ".join(parsed.of(child) for child in inner.children if child not in (left, right))
        yield _compared((left, right), sign, truth, condition, statement)
    elif not is_literal(inner):
        yield Check("truth", (inner,), "", None, truth, condition, statement)


def _compared(sides: tuple[Node, Node], sign: str, holds: bool, condition: Node | None, statement: Node) -> Check:
    holds, sign = (not holds, _DENIED[sign]) if sign in _DENIED else (holds, sign)
    if sign not in ("==", "is", "~"):
        return Check("truth", sides, f" {sign} ", None, holds, condition, statement)
    kind: Kind = "near" if sign == "~" else "equal" if holds else "unlike"
    return Check(kind, sides[:1], "", sides[1], True, None, statement)


def _of_method(parsed: Tree, call: Node, statement: Node) -> Iterator[Check]:
    """Yield the check that a method of unittest makes."""
    name = parsed.of(field(call, "function"))
    given = _positional(call)
    said = name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else ""
    if said in ("True", "False") and given:
        yield from _truth(parsed, given[0], statement, holds=said == "True")
    elif said in ("IsNone", "IsNotNone") and given:
        kind: Kind = "equal" if said == "IsNone" else "unlike"
        yield Check(kind, (given[0],), "", None, True, None, statement)
    elif said in _METHODS and len(given) >= 2:
        yield _compared((given[0], given[1]), _METHODS[said], True, None, statement)


def _positional(call: Node) -> list[Node]:
    arguments = field(call, "arguments")
    given = arguments.named_children if arguments is not None and arguments.type == "argument_list" else []
    return [each for each in given if each.type not in ("comment", "keyword_argument")]


def _expected(call: Node, statement: Node) -> Iterator[Check]:
    """Yield the check that the body of a `with` raises: its last expression is what is asked."""
    given, steps = _positional(call), bodies(statement)
    last = steps[-1] if steps and steps[-1].type != "pass_statement" else None
    if last is not None and last.type == "expression_statement" and last.named_children:
        last = last.named_children[0]
    name = field(last, "left") if last is not None and last.type == "assignment" else None
    asked = field(last, "right") if last is not None and name is not None and name.type == "identifier" else last
    if given and asked is not None:
        yield Check("raises", (asked,), "", given[0], True, None, call, len(steps) == 1)


def _called(parsed: Tree, call: Node) -> Iterator[Check]:
    """Yield the check that a function raises which is handed over with its arguments."""
    given = _positional(call)
    if len(given) > 1 and not parsed.of(field(call, "function")).endswith("Regex"):
        body = field(given[1], "body") if given[1].type == "lambda" else None
        arguments = field(call, "arguments")
        handed = [each for each in arguments.named_children if each.type != "comment"] if arguments else []
        asked, joint = ((body,), "") if body is not None else (tuple(handed[1:]), "()")
        yield Check("raises", asked, joint, given[0], True, None, call)


def _turned(parsed: Tree, check: Check) -> Check:
    """Return a comparison with what is wanted on the side of the wanted."""
    if check.kind not in ("equal", "unlike", "near") or check.want is None:
        return check
    turns = _is_want(parsed, check.asked[0]) and not _is_want(parsed, check.want)
    return replace(check, asked=(check.want,), want=check.asked[0]) if turns else check


def _is_want(parsed: Tree, node: Node) -> bool:
    node = bare(node)
    if node.type == "call":
        return parsed.of(field(node, "function")).endswith("approx")
    name = {"attribute": field(node, "attribute"), "subscript": field(node, "subscript"), "identifier": node}
    return is_literal(node) or parsed.of(name.get(node.type)).strip("\"'").lower().startswith(_WANTS)
