"""Lists of literal texts where lists of owned ones are wanted."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.rust.tree import Tree, tree, walk
from guild.values import Diagnostic

_PATH = r"(?:\w+::)*"
_LENT = re.compile(rf"expected `&?{_PATH}(?:Vec<|\[){_PATH}String[>\];][^`]*`, found `&?{_PATH}(?:Vec<|\[)&")
_BEFORE = ("", "&", "vec!", "&vec!")
_LISTS = ("token_tree", "array_expression")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Own each literal of the list that the compiler points at."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        for literal in _literals(parsed, found) if _LENT.search(found["message"]) else ():
            end = parsed.char(literal.end_byte)
            edits.append((end, end, ".to_string()"))
    return list(dict.fromkeys(edits))


def _literals(parsed: Tree, found: Diagnostic) -> Iterator[Node]:
    """Yield the texts of the list that begins where a diagnostic points, if it holds nothing else."""
    start = sum(len(line) + 1 for line in parsed.text.split("\n")[: found["line"] - 1]) + found["column"] - 1
    for node in walk(parsed.root):
        at = parsed.char(node.start_byte)
        if node.type in _LISTS and at >= start and parsed.text[start:at] in _BEFORE:
            held = [child for child in node.children if child.type not in ("[", "]", ",")]
            yield from held if all(child.type == "string_literal" for child in held) else ()
            return
