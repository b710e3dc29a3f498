"""What a run is: enough to start it over on another machine, and how it ended."""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from guild.values import Kind


class Fork(TypedDict):
    """The step of another run that a run was forked from."""

    run: str
    step: int


class Errand(TypedDict):
    """What is wanted of a project that is there, in the folder `out`."""

    kind: Kind
    request: str
    commit: bool


class Manifest(TypedDict):
    """What a run is: enough to start it over on another machine, and how it ended. No secrets."""

    run: str
    name: str
    started: str
    """UTC, ISO 8601."""
    spec: str
    """The Spec's self-contained YAML text."""
    spec_hash: str
    spec_source: str
    """The path it was read from, or empty."""
    settings: dict[str, Any]
    versions: dict[str, str]
    prompts_hash: str
    out: str
    outcome: str
    """Empty until the run has ended."""
    finished: str
    seconds: float
    forked_from: NotRequired[Fork]
    errand: NotRequired[Errand]
