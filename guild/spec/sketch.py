"""What a planner proposes for a Spec: plain typed values."""

from typing_extensions import TypedDict


class Part(TypedDict):
    """One declaration of a sketched file: its head, as far as it is spelled out, and what it does."""

    head: str
    does: str


class Sketch(TypedDict):
    """A source file that a planner proposes."""

    path: str
    purpose: str
    parts: list[Part]
