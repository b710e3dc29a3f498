"""What a model makes of a failure before anything is changed: evidence, a hypothesis, an action, what came of it."""

from typing import Literal

from typing_extensions import TypedDict

from guild.values import Diagnostic

Action = Literal["edit", "install", "run"]
"""Change the code, install a package that the Spec allows, or run a command to learn more."""


class Diagnosis(TypedDict):
    """One diagnosis."""

    round: int
    path: str
    evidence: list[Diagnostic]
    hypothesis: str
    action: Action
    what: str
    """The package or the command; empty for an edit."""
    refused: str
    """Why the action was not taken, or failed; empty where it was."""
    said: str
    """What came of it: what was installed, what was printed."""
