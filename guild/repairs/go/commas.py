"""The comma that Go wants behind the last line of a list."""

from collections.abc import Sequence

from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import tree, walk
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Set a comma where a line ends before its list does."""
    parsed = tree(subject.text)
    ends = {node.end_point.row: node for node in walk(parsed.root) if not node.children and node.type != "comment"}
    edits: list[Edit] = []
    for found in diagnostics:
        wanted = "unexpected newline in" in found["message"] and "possibly missing comma" in found["message"]
        last = ends.get(found["line"] - 1) if wanted else None
        if last is not None:
            at = parsed.char(last.end_byte)
            edits.append((at, at, ","))
    return edits
