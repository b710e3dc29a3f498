"""Deterministic edits that need no model: of a file's form, and of what the compiler said; milliseconds a file."""

from collections.abc import Collection, Mapping, Sequence

from guild.repairs import go, passes
from guild.repairs.passes import Repaired
from guild.repairs.subject import Family, Subject
from guild.values import Diagnostic

__all__ = ["REGISTRY", "Repaired", "Subject", "mend", "names", "repair"]

REGISTRY: Mapping[str, Family] = {"go": go.FAMILY}


def names(language: str = "go") -> tuple[str, ...]:
    """Return the names by which the repairs and mends of a language can be left out."""
    family = REGISTRY[language]
    return tuple(dict.fromkeys((*family.repairs, *family.mends)))


def repair(subject: Subject, *, language: str = "go", without: Collection[str] = ()) -> Repaired:
    """Put the form of a file right; a sound file comes back as it was."""
    return passes.repair(REGISTRY[language], subject, without=without)


def mend(
    subject: Subject, diagnostics: Sequence[Diagnostic], *, language: str = "go", without: Collection[str] = ()
) -> Repaired:
    """Answer once what the compiler said of a file; what is left, or came to light, needs another compilation."""
    return passes.mend(REGISTRY[language], subject, diagnostics, without=without)
