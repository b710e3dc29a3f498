"""A Python test that waits for no exception any more, where a value is what is wanted."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.python.checks import Check, checks
from guild.syntax.python.tree import Tree, bodies, tree


def answering(text: str, wants: Mapping[int, str]) -> str:
    """Write `with pytest.raises(ERROR): CALL` as `assert CALL == VALUE`, for the checks that are named."""
    parsed = tree(text)
    return edited(text, [edit for check in checks(parsed) for edit in _edits(parsed, check, wants)])


def _edits(parsed: Tree, check: Check, wants: Mapping[int, str]) -> Iterator[Edit]:
    around = _waiting(check) if check.kind == "raises" and check.number in wants and check.table is None else None
    if around is not None:
        yield *parsed.span(around), f"assert {parsed.of(check.asked[0])} == {wants[check.number] or 'None'}"


def _waiting(check: Check) -> Node | None:
    """Return the `with` of which the call is all that it does; None where there is more to it."""
    node: Node | None = check.statement
    while node is not None and node.type != "with_statement":
        node = node.parent
    if node is None or not check.alone:
        return None
    steps = bodies(node)
    only = steps[0].named_children[0] if len(steps) == 1 and steps[0].type == "expression_statement" else None
    items = [each for each in node.named_children[0].named_children if each.type == "with_item"]
    return node if only == check.asked[0] and len(items) == 1 else None
