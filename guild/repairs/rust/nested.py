"""A module of tests inside a file of tests: its tests would bear other names, and what it is given lies elsewhere."""

import re
from textwrap import dedent

from guild.repairs.rust.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax import edited
from guild.syntax.rust.source import item_start
from guild.syntax.rust.tree import field, members, tree

_ABOVE = re.compile(r"^\s*use super::\*;\n", re.M)


def apply(subject: Subject) -> str:
    """Put what stands in such a module in its place."""
    if not is_test(subject.path):
        return subject.text
    parsed, edits = tree(subject.text), list[tuple[int, int, str]]()
    for node in parsed.root.named_children:
        body = field(node, "body")
        if node.type == "mod_item" and body is not None and "#[test]" in parsed.of(body) and members(node):
            start, end = parsed.char(item_start(node).start_byte), parsed.char(node.end_byte)
            inner = parsed.of(body).strip()[1:-1].strip("\n")
            edits.append((start, end, dedent(_ABOVE.sub("", f"{inner}\n")).strip("\n")))
    return edited(subject.text, edits)
