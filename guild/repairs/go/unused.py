"""Variables that are declared and not used: each becomes blank, or goes with a right side that does nothing."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.places import above, first, line_span
from guild.repairs.go.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.scope import uses
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_CODE = "unused-variable"
_BINDERS = ("short_var_declaration", "range_clause", "var_spec", "type_switch_statement", "receive_statement")
_ACTIVE = ("call_expression", "unary_expression", "index_expression", "slice_expression", "type_assertion_expression")
"""What a right side may do something with: call, receive, or fail."""


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Turn unused names into `_`; a statement that is left with blanks alone assigns, or goes where it is idle."""
    parsed = tree(subject.text)
    told = [(first(parsed, each, "identifier"), each["symbol"]) for each in diagnostics if each["code"] == _CODE]
    names = {name.id: name for name, symbol in told if name is not None and parsed.of(name) == symbol}
    binders = {node.id: node for name in names.values() if (node := above(name, *_BINDERS)) is not None}
    assigned = {use.binding.id for use in uses(parsed) if use.binding is not None and use.binding.id in names}
    edits: list[Edit] = []
    for binder in binders.values():
        own = [name for name in names.values() if above(name, *_BINDERS) == binder]
        if any(name.id in assigned for name in own):
            edits += _blanks_behind(parsed, binder, own)
        else:
            edits += _without(subject, parsed, binder, own)
    return edits


def _blanks_behind(parsed: Tree, binder: Node, own: Sequence[Node]) -> list[Edit]:
    """Keep a variable that is assigned to later, and say behind its declaration that nobody reads it."""
    statement = above(binder, "short_var_declaration", "var_declaration")
    if statement is None or statement.parent is None or statement.parent.type != "statement_list":
        return []
    blanks = ", ".join("_" for _ in own)
    end = parsed.char(statement.end_byte)
    return [(end, end, f"\n{blanks} = {', '.join(parsed.of(name) for name in own)}")]


def _without(subject: Subject, parsed: Tree, binder: Node, own: Sequence[Node]) -> list[Edit]:
    if binder.type == "type_switch_statement":
        alias, value = field(binder, "alias"), field(binder, "value")
        return [(parsed.char(alias.start_byte), parsed.char(value.start_byte), "")] if alias and value else []
    if binder.type == "range_clause":
        return _range(parsed, binder, own)
    if binder.type == "var_spec":
        return _spec(subject, parsed, binder, own)
    return _short(subject, parsed, binder, own)


def _range(parsed: Tree, clause: Node, own: Sequence[Node]) -> list[Edit]:
    left = field(clause, "left")
    names = left.named_children if left is not None else []
    used = [name for name in names if name not in own and parsed.of(name) != "_"]
    if left is None:
        return []
    if not used:
        keyword = next(child for child in clause.children if child.type == "range")
        return [(parsed.char(left.start_byte), parsed.char(keyword.start_byte), "")]
    if used == names[:1]:
        return [(parsed.char(names[0].end_byte), parsed.char(left.end_byte), "")]
    return list(_blanked(parsed, own))


def _spec(subject: Subject, parsed: Tree, spec: Node, own: Sequence[Node]) -> list[Edit]:
    statement = above(spec, "var_declaration")
    value = field(spec, "value")
    alone = statement is not None and statement.named_children == [spec] and spec.children_by_field_name("name") == own
    if statement is not None and alone and _may_go(subject, statement, value):
        return [(*line_span(parsed, statement), "")]
    return list(_blanked(parsed, own))


def _short(subject: Subject, parsed: Tree, statement: Node, own: Sequence[Node]) -> list[Edit]:
    left, right = field(statement, "left"), field(statement, "right")
    if left is None:
        return []
    if any(name not in own and parsed.of(name) != "_" for name in left.named_children):
        return list(_blanked(parsed, own))
    if _may_go(subject, statement, right):
        return [(*line_span(parsed, statement), "")]
    sign = next(child for child in statement.children if child.type == ":=")
    blanks = ", ".join("_" for _ in left.named_children)
    return [(parsed.char(left.start_byte), parsed.char(sign.end_byte), f"{blanks} =")]


def _may_go(subject: Subject, statement: Node, right: Node | None) -> bool:
    """Tell whether a statement of its own does nothing; what a test states stays, since it may be what it is about."""
    plain = statement.parent is not None and statement.parent.type == "statement_list"
    idle = right is None or not any(node.type in _ACTIVE for node in walk(right))
    return plain and idle and not is_test(subject.path)


def _blanked(parsed: Tree, names: Sequence[Node]) -> Iterator[Edit]:
    return ((*parsed.span(name), "_") for name in names)
