"""Characters in the quotes of strings and strings in the quotes of characters: the type that is wanted says which."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.messages import Mismatch, mismatches, misuses
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, tree
from guild.values import Diagnostic

_CHARACTERS = ("rune", "byte", "int32", "uint8")
_COMPARING = ("==", "!=", "<", "<=", ">", ">=")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Write `"("` as `'('` where a character is wanted, and `'a'` as `"a"` where a string is."""
    parsed = tree(subject.text)
    edits = [
        (*parsed.span(found.node), new)
        for found in misuses(parsed, diagnostics)
        if (new := _quoted(parsed, found.node, found.wanted))
    ]
    for mismatch in mismatches(parsed, diagnostics):
        edits += _side(parsed, mismatch)
    return edits


def _side(parsed: Tree, found: Mismatch) -> Iterator[Edit]:
    """Quote the constant of an operation as the other side is typed; a character that is added to stays one."""
    compares = found.operator in _COMPARING
    for typed, constant in ((found.left, found.right), (found.right, found.left)):
        if (compares or typed.kind == "string") and (new := _quoted(parsed, constant.node, typed.kind)):
            yield *parsed.span(constant.node), new


def _quoted(parsed: Tree, literal: Node, wanted: str) -> str:
    """Return a literal in the other quotes; nothing where it is none of one character."""
    inner = parsed.of(literal)[1:-1]
    if literal.type == "rune_literal" and wanted == "string":
        plain = {'"': '\\"', "\\'": "'"}
        return f'"{plain.get(inner, inner)}"'
    if literal.type == "interpreted_string_literal" and wanted in _CHARACTERS and _is_single(inner, wanted):
        plain = {"'": "\\'", '\\"': '"'}
        return f"'{plain.get(inner, inner)}'"
    return ""


def _is_single(inner: str, wanted: str) -> bool:
    short = len(inner) == 1 or (len(inner) == 2 and inner[0] == "\\")
    return short and (inner.isascii() or wanted not in ("byte", "uint8"))
