"""The checks of a Rust test: each question that it asks, in whichever way it asks, and where that stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tree_sitter import Node

from guild.syntax.rust.parts import Part, of_file, of_macro
from guild.syntax.rust.source import each_test
from guild.syntax.rust.tables import Table, table_of
from guild.syntax.rust.tree import Tree, attributes, field, walk

Kind = Literal["equal", "unlike", "truth", "fails"]

MACROS = ("assert", "assert_eq", "assert_ne", "debug_assert", "debug_assert_eq", "debug_assert_ne")
NOTHING = "None"
_WANTS = ("want", "expect", "exp")
_NESTED = ("closure_expression", "macro_invocation")


@dataclass(frozen=True)
class Check:
    """One question of a test: what it asks, and what it wants of the answer."""

    kind: Kind
    asked: Part
    want: Part | None
    """What is compared with; None for a truth, a failure, and where `None` is wanted in other words."""
    holds: bool
    """Whether a truth is wanted to hold."""
    condition: Part | None
    """The truth, as it is written."""
    statement: Node
    """What asks: the macro, or the expression that is to panic."""
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
        for check in _of_test(parsed, test):
            table = table_of(parsed, check.statement)
            found.append(_turned(replace(check, test=name, table=table, number=len(found))))
    return found


def panics(parsed: Tree, test: Node) -> bool:
    """Tell whether a test is to panic."""
    return any(parsed.of(each).startswith("#[should_panic") for each in attributes(test))


def _of_test(parsed: Tree, test: Node) -> Iterator[Check]:
    if panics(parsed, test):
        yield from _panicking(parsed, test)
        return
    for node in walk(test):
        if node.type == "macro_invocation":
            yield from _of_macro(parsed, node)


def _panicking(parsed: Tree, test: Node) -> Iterator[Check]:
    """Yield the check that the last thing a test does panics."""
    body = field(test, "body")
    steps = [each for each in body.named_children if "comment" not in each.type] if body is not None else []
    last = steps[-1] if steps else None
    if last is not None and last.type == "expression_statement":
        last = last.named_children[0]
    if last is not None and last.type == "let_declaration":
        last = field(last, "value")
    if last is not None and last.type in ("call_expression", "index_expression", "binary_expression"):
        yield Check("fails", of_file(parsed, last), None, True, None, last, len(steps) == 1)


def _of_macro(parsed: Tree, macro: Node) -> Iterator[Check]:
    name = parsed.of(field(macro, "macro")).rpartition("::")[2].removeprefix("debug_")
    given = of_macro(parsed, macro) if name in MACROS else []
    if name == "assert" and given:
        yield from _truth(given[0].inner(), macro)
    elif name in ("assert_eq", "assert_ne") and len(given) >= 2:
        kind: Kind = "equal" if name == "assert_eq" else "unlike"
        yield Check(kind, given[0].inner(), given[1].inner(), True, None, macro)


def _truth(condition: Part, macro: Node) -> Iterator[Check]:
    """Yield the check of a condition that is to hold or not, if it can turn out either way."""
    inner, holds = condition, True
    while inner.node.type == "unary_expression" and inner.text.startswith("!"):
        inner, holds = inner.child(inner.node.named_children[0]).inner(), not holds
    left, right = field(inner.node, "left"), field(inner.node, "right")
    sign = inner.parsed.of(field(inner.node, "operator"))
    if inner.node.type == "binary_expression" and sign in ("==", "!=") and left is not None and right is not None:
        kind: Kind = "equal" if (sign == "==") == holds else "unlike"
        yield Check(kind, inner.child(left).inner(), inner.child(right).inner(), True, None, macro)
        return
    owner, said = _owner(inner)
    if owner is not None and (said, holds) in (("is_err", True), ("is_ok", False)):
        yield Check("fails", owner, None, True, None, macro)
    elif owner is not None and said in ("is_none", "is_some"):
        kind = "equal" if (said == "is_none") == holds else "unlike"
        yield Check(kind, owner, None, True, None, macro)
    elif not inner.literal:
        yield Check("truth", inner, None, holds, condition, macro)


def _owner(part: Part) -> tuple[Part | None, str]:
    """Return what a method without arguments is called on, and the method."""
    function, given = field(part.node, "function"), field(part.node, "arguments")
    if function is None or given is None or function.type != "field_expression" or given.named_children:
        return None, ""
    value = field(function, "value")
    return (part.child(value).inner() if value is not None else None), part.parsed.of(field(function, "field"))


def _turned(check: Check) -> Check:
    """Return a comparison with what is wanted on the side of the wanted."""
    if check.kind not in ("equal", "unlike") or check.want is None:
        return check
    turns = _is_want(check.asked) and not _is_want(check.want)
    return replace(check, asked=check.want, want=check.asked) if turns else check


def _is_want(part: Part) -> bool:
    name = part.text.lstrip("*&").rpartition(".")[2] if "(" not in part.text else part.text.lstrip("*&")
    return part.literal or name.lower().startswith(_WANTS)
