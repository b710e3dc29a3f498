"""What the compiler itself offers to do about what it says: imports, borrows, conversions, `mut`, a semicolon."""

from collections.abc import Iterator, Sequence

from guild.repairs.rust.assertions import asserts_less
from guild.repairs.rust.surroundings import RUST
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Take the first offer of each complaint that leaves the file readable and its tests as strict as they were.

    What several offer to put in the same place, imports as a rule, is put there together.
    """
    starts = _line_starts(subject.text)
    taken: dict[tuple[int, int], dict[str, None]] = {}
    for found in diagnostics:
        edits = next(_sound(subject, found, starts), list[Edit]())
        for start, end, text in edits:
            if start == end or (start, end) not in taken:
                taken.setdefault((start, end), {})[text] = None
    return [(start, end, "".join(texts)) for (start, end), texts in taken.items()]


def _sound(subject: Subject, found: Diagnostic, starts: Sequence[int]) -> Iterator[list[Edit]]:
    before = len(RUST.parse(subject.text).faults)
    for offer in found.get("offers", ()):
        edits = [(_at(starts, line, column), _at(starts, last, end), text) for line, column, last, end, text in offer]
        text = edited(subject.text, edits)
        if len(RUST.parse(text).faults) <= before and not asserts_less(subject, text):
            yield edits


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _at(starts: Sequence[int], line: int, column: int) -> int:
    return starts[min(line, len(starts)) - 1] + column - 1
