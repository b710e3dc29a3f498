"""Values of a type beside the one that is wanted: converted where Go has one way to do so and nothing is guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from guild.repairs.go.declared import ANYTHING, plain_types
from guild.repairs.go.messages import Mismatch, mismatches, misuses
from guild.repairs.go.places import first, said
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_RANKED = """
    uint8 byte int8 uint16 int16 int32 rune uint32 uint uint64 uintptr int int64 float32 float64
"""
_RANK = {name: rank for rank, name in enumerate(_RANKED.split())}
_FLOATS = ("float32", "float64")
_TEXTS = ("string", "[]byte", "[]rune")
_CHARACTERS = ("rune", "byte", "[]byte", "[]rune")
_PRIMARY = ("identifier", "selector_expression", "call_expression", "index_expression", "parenthesized_expression")
_ONE_RUNE = re.compile(r"^conversion from (?P<has>\w+) to string yields a string of one rune")
_INDEX = re.compile(r"^invalid argument: index (?P<what>.+) \(\w+ of type float(?:32|64)\) must be integer$")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Convert numbers, runes and strings, write numbers and errors out, say what an `any` is taken for."""
    parsed, plain = tree(subject.text), plain_types(subject)
    edits: list[Edit] = []
    for found in misuses(parsed, diagnostics):
        new = _converted(parsed, found.node, (found.has, found.wanted), plain)
        if found.why == "need type assertion" and found.has in ANYTHING and found.node.type in _PRIMARY:
            new = f"{parsed.of(found.node)}.({found.wanted})"
        if new and (found.has, found.where) != ("error", "return statement"):
            edits.append((*parsed.span(found.node), new))
    for mismatch in mismatches(parsed, diagnostics):
        edits += _levelled(parsed, mismatch, plain)
    return edits + list(_digits(parsed, diagnostics))


def _converted(parsed: Tree, node: Node, types: tuple[str, str], plain: Mapping[str, str]) -> str:
    """Return an expression in another type; nothing where there is no one way."""
    has, wanted = types
    text, base, goal = parsed.of(node), plain.get(has, has), plain.get(wanted, wanted)
    if base in _RANK and goal in _RANK and has != wanted:
        return _spread(parsed, node, wanted) if goal in _FLOATS and base not in _FLOATS else f"{wanted}({text})"
    if {base, goal} <= {*_TEXTS} and "string" in (base, goal):
        return f"{wanted}({text})"
    if wanted == "string":
        return _written(node, text, base)
    if wanted == "error" and has in ("string", "untyped string"):
        return f"errors.New({text})"
    return ""


def _spread(parsed: Tree, node: Node, wanted: str) -> str:
    """Return whole numbers as a float: where they are divided, each by itself, so that no fraction is lost before."""
    text = parsed.of(node)
    divides = any(each.type == "binary_expression" and parsed.of(field(each, "operator")) == "/" for each in walk(node))
    left, right, operator = field(node, "left"), field(node, "right"), parsed.of(field(node, "operator"))
    if left is not None and right is not None and divides and operator in ("+", "-", "*", "/"):
        return f"{_spread(parsed, left, wanted)} {operator} {_spread(parsed, right, wanted)}"
    if node.type == "parenthesized_expression" and divides:
        return f"({_spread(parsed, node.named_children[0], wanted)})"
    return text if node.type == "int_literal" else f"{wanted}({text})"


def _written(node: Node, text: str, base: str) -> str:
    """Return an expression as a string: a character as itself, a number in digits, an error as its message."""
    if base in ("rune", "byte"):
        return f"string({text})"
    if base == "error":
        return f"{text}.Error()" if node.type in _PRIMARY else ""
    if base == "int":
        return f"strconv.Itoa({text})"
    return f"fmt.Sprint({text})" if base in _RANK else ""


def _levelled(parsed: Tree, found: Mismatch, plain: Mapping[str, str]) -> Iterator[Edit]:
    """Convert one side of an operation: to the left one's type where it assigns, else to the wider one."""
    kinds = [_text(side.kind) if found.operator in ("+", "+=") else side.kind for side in (found.left, found.right)]
    wanted = kinds[0] if found.node.type == "assignment_statement" else _wider(kinds[0], kinds[1], plain)
    side, has = (found.right, kinds[1]) if wanted == kinds[0] else (found.left, kinds[0])
    is_text = plain.get(has, has) in _CHARACTERS
    if wanted == "string" and found.operator not in ("+", "+=") and not is_text:
        return
    if new := _converted(parsed, side.node, (has, wanted), plain) if wanted else "":
        yield *parsed.span(side.node), new


def _text(kind: str) -> str:
    return "string" if kind == "untyped string" else kind


def _wider(left: str, right: str, plain: Mapping[str, str]) -> str:
    """Return the type that both sides of an operation should be of; nothing where that is not sure."""
    types, bases = (left, right), (plain.get(left, left), plain.get(right, right))
    if "string" in types:
        return "string"
    if not all(base in _RANK for base in bases):
        return ""
    named = [each for each in types if each in plain]
    if len(named) == 1:
        loses = not {*_FLOATS}.isdisjoint(bases) and plain[named[0]] not in _FLOATS
        return "" if loses else named[0]
    return "" if named else max(types, key=lambda each: _RANK[each])


def _digits(parsed: Tree, diagnostics: Sequence[Diagnostic]) -> Iterator[Edit]:
    """Write a number in digits where `string(i)` makes a character of it, and take whole numbers as indices."""
    for found in diagnostics:
        if match := _ONE_RUNE.match(found["message"]):
            call = first(parsed, found, "call_expression", "type_conversion_expression")
            arguments = field(call, "arguments") if call is not None else None
            if call is not None and arguments is not None and len(arguments.named_children) == 1:
                yield *parsed.span(call), _spelled(parsed, arguments.named_children[0], match["has"])
        elif match := _INDEX.match(found["message"]):
            node = said(parsed, found, match["what"])
            if node is not None:
                yield *parsed.span(node), f"int({parsed.of(node)})"


def _spelled(parsed: Tree, number: Node, has: str) -> str:
    """Return what `string(number)` means: the character where runes are reckoned with, else the digits."""
    text = parsed.of(number)
    if any(node.type == "rune_literal" for node in walk(number)):
        return f"string(rune({text}))"
    return f"strconv.Itoa({text})" if has == "int" else f"fmt.Sprint({text})"
