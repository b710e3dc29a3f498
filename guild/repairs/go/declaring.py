"""`=` where a name is new, and `:=` where none is."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.scope import uses
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Declare names at their first assignment where they are undefined; assign where all of them are known."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    unknown = [each for each in diagnostics if each["code"] == "undefined"]
    for found in diagnostics:
        if found["message"].startswith("no new variables on left side of :="):
            node = above(innermost(parsed, found), "short_var_declaration")
            edits += _signed(parsed, node, ":=", "=")
        elif found in unknown:
            edits += _declared(parsed, found)
    return edits


def _declared(parsed: Tree, found: Diagnostic) -> Iterator[Edit]:
    """Declare an undefined name where it is first assigned to, if all its uses see that place."""
    name = innermost(parsed, found)
    node = above(name, "assignment_statement", "range_clause")
    left = field(node, "left") if node is not None else None
    if node is None or left is None or name not in left.named_children:
        return
    if any(each.type != "identifier" for each in left.named_children) or not _sees_all(parsed, node, found["symbol"]):
        return
    yield from _signed(parsed, node, "=", ":=")


def _sees_all(parsed: Tree, node: Node, symbol: str) -> bool:
    """Tell whether a statement stands before every use of a name that nothing declares; a head sees to its own."""
    holder = above(node, "statement_list", "if_statement", "for_statement")
    function = above(node, "function_declaration", "method_declaration")
    if holder is None or function is None or holder.type != "statement_list":
        return holder is not None
    free = [use.node for use in uses(parsed, function) if use.name == symbol and use.binding is None]
    return all(node.start_byte <= use.start_byte < holder.end_byte for use in free)


def _signed(parsed: Tree, node: Node | None, old: str, new: str) -> Iterator[Edit]:
    sign = next((child for child in node.children if child.type == old), None) if node is not None else None
    if sign is not None:
        yield *parsed.span(sign), new
