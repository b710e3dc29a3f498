"""What a run asks a person and what they say: typed, JSON all the way down, the same on a terminal and in Studio."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from guild.values import Diagnostic, FileTask

About = Literal["plan", "stall", "step", "resume"]
"""Where a person speaks: at a plan, where nothing is left to try, before a node, or when a run is gone on with."""


class Question(TypedDict):
    """What a person is asked, with what they need to know for their answer."""

    about: About
    text: str
    tasks: NotRequired[list[FileTask]]
    """Of a plan: its files, with who writes each, the symbols that it declares and its tests."""
    renamed: NotRequired[list[str]]
    """Of a change: what is renamed without a model."""
    fails: NotRequired[list[Diagnostic]]
    """Of a stall: what the toolchain says."""
    tried: NotRequired[list[str]]
    """Of a stall: what was tried, a line a round."""


class Answer(TypedDict):
    """What a person answers: whether the run is to go on, and what it is to mind."""

    go_on: bool
    say: NotRequired[str]


class Said(TypedDict):
    """What a person said, where, and after how many rounds; a bare yes or no has no text."""

    at: About
    rounds: int
    text: str
