"""The checks of a JavaScript test: each `expect`, what it asks, what it wants, and where that stands."""

from dataclasses import dataclass, replace
from typing import Literal

from tree_sitter import Node

from guild.syntax.react.expressions import is_literal
from guild.syntax.react.tables import Table, table_of
from guild.syntax.react.tests import Test, each_test
from guild.syntax.react.tree import FUNCTIONS, Tree, bare, called, field, positional, walk

Kind = Literal["equal", "unlike", "truth", "raises"]

_EQUAL = ("toBe", "toEqual", "toStrictEqual")
_WAITING = ("resolves", "rejects")


@dataclass(frozen=True)
class Check:
    """One question of a test: what it asks, and what it wants of the answer."""

    kind: Kind
    asked: Node
    want: Node | None
    """What is compared with; None for what is wanted to hold."""
    matcher: str
    """What follows what is asked, in the words of the test, without a denial."""
    holds: bool
    """Whether a truth is wanted to hold."""
    statement: Node
    """The expression that asks, waited for or not."""
    waits: bool
    """Whether the answer has to be waited for."""
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
    for test in each_test(parsed):
        alone = _is_alone(parsed, test)
        for node in walk(test.body) if test.body is not None else ():
            if check := _check(parsed, node):
                table = table_of(parsed, check.statement, test)
                found.append(replace(check, test=test.title, table=table, number=len(found), alone=alone))
    return found


def expecting(parsed: Tree, call: Node | None) -> tuple[Node, list[str]] | None:
    """Return what `expect` is given, and the words between it and the last parentheses; None for another call."""
    words: list[str] = []
    node = field(call, "function") if call is not None else None
    while node is not None and node.type == "member_expression":
        words.insert(0, parsed.of(field(node, "property")))
        node = field(node, "object")
    plain = node is not None and node.type == "call_expression" and parsed.of(field(node, "function")) == "expect"
    given = positional(node) if node is not None and plain else []
    return (given[0], words) if given and words else None


def _check(parsed: Tree, statement: Node) -> Check | None:
    call = called(statement)
    said = expecting(parsed, call)
    if call is None or said is None:
        return None
    asked, words = said
    given, matcher = positional(call), words[-1]
    denied, waits = "not" in words, any(each.type == "await_expression" for each in walk(statement))
    whole = statement.named_children[0]
    plain = not set(words) & set(_WAITING)
    if matcher.startswith("toThrow") and plain and not denied and (ran := _ran(asked)) is not None:
        return Check("raises", ran, None, matcher, True, whole, waits)
    if matcher in _EQUAL and plain and len(given) == 1:
        if is_literal(parsed, bare(asked)) and not is_literal(parsed, bare(given[0])):
            asked, given = given[0], [asked]
        return Check("unlike" if denied else "equal", asked, given[0], matcher, True, whole, waits)
    text = ".".join(word for word in words if word != "not")
    arguments = parsed.of(field(call, "arguments"))
    return Check("truth", asked, None, f"{text}{arguments}", not denied, whole, waits)


def _ran(function: Node) -> Node | None:
    """Return the last expression of a function that is expected to throw."""
    body = field(function, "body") if function.type in FUNCTIONS else None
    if body is None or body.type != "statement_block":
        return body
    steps = [each for each in body.named_children if each.type != "comment"]
    last = steps[-1] if steps else None
    if last is None or last.type not in ("expression_statement", "return_statement") or not last.named_children:
        return None
    return last.named_children[0]


def _is_alone(parsed: Tree, test: Test) -> bool:
    """Tell whether a test does nothing but ask: what else it did, its questions would hang on."""
    body = field(test.body, "body") if test.body is not None else None
    for each in walk(body) if body is not None else ():
        if each.type == "expression_statement" and expecting(parsed, called(each)) is None:
            loop = called(each)
            if loop is None or not parsed.of(field(loop, "function")).endswith(".forEach"):
                return False
    return True
