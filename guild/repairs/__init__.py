"""Deterministic edits that need no model: of a file's form, and of what the compiler said; milliseconds a file."""

from collections.abc import Collection, Mapping, Sequence

from guild.repairs import go, passes, python, react, rust
from guild.repairs.passes import Repaired
from guild.repairs.subject import Family, Subject
from guild.values import Diagnostic

__all__ = ["REGISTRY", "Repaired", "Subject", "forms", "mend", "names", "repair"]

REGISTRY: Mapping[str, Family] = {
    "go": go.FAMILY,
    "python": python.FAMILY,
    "rust": rust.FAMILY,
    "react": react.FAMILY,
}


def names(language: str) -> tuple[str, ...]:
    """Return the names by which the repairs and mends of a language can be left out."""
    family = REGISTRY[language]
    return tuple(dict.fromkeys((*family.repairs, *family.mends)))


def forms(path: str) -> tuple[str, ...]:
    """Return the names of the repairs of a file's form."""
    family = _family(path)
    return tuple(family.repairs) if family else ()


def repair(subject: Subject, *, without: Collection[str] = ()) -> Repaired:
    """Put the form of a file right; a sound file comes back as it was, and so does one of no language."""
    family = _family(subject.path)
    return passes.repair(family, subject, without=without) if family else Repaired(subject.text, ())


def mend(subject: Subject, diagnostics: Sequence[Diagnostic], *, without: Collection[str] = ()) -> Repaired:
    """Answer once what the compiler said of a file; what is left, or came to light, needs another compilation."""
    family = _family(subject.path)
    return passes.mend(family, subject, diagnostics, without=without) if family else Repaired(subject.text, ())


def _family(path: str) -> Family | None:
    return next((family for family in REGISTRY.values() if path.endswith(family.suffix)), None)
