"""The one client of every model: streams a LangChain chat model and holds the reply against what was sent."""

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.runnables import RunnableConfig

from guild.errors import EndpointError, PromptTooLong
from guild.models.repetition import repeats
from guild.models.request import REPETITION, Request, ignore
from guild.values import Reply

TEMPLATE_TOKENS = 64
"""What a chat template adds to the text of a prompt, at most."""
LIMITS = frozenset(2048 << step for step in range(7))
"""Context lengths that servers cut prompts to."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """How many tokens a prompt and its reply may have together, how that is known, and who can count them."""

    tokens: int
    note: str
    count: Callable[[str], int] | None = None
    """The server's own count of the tokens of a text, where it offers one; 0 where it failed to."""


@dataclass
class Streamed:
    """What has arrived of a reply; a later finish reason or usage replaces an earlier one, as servers repeat both."""

    text: str = ""
    finish: str = ""
    usage: UsageMetadata | None = None

    def add(self, piece: AIMessageChunk) -> None:
        """Take in the next piece."""
        self.text += piece.text
        self.finish = str(piece.response_metadata.get("finish_reason") or self.finish)
        self.usage = piece.usage_metadata or self.usage


class Client:
    """A chat model within a known context; an open stream is closed on leaving, whatever the reason."""

    def __init__(self, name: str, chat: BaseChatModel, context: Context) -> None:
        self.name = name
        self.chat = chat
        self._context = context
        self._continues = False

    @property
    def context(self) -> int:
        """Tokens that a prompt and its reply may have together."""
        return self._context.tokens

    @property
    def note(self) -> str:
        """How the context was found out."""
        return self._context.note

    @property
    def continues(self) -> bool:
        """Whether the model goes on from a prefilled answer."""
        return self._continues

    def ask(self, request: Request, on_text: Callable[[str], None] = ignore) -> Reply:
        """Return the reply, handing each piece to `on_text` as it arrives; a truncated reply says `length`."""
        self._refuse_what_does_not_fit(request)
        started = time.monotonic()
        answer = self.stream(request, on_text)
        reply = _reply(answer, request, self.name, time.monotonic() - started)
        self._refuse_a_cut_prompt(request, reply["prompt_tokens"])
        return reply

    def within(self, context: Context) -> None:
        """Keep to this context from now on."""
        self._context = context

    def stream(self, request: Request, on_text: Callable[[str], None]) -> Streamed:
        """Ask once and return what arrived, whole or not."""
        answer = Streamed()
        chunks = self.chat.stream(_messages(request), _config(request), **self.parameters(request))
        with closing(cast(Any, chunks)) as pieces:
            for piece in cast(Iterable[AIMessageChunk], pieces):
                answer.add(piece)
                if piece.text:
                    on_text(piece.text)
                if request.cut and repeats(answer.text):
                    answer.finish = REPETITION
                    break
        return answer

    def parameters(self, request: Request) -> dict[str, Any]:
        """Return the sampling parameters in the words of the chat model."""
        words: dict[str, Any] = {
            "temperature": request.temperature,
            "seed": request.seed,
            "max_tokens": request.max_tokens,
        }
        return {**words, "stop": list(request.stop)} if request.stop else words

    def close(self) -> None:
        """Let go of connections and memory."""

    def _refuse_what_does_not_fit(self, request: Request) -> None:
        room = self.context - request.max_tokens
        text = request.system + "\n" + request.prompt + request.prefill
        size = len(text.encode()) // 3 + TEMPLATE_TOKENS
        if size > room and self._context.count and (counted := self._context.count(text)):
            size = counted + TEMPLATE_TOKENS
        if size > room:
            raise PromptTooLong(
                f"{self.name}: a prompt of about {size} tokens and a reply of up to {request.max_tokens} do not fit "
                f"the context of {self.context} tokens ({self.note}); give the server a longer context, or a model "
                "that has one"
            )

    def _refuse_a_cut_prompt(self, request: Request, prompt_tokens: int) -> None:
        size = (len(request.system) + len(request.prompt)) // 4
        limits = LIMITS | {self.context}
        cut_to_limit = prompt_tokens < size and bool(limits & {prompt_tokens, prompt_tokens + 1})
        if 0 < prompt_tokens < size / 2 or cut_to_limit:
            raise EndpointError(
                f"{self.name}: the server cut a prompt of about {size} tokens to {prompt_tokens}; give it a longer "
                "context (Ollama: OLLAMA_CONTEXT_LENGTH=16384, llama.cpp: --ctx-size 16384, vLLM: --max-model-len)"
            )


def _messages(request: Request) -> list[BaseMessage]:
    asked: list[BaseMessage] = [SystemMessage(request.system), HumanMessage(request.prompt)]
    return [*asked, AIMessage(request.prefill)] if request.prefill else asked


def _config(request: Request) -> RunnableConfig:
    names = {"role": request.role, "path": request.path, "round": request.round, "draw": request.draw}
    return {"metadata": names, "run_name": f"{request.role} {request.path}".strip()}


def _reply(answer: Streamed, request: Request, model: str, seconds: float) -> Reply:
    usage = answer.usage
    asked = len(request.system) + len(request.prompt)
    return {
        "text": request.prefill + answer.text.removeprefix(request.prefill),
        "finish": answer.finish,
        "prompt_tokens": usage["input_tokens"] if usage else asked // 4,
        "completion_tokens": usage["output_tokens"] if usage else len(answer.text) // 4,
        "seconds": round(seconds, 3),
        "model": model,
    }
