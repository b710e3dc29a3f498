"""How the repairs and mends of a language are run over a file: one after the other, none that does harm."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from guild.repairs.subject import Family, Subject
from guild.syntax import Edit, edited
from guild.values import Diagnostic

_MOST_PASSES = 8
_COMPILING = ("parse", "build", "vet")


@dataclass(frozen=True)
class Repaired:
    """A text after its repairs."""

    text: str
    fired: tuple[str, ...]
    """The repairs and mends that changed something, in the order in which they first did."""


def repair(family: Family, subject: Subject, *, without: Collection[str] = ()) -> Repaired:
    """Run the form repairs over a file until none changes it; a sound file comes back as it was."""
    fired: dict[str, None] = {}
    text = subject.text
    for _ in range(_MOST_PASSES):
        before = text
        for name, apply in family.repairs.items():
            changed = text if name in without else apply(replace(subject, text=text))
            if changed != text and family.faults(changed) <= family.faults(text):
                text = changed
                fired[name] = None
        if text == before:
            break
    return Repaired(text, tuple(fired))


def mend(
    family: Family, subject: Subject, diagnostics: Sequence[Diagnostic], *, without: Collection[str] = ()
) -> Repaired:
    """Answer once what the compiler said of a file, then put its form right.

    All mends see the same text; where two touch the same place, the later one waits for the next compilation.
    """
    heard = [each for each in diagnostics if each["path"] == subject.path and each["stage"] in _COMPILING]
    fired: dict[str, None] = {}
    taken: list[Edit] = []
    for name, answer in family.mends.items():
        edits = _apart(answer(subject, heard), taken) if heard and name not in without else []
        if edits and _is_sound(family, subject, edits):
            taken += edits
            fired[name] = None
    text = edited(subject.text, taken)
    repaired = repair(family, replace(subject, text=text), without=without)
    return Repaired(repaired.text, tuple(fired | dict.fromkeys(repaired.fired)))


def _apart(edits: Sequence[Edit], taken: Sequence[Edit]) -> list[Edit]:
    """Leave out the edits that touch one before them."""
    kept: list[Edit] = []
    for edit in edits:
        if not any(_touch(edit, other) for other in (*taken, *kept)):
            kept.append(edit)
    return kept


def _touch(one: Edit, other: Edit) -> bool:
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])


def _is_sound(family: Family, subject: Subject, edits: Sequence[Edit]) -> bool:
    text = edited(subject.text, edits)
    return family.faults(text) <= family.faults(subject.text) and not family.asserts_less(subject, text)
