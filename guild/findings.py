"""What a review says of a project."""

from typing import NotRequired

from typing_extensions import TypedDict


class Finding(TypedDict):
    """A defect that a reviewer reports and that was not applied; it is shown where a test stands beside it."""

    path: str
    line: int
    message: str
    case: NotRequired[str]
    """The call that shows it, what it gives and what it should."""
    test: NotRequired[str]
    """The text of a test that fails because of it."""


class Review(TypedDict):
    """How far the review went: files read, findings that were not applied."""

    done: list[str]
    findings: list[Finding]
    opinions: NotRequired[list[str]]
    """Files whose fresh drafts were heard."""
