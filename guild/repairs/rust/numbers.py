"""Numbers of several types in one sum, or as an index: Rust converts none by itself."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.rust.places import expression_at, is_simple, nodes_at
from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.rust.tree import Tree, field, tree
from guild.values import Diagnostic

_NUMBER = r"(?:[iu](?:8|16|32|64|128|size)|f32|f64)"
_SUM = re.compile(rf"no implementation for `(?P<left>{_NUMBER}) [-+*/%]=? (?P<right>{_NUMBER}|\{{float\}})`")
_INDEX = re.compile(rf"cannot be indexed by `{_NUMBER}`")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Convert one side, to a floating-point number where there is one, else to the left one; an index to usize."""
    parsed = tree(subject.text)
    return [edit for found in diagnostics for edit in _converted(parsed, found)]


def _converted(parsed: Tree, found: Diagnostic) -> Iterator[Edit]:
    if _INDEX.search(found["message"]):
        index = expression_at(parsed, found)
        yield from _as(parsed, index, "usize") if index is not None else ()
    types = _SUM.search(found["message"])
    whole = next((node.parent for node in nodes_at(parsed, found) if _is_sign(node)), None)
    if types is None or whole is None:
        return
    left, right = field(whole, "left"), field(whole, "right")
    floating = types["right"].strip("{}").startswith("f") and not types["left"].startswith("f")
    side, wanted = (left, types["right"]) if floating else (right, types["left"])
    if side is not None and not (floating and whole.type == "compound_assignment_expr"):
        yield from _as(parsed, side, wanted if wanted != "{float}" else "f64")


def _is_sign(node: Node) -> bool:
    return node.parent is not None and field(node.parent, "operator") == node


def _as(parsed: Tree, node: Node, wanted: str) -> Iterator[Edit]:
    start, end = parsed.span(node)
    if is_simple(node):
        yield end, end, f" as {wanted}"
    else:
        yield start, end, f"({parsed.of(node)}) as {wanted}"
