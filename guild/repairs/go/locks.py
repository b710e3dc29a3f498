"""Methods that lock a copy of a mutex: their receiver becomes a pointer."""

import re
from collections.abc import Sequence

from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import field, tree
from guild.values import Diagnostic

_COPIES = re.compile(r"^\w+ passes lock by value: (?P<type>\S+) contains ")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Take the receiver that vet names by its address; other copies are the caller's to think about."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        if _COPIES.match(found["message"]):
            node = innermost(parsed, found)
            method, declared = above(node, "method_declaration"), above(node, "parameter_declaration")
            receiver = field(method, "receiver") if method is not None else None
            kind = field(declared, "type") if declared is not None and declared.parent == receiver else None
            if kind is not None:
                start = parsed.char(kind.start_byte)
                edits.append((start, start, "*"))
    return edits
