"""Names that do not exist: another way to write one that does."""

from collections.abc import Sequence

from guild.repairs.react.surroundings import REACT, modules
from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.react.tree import tree, walk
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Write each undefined name as the only one that differs from it in capitals and underscores alone."""
    parsed = tree(subject.text)
    known = {found.name for found in REACT.parse(subject.text).declarations}.union(*modules(subject).values())
    edits: list[Edit] = []
    for found in diagnostics:
        near = [name for name in known if _flat(name) == _flat(found["symbol"]) and name != found["symbol"]]
        if found["code"] == "undefined" and found["symbol"] and len(near) == 1:
            named = (
                node for node in walk(parsed.root) if node.type == "identifier" and parsed.of(node) == found["symbol"]
            )
            edits += [(*parsed.span(node), near[0]) for node in named if node.start_point.row + 1 == found["line"]]
    return edits


def _flat(name: str) -> str:
    return name.replace("_", "").lower()
