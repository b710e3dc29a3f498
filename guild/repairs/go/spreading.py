"""A list that is appended as if it were one element: its elements are meant."""

from collections.abc import Sequence

from guild.repairs.go.messages import misuses
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import field, tree
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Write `append(a, b)` as `append(a, b...)` where b is a list of what a holds."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in misuses(parsed, diagnostics):
        listed = found.node.parent
        call = listed.parent if listed is not None else None
        appended = call is not None and parsed.of(field(call, "function")) == "append"
        if appended and found.has == f"[]{found.wanted}" and listed is not None and listed.named_child_count == 2:
            end = parsed.span(found.node)[1]
            edits.append((end, end, "..."))
    return edits
