"""Assignments with more or fewer names than the right side has values."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic

_COUNTS = re.compile(r"^assignment mismatch: (?P<names>\d+) variables? but .+ returns? (?P<values>\d+) values?$")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Fill up with `_`, drop names from the end that are blank, and cut in two what was to be split in two."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        if match := _COUNTS.match(found["message"]):
            node = above(innermost(parsed, found), "short_var_declaration", "assignment_statement", "var_spec")
            names = _names(node) if node is not None else []
            if len(names) == int(match["names"]):
                edits += [*_fitted(parsed, names, int(match["values"])), *_cut(parsed, names, node)]
    return edits


def _names(node: Node) -> list[Node]:
    left = field(node, "left")
    return left.named_children if left is not None else node.children_by_field_name("name")


def _fitted(parsed: Tree, names: Sequence[Node], count: int) -> Iterator[Edit]:
    """Give as many names as there are values; a lone `err` takes the last one, which is where errors stand."""
    texts = [parsed.of(name) for name in names]
    blanks = ["_"] * (count - len(texts))
    if blanks:
        fitted = [*blanks, *texts] if texts == ["err"] else [*texts, *blanks]
    else:
        fitted = texts[:count] if all(text == "_" for text in texts[count:]) else []
    if fitted:
        yield parsed.char(names[0].start_byte), parsed.char(names[-1].end_byte), ", ".join(fitted)


def _cut(parsed: Tree, names: Sequence[Node], node: Node | None) -> Iterator[Edit]:
    """Have `strings.Cut` give the two parts that a `strings.Split` was taken to give."""
    right = field(node, "right") or field(node, "value") if node is not None else None
    call = right.named_children[0] if right is not None and right.named_child_count == 1 else None
    function, given = (field(call, name) if call is not None else None for name in ("function", "arguments"))
    if parsed.of(function) not in ("strings.Split", "strings.SplitN") or function is None or given is None:
        return
    arguments = given.named_children
    if len(names) == 2 and all(parsed.of(limit) == "2" for limit in arguments[2:]):
        end = parsed.char(names[1].end_byte)
        yield end, end, ", _"
        yield *parsed.span(function), "strings.Cut"
        yield parsed.char(arguments[1].end_byte), parsed.char(arguments[-1].end_byte), ""
