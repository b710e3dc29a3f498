"""What every model is asked and what it promises: the seam between the loop and any language model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from guild.values import Reply, Role


@dataclass(frozen=True, kw_only=True)
class Request:
    """One question to a model: who it is asked to be, for which file, and how it is to be sampled."""

    role: Role
    path: str
    round: int
    draw: int
    system: str
    prompt: str
    temperature: float
    seed: int
    max_tokens: int
    stop: tuple[str, ...] = ()
    speaker: str = ""
    """Who is asked in the role's place: another role, or `fleet N`; empty for the role's own model."""
    cut: bool = True
    """Whether a reply that repeats itself is cut."""
    prefill: str = ""
    """How the answer begins, where the model goes on from that; the reply holds it too."""


def ignore(text: str) -> None:
    """Take a piece of text and do nothing with it: the listener where nobody listens."""


REPETITION = "repetition"
"""Why a reply ended that was cut because it went round in circles."""


class Model(Protocol):
    """A language model that answers one request at a time, or several from several threads."""

    @property
    def name(self) -> str:
        """The name that records bear, such as `local:qwen2.5-coder-1.5b`."""
        ...

    @property
    def context(self) -> int:
        """Tokens that a prompt and its reply may have together."""
        ...

    @property
    def note(self) -> str:
        """How the context was found out, or that it is assumed."""
        ...

    @property
    def continues(self) -> bool:
        """Whether the model goes on from a prefilled answer."""
        ...

    def ask(self, request: Request, on_text: Callable[[str], None] = ignore) -> Reply:
        """Return the reply, handing each piece to `on_text` as it arrives; a truncated reply says `length`."""
        ...

    def close(self) -> None:
        """Let go of connections and memory."""
        ...


class Progress(str):
    """A line for people about bytes being fetched that also carries their numbers, so that a bar can be drawn."""

    __slots__ = ("done", "total")
    done: int
    total: int

    def __new__(cls, label: str, done: int, total: int) -> "Progress":
        """Make the line `label: 12 of 491 MB`."""
        line = super().__new__(cls, f"{label}: {done // 1_000_000} of {total // 1_000_000} MB")
        line.done, line.total = done, total
        return line
