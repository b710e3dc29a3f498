"""A value that a Go program printed, as it is to be written at a place of a Go text."""

import re

from tree_sitter import Node

from guild.syntax.go.edit import edited
from guild.syntax.go.naming import LITERALS
from guild.syntax.go.source import parse
from guild.syntax.go.tree import Tree, exported, field, tree, walk

_HEAD = "package p\n\nvar _ = "
_QUOTED = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "'": "\\'", "\\": "\\\\"}


def written(value: str, text: str, old: str) -> str:
    """Return a value, as `%#v` prints it, in place of a literal of a file; nothing where it cannot be written there."""
    if re.fullmatch(r"-?\d+", value) and old.startswith("'"):
        return _rune(int(value))
    if re.fullmatch(r"-?\d+", value) and re.fullmatch(r"-?\d*\.\d*", old):
        return f"{value}.0"
    package = parse(text).package
    parsed = tree(_HEAD + value)
    qualified = [node for node in walk(parsed.root) if node.type == "qualified_type"]
    own = [node for node in qualified if parsed.of(field(node, "package")) == package]
    foreign = [node for node in qualified if node not in own]
    if not _stands_alone(parsed) or (foreign and not _reachable(parsed, foreign, text)):
        return ""
    edits = [(*parsed.span(node), parsed.of(field(node, "name"))) for node in own]
    return edited(parsed.text, edits).removeprefix(_HEAD)


def _rune(code: int) -> str:
    char = chr(code) if 0 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
    if char in _QUOTED:
        return f"'{_QUOTED[char]}'"
    return f"'{char}'" if char.isprintable() and char else str(code)


def _stands_alone(parsed: Tree) -> bool:
    """Tell whether a printed value is one literal that means the same in a program, as `+Inf` and `<nil>` do not."""
    found = next((node for node in walk(parsed.root) if node.type == "expression_list"), None)
    if parsed.root.has_error or found is None or len(found.named_children) != 1:
        return False
    node = found.named_children[0]
    node = node.named_children[0] if node.type == "unary_expression" else node
    plain = not any(each.type == "identifier" and parsed.of(each) in ("NaN", "Inf") for each in walk(node))
    return node.type in {*LITERALS, "type_conversion_expression"} and plain


def _reachable(parsed: Tree, foreign: list[Node], text: str) -> bool:
    """Tell whether a file can name these types of other packages, and their fields."""
    imported = {used.alias or used.path.rpartition("/")[2] for used in parse(text).imports}
    keys = [node.named_children[0] for node in walk(parsed.root) if node.type == "keyed_element"]
    names = [parsed.of(field(node, "name")) for node in foreign]
    names += [parsed.of(key) for key in keys if parsed.of(key).isidentifier()]
    return all(map(exported, names)) and {parsed.of(field(node, "package")) for node in foreign} <= imported
