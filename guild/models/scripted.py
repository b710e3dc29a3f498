"""The scripted model: answers by role, file and draw from a file, so that a run replays exactly."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NotRequired, cast

import yaml
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatResult
from typing_extensions import TypedDict

from guild.errors import ScriptExhausted, SettingsError
from guild.models.client import Client, Context
from guild.models.request import Request, ignore
from guild.values import Reply

CONTEXT = 32_768
FILE_LINE = "File: "


class Answer(TypedDict):
    """One scripted draw; `prompt_tokens` and `finish` let it lie as a bad server would, `delay` is in seconds."""

    text: str
    finish: NotRequired[str]
    prompt_tokens: NotRequired[int]
    delay: NotRequired[float]


Script = Mapping[str, Mapping[str, Sequence[str | Answer]]]
"""role -> file -> draws."""
WORDS: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "finish": str,
    "prompt_tokens": int,
    "delay": (int, float),
}


def parse_script(text: str, source: str = "script") -> Script:
    """Read the YAML of a script; SettingsError names the place that is wrong."""
    try:
        raw: object = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SettingsError(f"{source}: not YAML: {' '.join(str(error).split())}") from error
    roles = _mapping(raw, source)
    for role, files in roles.items():
        for path, draws in _mapping(files, f"{source}: {role}").items():
            _check_draws(draws, f"{source}: {role}: {path}")
    return cast(Script, roles)


def _mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: must be a mapping (role -> file -> list of draws)")
    return cast(dict[str, object], value)


def _check_draws(draws: object, where: str) -> None:
    if not isinstance(draws, list):
        raise SettingsError(f"{where}: must be a list of draws")
    for number, draw in enumerate(cast(list[object], draws)):
        if isinstance(draw, str):
            continue
        words = _mapping(draw, f"{where}: draw {number}")
        wrong = [word for word, value in words.items() if not isinstance(value, WORDS.get(word, ()))]
        if wrong or "text" not in words:
            raise SettingsError(f"{where}: draw {number}: {wrong[0] if wrong else 'text'}: wrong or missing")


class ScriptedChat(BaseChatModel):
    """The LangChain chat model of a script: role, path and draw come to it as metadata of the call."""

    script: Script

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        asked = run_manager.metadata if run_manager else {}
        role, draw = str(asked.get("role", "")), int(asked.get("draw", 0))
        answer = self._answer(role, _file_asked_for(messages[-1].text) or str(asked.get("path", "")), draw)
        time.sleep(answer.get("delay", 0))
        sent = answer.get("prompt_tokens", sum(len(message.text) for message in messages) // 4)
        received = len(answer["text"]) // 4
        usage = UsageMetadata(input_tokens=sent, output_tokens=received, total_tokens=sent + received)
        metadata = {"finish_reason": answer.get("finish", "stop")}
        message = AIMessageChunk(content=answer["text"], usage_metadata=usage, response_metadata=metadata)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _answer(self, role: str, path: str, draw: int) -> Answer:
        draws = self.script.get(role, {}).get(path, ())
        if not 0 <= draw < len(draws):
            raise ScriptExhausted(f"the script has no answer for role {role}, file {path}, draw {draw}")
        answer = draws[draw]
        return {"text": answer} if isinstance(answer, str) else answer


def _file_asked_for(prompt: str) -> str:
    lines = (line for line in reversed(prompt.splitlines()) if line.startswith(FILE_LINE))
    return next(lines, "").removeprefix(FILE_LINE).strip()


class ScriptedModel(Client):
    """A model whose every answer is written down beforehand; it remembers what it was asked."""

    def __init__(self, script: Script, name: str = "script") -> None:
        super().__init__(name, ScriptedChat(script=script), Context(tokens=CONTEXT, note="scripted"))
        self.script = script
        self.requests: list[Request] = []

    def ask(self, request: Request, on_text: Callable[[str], None] = ignore) -> Reply:
        """Answer from the script; ScriptExhausted outside it."""
        self.requests.append(request)
        return super().ask(request, on_text)

    def left_over(self) -> list[tuple[str, str, int]]:
        """Return the (role, file, draw) of every answer that was never asked for."""
        asked = {(request.role, request.path, request.draw) for request in self.requests}
        every = [
            (role, path, draw)
            for role, files in self.script.items()
            for path, draws in files.items()
            for draw in range(len(draws))
        ]
        return [answer for answer in every if answer not in asked]
