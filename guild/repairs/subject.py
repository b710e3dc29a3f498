"""What a repair works on, and what a language brings to the registry of repairs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from guild.syntax import Edit
from guild.values import Diagnostic


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A file to repair, in its Project."""

    path: str
    text: str
    package: str
    """The package that the file should be of; empty where that is not known."""
    module: str
    """The module's import path."""
    siblings: Mapping[str, str]
    """The other files of the Project, path -> text."""
    promised: Sequence[str] = ()
    """The heads of what the Plan wants the file to declare."""


Repair = Callable[[Subject], str]
"""Puts the form of a file right, from its text alone."""

Mend = Callable[[Subject, Sequence[Diagnostic]], list[Edit]]
"""Answers what the compiler said of a file: edits of its text, each whole by itself, so that any may be left out."""


@dataclass(frozen=True, kw_only=True)
class Family:
    """The repairs and mends of one language, by name, in the order in which they run."""

    suffix: str | tuple[str, ...]
    """How the names of its files end."""
    repairs: Mapping[str, Repair]
    mends: Mapping[str, Mend]
    faults: Callable[[str], int]
    """Counts the places where a text does not parse: an edit that adds one is not taken."""
    asserts_less: Callable[[Subject, str], bool]
    """Tells whether a new text of a file asserts less than it did: no mend may do that."""
