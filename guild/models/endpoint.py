"""Any OpenAI-compatible server: its model chosen, its key and context proved before any work, then asked."""

from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import openai
from langchain_openai.chat_models.base import BaseChatOpenAI
from pydantic import SecretStr

from guild.errors import EndpointError, PromptTooLong, SettingsError
from guild.models.client import Client, Context, Streamed
from guild.models.connection import Connection
from guild.models.context import ASSUMED, find_context, list_models
from guild.models.faults import BrokenStream, shown
from guild.models.request import Request, ignore

HELLO = Request(
    role="plan",
    path="",
    round=0,
    draw=0,
    system="Answer in one word.",
    prompt="Hello.",
    temperature=0.2,
    seed=1,
    max_tokens=16,
    stop=("\n\n",),
)
"""Asked once on opening: it proves the key and the model, and has the server load it."""
COUNT = replace(
    HELLO,
    system="Answer in words.",
    prompt="Count from one to six in words, separated by commas.",
    temperature=0.0,
    stop=(),
    prefill="So I count: one, two, three,",
)
"""Asked once on opening: a server that goes on from the last message says four; no fresh answer begins like that."""
OPTIONAL = frozenset({"temperature", "seed", "stop"})
"""Parameters that we do without where a server refuses them."""
THINKING = "output limit was reached"
"""What OpenAI says when a thinking model had too few tokens to say hello: it was reached all the same."""
PREFLIGHT_ATTEMPTS = 3


def open_endpoint(name: str, connection: Connection) -> "Endpoint":
    """Open a model behind a connection, the only one there when the name is empty; faults are told before any work."""
    with ExitStack() as until_open:
        until_open.callback(connection.close)
        listed = connection.patiently(lambda: list_models(connection.api), attempts=PREFLIGHT_ATTEMPTS) or []
        entries = {str(entry["id"]): entry for entry in listed}
        chosen = _choose(name, entries, connection)
        endpoint = Endpoint(chosen, connection)
        try:
            endpoint.greet()
            endpoint.learn_to_continue()
        except EndpointError as error:
            raise _missing(error, chosen, entries, connection) from error
        endpoint.within(find_context(connection.api, {"id": chosen, **entries.get(chosen, {})}))
        until_open.pop_all()
    return endpoint


def _choose(name: str, entries: Collection[str], connection: Connection) -> str:
    if not name and len(entries) == 1:
        return next(iter(entries))
    if not name:
        has = f"has {', '.join(sorted(entries))}" if entries else "does not say which models it has"
        raise SettingsError(f"{shown(connection.url)} {has}: name one with --model")
    return f"{name}:latest" if name not in entries and f"{name}:latest" in entries else name


def _missing(error: EndpointError, name: str, entries: Collection[str], connection: Connection) -> EndpointError:
    """Name the models that are there, where the fault was that this one is not."""
    if not isinstance(error.__cause__, openai.NotFoundError) or not entries:
        return error
    has = ", ".join(sorted(entries))
    return EndpointError(
        f"{shown(connection.url)} has no model {name}; it has {has}: name one with --model, or pull it"
    )


class Endpoint(Client):
    """A model behind a connection; a fault that may pass is waited for, one that stays is an EndpointError."""

    def __init__(self, model: str, connection: Connection, *, name: str = "", context: Context | None = None) -> None:
        chat = BaseChatOpenAI(
            model=model,
            base_url=connection.url,
            api_key=SecretStr(connection.key),
            http_client=connection.http,
            openai_proxy=None,
            timeout=connection.timeout,
            max_retries=0,
            stream_usage=True,
            use_responses_api=False,
        )
        super().__init__(name or model, chat, context or Context(tokens=ASSUMED, note="assumed"))
        self.connection = connection
        self._limit_word = "max_tokens"
        self._refused: frozenset[str] = frozenset()

    def stream(self, request: Request, on_text: Callable[[str], None]) -> Streamed:
        """Ask until a whole reply has arrived or patience ends."""

        def ask_once() -> Streamed:
            answer = super(Endpoint, self).stream(request, on_text)
            if not answer.finish:
                raise BrokenStream
            return answer

        return self.connection.patiently(ask_once, about=self.name)

    def greet(self) -> None:
        """Ask for one word, learning on the way which parameters the server refuses."""
        try:
            self.stream(HELLO, ignore)
        except EndpointError as error:
            if THINKING in str(error):
                return
            if not self._adapts_to(error.__cause__):
                raise
            self.greet()

    def learn_to_continue(self) -> None:
        """Find out whether this server goes on from a prefilled answer; one that refuses the question does not."""
        try:
            said = self.stream(COUNT, ignore).text
        except (EndpointError, PromptTooLong):
            return
        self._continues = said.removeprefix(COUNT.prefill).strip().lower().startswith("four")

    def parameters(self, request: Request) -> dict[str, Any]:
        """Return the sampling parameters that this server takes, in its words."""
        words = super().parameters(request)
        words[self._limit_word] = words.pop("max_tokens")
        return {word: value for word, value in words.items() if word not in self._refused}

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def _adapts_to(self, fault: BaseException | None) -> bool:
        """Change the words of the next request after a refusal; False where nothing is left to change."""
        if not isinstance(fault, openai.BadRequestError):
            return False
        if "max_completion_tokens" in str(fault) and self._limit_word == "max_tokens":
            self._limit_word = "max_completion_tokens"
            return True
        word = str(fault.param)
        adapts = word in OPTIONAL - self._refused
        self._refused |= {word} if adapts else set()
        return adapts
