"""What a repair works on, and what a language brings to the registry of repairs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


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


@dataclass(frozen=True, kw_only=True)
class Family:
    """The repairs of one language, by name, in the order in which they run."""

    suffix: str
    repairs: Mapping[str, Callable[[Subject], str]]
    faults: Callable[[str], int]
    """Counts the places where a text does not parse: a repair that adds one is not taken."""
