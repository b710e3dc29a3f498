"""What a model's server says of itself: which models it has, how long their context is, how it counts tokens."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import openai

from guild.models.client import Context

ASSUMED = 4096
"""What is assumed where a server says nothing: Ollama's default, and the smallest in common use."""
LISTED = ("max_model_len", "context_length", "context_window", "max_context_length")
"""The words for it in /v1/models: vLLM's, OpenRouter's and Together's, Groq's, LM Studio's."""
NO_ROUTE = frozenset({404, 405, 501})


def list_models(api: openai.OpenAI) -> list[dict[str, Any]] | None:
    """Return the entries of /v1/models, None where a server has no such route; openai's errors pass through."""
    try:
        data = _mapping(api.get("/models", cast_to=object)).get("data")
    except openai.APIStatusError as error:
        if error.status_code in NO_ROUTE:
            return None
        raise
    found = [_mapping(entry) for entry in cast(list[object], data)] if isinstance(data, list) else None
    return found and [entry for entry in found if "id" in entry]


def find_context(api: openai.OpenAI, entry: Mapping[str, Any]) -> Context:
    """Find out how many tokens the model of this entry really has; it has been asked something, so it is loaded."""
    for word in LISTED:
        if tokens := _positive(entry.get(word)):
            count = _counter(api, {"model": str(entry["id"])}, "prompt") if word == "max_model_len" else None
            return Context(tokens=tokens, note=f"{word} of /v1/models", count=count)
    return _llama_cpp(api) or _ollama(api, str(entry["id"])) or Context(tokens=ASSUMED, note="assumed: not reported")


def _llama_cpp(api: openai.OpenAI) -> Context | None:
    props = _ask(api, "props")
    tokens = _positive(_mapping(props.get("default_generation_settings")).get("n_ctx"))
    if not tokens:
        return None
    note = f"n_ctx of /props, {_positive(props.get('total_slots')) or 1} slots"
    return Context(tokens=tokens, note=note, count=_counter(api, {}, "content"))


def _ollama(api: openai.OpenAI, name: str) -> Context | None:
    loaded = _ask(api, "api/ps").get("models")
    for model in map(_mapping, cast(list[object], loaded) if isinstance(loaded, list) else []):
        tokens = _positive(model.get("context_length"))
        if tokens and {name, f"{name}:latest"} & {model.get("name"), model.get("model")}:
            return Context(tokens=tokens, note="context_length of /api/ps")
    return None


def _counter(api: openai.OpenAI, fields: Mapping[str, str], word: str) -> Callable[[str], int] | None:
    """Return a function that has the server count tokens (0: it did not), None where the server has no such route."""

    def count(text: str) -> int:
        answer = _ask(api, "tokenize", {**fields, word: text})
        tokens = answer.get("tokens")
        return _positive(answer.get("count")) or (len(cast(list[object], tokens)) if isinstance(tokens, list) else 0)

    return count if count("package main") else None


def _ask(api: openai.OpenAI, route: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON object of one of a server's own routes, which lie above /v1; empty where there is none."""
    url = f"{str(api.base_url).rstrip('/').removesuffix('/v1')}/{route}"
    try:
        return _mapping(api.get(url, cast_to=object) if body is None else api.post(url, cast_to=object, body=body))
    except (openai.OpenAIError, ValueError):
        return {}


def _mapping(value: object) -> dict[str, Any]:
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def _positive(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
