"""A value that a Rust program printed with `{:?}`, as it is to be written at a place of a Rust text."""

import re

from tree_sitter import Node

from guild.syntax import Edit, edited
from guild.syntax.rust.expressions import LITERALS, is_literal
from guild.syntax.rust.tree import Tree, field, piece, walk

_OWNED = re.compile(r"\.(?:to_string|to_owned|into)\(\)|String::from\(")
_BUILDERS = ("Some", "Ok", "Err")


def written(value: str, text: str, old: str) -> str:
    """Return a value in place of a literal of a file; nothing where it cannot be written there.

    Strings are owned where the old value's are, lists are vectors where it is one.
    """
    found = piece(value)
    if found is None or not _is_plain(*found):
        return ""
    parsed, root = found
    before = parsed.char(root.start_byte)
    edits: list[Edit] = []
    if _OWNED.search(old) or (root.type not in LITERALS and _OWNED.search(text) and old == "None"):
        strings = (node for node in walk(root) if node.type == "string_literal")
        edits += [(at := parsed.char(node.end_byte) - before, at, ".to_string()") for node in strings]
    if "vec!" in old or "Vec::new" in old:
        lists = (node for node in walk(root) if node.type == "array_expression")
        edits += [(at := parsed.char(node.start_byte) - before, at, "vec!") for node in lists]
    elif old.lstrip().startswith("&") and root.type == "array_expression":
        edits.append((0, 0, "&"))
    return edited(value, edits)


def _is_plain(parsed: Tree, root: Node) -> bool:
    """Tell whether a value is made of literals, tuples, lists, and what says whether there is one."""
    if root.type == "call_expression":
        given = field(root, "arguments")
        inner = given.named_children if given is not None else []
        return parsed.of(field(root, "function")) in _BUILDERS and all(_is_plain(parsed, each) for each in inner)
    if root.type in ("array_expression", "tuple_expression"):
        return all(_is_plain(parsed, each) for each in root.named_children)
    return is_literal(parsed, root)
