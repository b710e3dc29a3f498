"""The older modules: what `require` loads is imported, what `module.exports` gives is exported."""

import re

from tree_sitter import Node

from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.react.imports import Binding
from guild.syntax.react.tree import Tree, field, positional, string_value, tree

_ONE = re.compile(r"(?:module\.)?exports\.([\w$]+)")


def apply(subject: Subject) -> str:
    """Write the statements of modules for those of the older kind, at the top level of a file."""
    parsed = tree(subject.text)
    edits = [edit for node in parsed.root.named_children for edit in (*_loaded(parsed, node), *_given(parsed, node))]
    return edited(subject.text, edits)


def _loaded(parsed: Tree, node: Node) -> list[Edit]:
    """Return the edit that imports what a statement loads."""
    one = node.named_children[0] if node.type in ("lexical_declaration", "variable_declaration") else None
    if one is None or len(node.named_children) != 1:
        call = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
        source = _required(parsed, call)
        return [(*parsed.span(node), Binding(source).line)] if source else []
    value, pattern = field(one, "value"), field(one, "name")
    member = field(value, "property") if value is not None and value.type == "member_expression" else None
    source = _required(parsed, field(value, "object") if value is not None and member is not None else value)
    if not source or pattern is None:
        return []
    if member is not None:
        plain = parsed.of(member) == "default" and pattern.type == "identifier"
        return [(*parsed.span(node), Binding(source, default=parsed.of(pattern)).line)] if plain else []
    if pattern.type == "identifier":
        name = parsed.of(pattern)
        return [(*parsed.span(node), Binding(source, default=name).line)]
    names = tuple(_pair(parsed, each) for each in pattern.named_children)
    return [(*parsed.span(node), Binding(source, names=names).line)] if all(all(pair) for pair in names) else []


def _required(parsed: Tree, call: Node | None) -> str:
    """Return the module that a call of `require` loads."""
    plain = call is not None and call.type == "call_expression" and parsed.of(field(call, "function")) == "require"
    given = positional(call) if call is not None and plain else []
    return string_value(parsed, given[0]) if len(given) == 1 else ""


def _pair(parsed: Tree, name: Node) -> tuple[str, str]:
    if name.type == "shorthand_property_identifier_pattern":
        return parsed.of(name), parsed.of(name)
    value = field(name, "value")
    plain = name.type == "pair_pattern" and value is not None and value.type == "identifier"
    return (parsed.of(field(name, "key")), parsed.of(value)) if plain else ("", "")


def _given(parsed: Tree, node: Node) -> list[Edit]:
    """Return the edit that exports what a statement gives."""
    only = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
    if only is None or only.type != "assignment_expression":
        return []
    target, value = parsed.of(field(only, "left")), field(only, "right")
    one = _ONE.fullmatch(target)
    if value is None or not (one or target in ("module.exports", "exports")):
        return []
    if one:
        own = parsed.of(value) == one[1]
        text = f"export {{ {one[1]} }};" if own else f"export const {one[1]} = {parsed.of(value)};"
        return [(*parsed.span(node), text)]
    if value.type == "object" and all(each.type == "shorthand_property_identifier" for each in value.named_children):
        return [(*parsed.span(node), f"export {parsed.of(value)};")]
    return [(*parsed.span(node), f"export {{ {parsed.of(value)} }};")] if value.type == "identifier" else []
