"""What the compiler says of types, in its own words, taken apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from guild.repairs.go.places import said
from guild.syntax.go.tree import Tree, field
from guild.values import Diagnostic

_WHAT = r"(?P<what>.+) \((?:(?P<untyped>untyped \w+) constant|[\w ,]*?(?:constant \S+ )?of (?:\w+ )?type (?P<has>.+))"
_MISUSE = re.compile(rf"^cannot use {_WHAT}[^()]*?\) as (?P<wanted>.+?) value in (?P<where>[^:]+)(?:: (?P<why>.+))?$")
_NIL = re.compile(r"^cannot use (?P<what>nil) as (?P<wanted>.+?) value in (?P<where>[^:]+)$")
_CASE = re.compile(r"^cannot convert (?P<what>.+) \((?P<has>untyped \w+) constant[^()]*\) to type (?P<wanted>\S+)$")
_MISMATCH = re.compile(r"^invalid operation: (?P<what>.+) \(mismatched types (?P<left>.+) and (?P<right>.+)\)$")


@dataclass(frozen=True)
class Misuse:
    """An expression of one type where another is wanted."""

    node: Node
    has: str
    """Its type; `untyped string` and the like for a constant, `nil` for nil."""
    wanted: str
    where: str
    """`return statement`, `argument to f` and so on."""
    why: str
    """What the type lacks of an interface, where that is wanted."""


@dataclass(frozen=True)
class Side:
    """One side of an operation, and its type."""

    node: Node
    kind: str


@dataclass(frozen=True)
class Mismatch:
    """A binary operation, or an assignment with one, whose sides are of different types."""

    node: Node
    operator: str
    left: Side
    right: Side


def misuses(parsed: Tree, diagnostics: Sequence[Diagnostic]) -> Iterator[Misuse]:
    """Yield the expressions that are said to be of a wrong type."""
    for found in diagnostics:
        message = found["message"]
        match = _MISUSE.match(message) or _NIL.match(message) or _CASE.match(message)
        node = said(parsed, found, match["what"]) if match else None
        if match and node is not None:
            parts = {"has": "nil", "where": "", "why": "", "untyped": ""} | match.groupdict("")
            yield Misuse(node, parts["untyped"] or parts["has"], match["wanted"], parts["where"], parts["why"])


def mismatches(parsed: Tree, diagnostics: Sequence[Diagnostic]) -> Iterator[Mismatch]:
    """Yield the operations whose sides are said to be of different types."""
    for found in diagnostics:
        match = _MISMATCH.match(found["message"])
        node = said(parsed, found, match["what"]) if match else None
        left, right = _side(node, "left"), _side(node, "right")
        if match and node is not None and left is not None and right is not None:
            operator = parsed.of(field(node, "operator"))
            yield Mismatch(node, operator, Side(left, match["left"]), Side(right, match["right"]))


def _side(node: Node | None, name: str) -> Node | None:
    """Return a side of an operation, that of an assignment without the list that it stands in."""
    side = field(node, name) if node is not None else None
    alone = side is not None and side.type == "expression_list" and side.named_child_count == 1
    return side.named_children[0] if side is not None and alone else side
