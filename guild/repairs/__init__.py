"""Deterministic edits that need no model: a registry by language, run to a fixpoint in milliseconds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from guild.repairs import go
from guild.repairs.subject import Family, Subject

__all__ = ["REGISTRY", "Repaired", "Subject", "repair"]

_MOST_PASSES = 8


@dataclass(frozen=True)
class Repaired:
    """A text after its repairs."""

    text: str
    fired: tuple[str, ...]
    """The repairs that changed something, in the order in which they first did."""


REGISTRY: Mapping[str, Family] = {"go": go.FAMILY}


def repair(subject: Subject, *, language: str = "go") -> Repaired:
    """Run the form repairs of a language over a file until none changes it; a sound file comes back as it was."""
    family = REGISTRY[language]
    if not subject.path.endswith(family.suffix):
        return Repaired(subject.text, ())
    fired: dict[str, None] = {}
    text = subject.text
    for _ in range(_MOST_PASSES):
        before = text
        for name, apply in family.repairs.items():
            changed = apply(replace(subject, text=text))
            if changed != text and family.faults(changed) <= family.faults(text):
                text = changed
                fired[name] = None
        if text == before:
            break
    return Repaired(text, tuple(fired))
