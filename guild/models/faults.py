"""What goes wrong between us and a model's server: what is worth asking again, and what to tell a person."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import openai
from tenacity import RetryCallState

from guild.errors import EndpointError, GuildError, PromptTooLong

PASSING = frozenset({408, 409, 425, 429})
"""Statuses below 500 that pass by themselves."""
EMPTY = "No generation chunks"
"""How langchain-core opens its ValueError on a stream that brought nothing."""


class BrokenStream(ConnectionError):
    """A stream ended before the model said that it had finished."""


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How often and how long a server is waited for; all times are seconds."""

    attempts: int = 6
    first_wait: float = 0.5
    longest_wait: float = 30.0
    in_all: float = 600.0
    connect: float = 10.0
    read: float = 300.0

    def wait(self, state: RetryCallState) -> float:
        """Return how long to wait before the next attempt: what the server asks for, else twice as long each time."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.response.headers.get("retry-after", "") if isinstance(error, openai.APIStatusError) else ""
        doubled = self.first_wait * 2 ** (state.attempt_number - 1)
        return min(self.longest_wait, float(asked) if asked.replace(".", "", 1).isdigit() else doubled)


def passing(error: BaseException) -> bool:
    """Whether the same request may well succeed in a moment."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code in PASSING or error.status_code >= 500
    if isinstance(error, openai.APIError):
        return not _code(error).startswith("4") or _code(error) == "429"
    return isinstance(error, BrokenStream | json.JSONDecodeError) or _is_empty(error)


def _code(error: openai.APIError) -> str:
    """The status inside an error that came as an event of the stream."""
    return str(error.code or "")


def _is_empty(error: BaseException) -> bool:
    return isinstance(error, ValueError) and str(error).startswith(EMPTY)


def reason(error: BaseException) -> str:
    """Say in a few words what happened."""
    if isinstance(error, openai.APITimeoutError):
        return "it gave no answer in time"
    if isinstance(error, openai.APIStatusError):
        return f"HTTP {error.status_code}: {one_line(error.message.partition(' - ')[2] or error.message)}"
    if isinstance(error, openai.APIConnectionError):
        root: BaseException = error
        while root.__cause__:
            root = root.__cause__
        return f"no connection ({one_line(str(root)) or type(root).__name__})"
    if isinstance(error, BrokenStream) or _is_empty(error):
        return "its reply broke off before the end"
    return one_line(str(error)) or type(error).__name__


def explain(error: BaseException, name: str, url: str) -> GuildError:
    """Return the one line for a fault that did not pass, with the way to mend it."""
    where = f"{name} at {shown(url)}" if name else shown(url)
    if _too_long(error):
        return PromptTooLong(
            f"{where}: {reason(error)}; give the server a longer context, or take a model that has one"
        )
    return EndpointError(f"{where}: {reason(error)}; {_mend(error)}")


def _too_long(error: BaseException) -> bool:
    text = str(error).lower()
    return isinstance(error, openai.BadRequestError) and "context" in text and ("length" in text or "size" in text)


def _mend(error: BaseException) -> str:
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return "set the right key in GUILD_API_KEY (or GUILD_<ROLE>_API_KEY)"
    if isinstance(error, openai.NotFoundError):
        return "pull or load that model there, name another with --model, or see whether --base-url lacks its /v1"
    if isinstance(error, openai.RateLimitError):
        return "wait a while, or take a key with a higher limit"
    if isinstance(error, openai.APIStatusError) and error.status_code < 500:
        return "this server does not take such requests: try another with --base-url"
    if isinstance(error, openai.APIConnectionError):
        return "start it, check --base-url, or take the embedded model (--model local:qwen2.5-coder-1.5b)"
    return "look into its log and start it anew"


def one_line(text: str) -> str:
    """Return text without line breaks, cut to a length that a terminal line bears."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:199] + "…"


def shown(url: str) -> str:
    """Return a URL as it may be shown and recorded: without a user's name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))
