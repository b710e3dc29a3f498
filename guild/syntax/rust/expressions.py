"""Rust expressions that stand alone: split, cut into arguments, denied, and freed of what says the same."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from guild.syntax.rust.tree import Tree, bare, field, piece, walk

LITERALS = frozenset(
    {"string_literal", "raw_string_literal", "char_literal", "integer_literal", "float_literal", "boolean_literal"}
)
_BUILT = ("Some", "Ok", "Err", "String::from", "Vec::new", "String::new", "vec", "HashMap::new")
_HOLDING = ("array_expression", "tuple_expression", "reference_expression", "unit_expression", "arguments")
_QUOTED = r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])')"
_SPACE = re.compile(rf"{_QUOTED}|\s+", re.S)
_PAD = re.compile(rf"{_QUOTED}|(?<=[(\[]) |,? (?=[)\]])|,(?=\])", re.S)
_CONVERTED = re.compile(rf"{_QUOTED}\.(?:to_string|to_owned|into)\(\)|String::from\({_QUOTED}\)|{_QUOTED}")
_MADE = re.compile(rf"{_QUOTED}|vec!(?=\[)|&(?=[\[\"\d])|String::new\(\)|Vec::new\(\)|vec!\[\]")
_EMPTY = {"String::new()": '""', "Vec::new()": "[]"}
_PLAIN = (
    "identifier",
    "call_expression",
    "field_expression",
    "macro_invocation",
    "index_expression",
    "scoped_identifier",
)


def one_line(text: str) -> str:
    """Return an expression on one line; what stands in quotes stays as it is."""
    flat = _SPACE.sub(lambda found: found[1] or " ", text).strip()
    return _PAD.sub(lambda found: found[1] or "", flat)


def plainly(text: str) -> str:
    """Return an expression as a value is printed: no conversion of a string, no `vec!`, no borrow of a literal."""
    text = _CONVERTED.sub(lambda found: found[1] or found[2] or found[3], one_line(text))
    return _MADE.sub(lambda found: found[1] or _EMPTY.get(found[0], ""), text)


def denied(condition: str) -> str:
    """Return the opposite of a condition: a denial taken off, or set before it."""
    condition = condition.strip()
    found = piece(condition)
    node = found[1] if found else None
    if node is not None and node.type == "unary_expression" and condition.startswith("!"):
        return condition[1:].strip()
    return f"!{condition}" if node is not None and node.type in _PLAIN else f"!({condition})"


def is_literal(parsed: Tree, node: Node) -> bool:
    """Tell whether an expression says its value itself: a literal, or what is built of literals."""
    node = bare(node)
    if node.type in LITERALS or parsed.of(node) in ("None", "()"):
        return True
    if node.type in _HOLDING:
        return all(is_literal(parsed, each) for each in node.named_children if "comment" not in each.type)
    if node.type == "unary_expression" and parsed.of(node).startswith("-"):
        return is_literal(parsed, node.named_children[0])
    return _is_built(parsed, node)


def _is_built(parsed: Tree, node: Node) -> bool:
    if node.type == "macro_invocation":
        return parsed.of(field(node, "macro")) == "vec" and all(
            found is not None and is_literal(*found)
            for found in map(piece, (text for text, _ in arguments(parsed, node)))
        )
    function, given = field(node, "function"), field(node, "arguments")
    if node.type != "call_expression" or function is None or given is None:
        return False
    if function.type == "field_expression":
        value = field(function, "value")
        turned = parsed.of(field(function, "field")) in ("to_string", "into", "to_owned", "to_vec")
        return turned and value is not None and is_literal(parsed, value)
    return parsed.of(function) in _BUILT and is_literal(parsed, given)


def arguments(parsed: Tree, macro: Node) -> list[tuple[str, int]]:
    """Return the arguments of a macro, which the parser leaves as tokens: the text of each and where it begins."""
    tokens = next((child for child in macro.named_children if child.type == "token_tree"), None)
    if tokens is None or len(tokens.children) < 2:
        return []
    start, found = tokens.children[0].end_byte, list[tuple[str, int]]()
    for end in (*_commas(tokens), tokens.children[-1].start_byte):
        text = parsed.data[start:end].decode("utf-8", "surrogatepass")
        if text.strip():
            found.append((text.strip(), parsed.char(start) + len(text) - len(text.lstrip())))
        start = end + 1
    return found


def _commas(tokens: Node) -> Iterator[int]:
    """Yield where the commas stand that are in no brackets; those of a closure or of type arguments are rare."""
    for child in tokens.children:
        if child.type == "," or (not child.is_named and child.text == b","):
            yield child.start_byte


def names_in(parsed: Tree, node: Node) -> set[str]:
    """Return the plain names in an expression, those in macros too."""
    return {parsed.of(each) for each in walk(node) if each.type == "identifier"}
