"""What one run may change, and the only reader of the environment."""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Annotated, ClassVar, Literal, cast
from urllib.parse import urlsplit

import platformdirs
from dotenv import dotenv_values
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from guild.errors import SettingsError

PLACEHOLDER_KEY = "none"
"""Sent where no key is known: servers that want none still want the header."""

_VARIABLES = {
    "model": ("GUILD_MODEL", "GUILDLM_BUILDER_MODEL"),
    "base_url": ("GUILD_BASE_URL", "GUILDLM_BUILDER_BASE_URL"),
    "sandbox": ("GUILD_SANDBOX",),
    "max_reply_tokens": ("GUILDLM_BUILDER_MAX_TOKENS",),
    "temperature": ("GUILDLM_BUILDER_TEMP",),
    "stop": ("GUILDLM_BUILDER_STOP",),
}


def _server(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable, parts = False, urlsplit("")
    if not usable:
        raise ValueError("must be an address such as http://localhost:11434/v1")
    if parts.username or parts.password or parts.query:
        raise ValueError("must hold no user name, password or query; a key belongs in GUILD_API_KEY")
    return url


def _model(name: str) -> str:
    located = re.fullmatch(r"(.*?)@(\w+://.*)", name)
    if located and not name.startswith(("local:", "script:")):
        _server(located[2])
    return name


Mechanism = Literal[
    "prefill",
    "form",
    "mends",
    "ranking",
    "cut",
    "declarations",
    "agreement",
    "diagnosis",
    "opinion",
    "quoting",
    "strategy",
    "retrieval",
]
"""What the loop can do beside asking: every part can be switched off by its name."""

Sandbox = Literal["auto", "bubblewrap", "landlock", "docker", "podman", "seatbelt"]
"""The ways to isolate generated code."""
_ModelName = Annotated[str, AfterValidator(_model)]
Likeness = Literal["bm25", "jaccard"]
"""What makes two texts alike: the rare words that both have, or the share of all words."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What one run may change: JSON all the way down, without secrets."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )

    model: _ModelName = "local:qwen2.5-coder-1.5b"
    """The model that writes: NAME, NAME@URL, local:NAME, local:/path.gguf or script:FILE; empty asks the server."""
    test_model: _ModelName = ""
    """The model that writes tests; the main model where empty."""
    fix_model: _ModelName = ""
    """The model that mends what fails; the main model where empty."""
    review_model: _ModelName = ""
    """The model that reviews what is green; the main model where empty."""
    fleet: tuple[_ModelName, ...] = ()
    """Stronger models, asked in turn for a file that the others could not mend."""
    diagnose: bool = False
    """Whether a model first says what is wrong, before another mends it."""
    approve: bool = False
    """Whether the run stops after its plan, until a person goes on with it."""
    ask: bool = False
    """Whether a run that has nothing left to try asks a person, once."""
    base_url: Annotated[str, AfterValidator(_server)] = "http://localhost:11434/v1"
    """Where a plain model name is asked for: any server that speaks the OpenAI protocol."""
    max_fix_rounds: Annotated[int, Field(ge=0)] = 6
    """How many rounds of fixing are allowed; 0 builds without fixing."""
    max_tokens_total: Annotated[int, Field(ge=0)] = 0
    """Tokens that all prompts and replies may cost together; 0 is no limit."""
    max_minutes: Annotated[float, Field(ge=0)] = 0.0
    """Minutes that the run may work; 0 is no limit."""
    max_reply_tokens: Annotated[int, Field(ge=1)] = 2048
    """Tokens that one reply may hold."""
    temperature: Annotated[float, Field(ge=0, le=2)] = 0.2
    """Where the ladder of sampling temperatures starts."""
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1
    """Where the seeds of the draws start."""
    review: bool = True
    """Whether a green project is reviewed."""
    candidates: Annotated[int, Field(ge=1)] = 3
    """Drafts that one change may have; they are drawn until one is good enough."""
    without: tuple[Mechanism, ...] = ()
    """Mechanisms that are switched off, to see what each is worth."""
    corpus: str = ""
    """A file of verified examples, beside the local corpus: JSON Lines with instruction and response."""
    shots: Annotated[int, Field(ge=0)] = 2
    """How many verified examples a prompt shows; 0 shows none."""
    likeness: Likeness = "bm25"
    """What makes an example like a task: bm25, the rare words that both have, or jaccard, the share of all words."""
    sandbox: Sandbox = "auto"
    """What isolates generated code; auto takes the first that works here."""
    unsafe_host: bool = False
    """Whether generated code may run on this machine without a sandbox."""
    threads: Annotated[int, Field(ge=0)] = 0
    """Threads of the embedded model; 0 is one for each core."""
    stop: str = ""
    """A text at which every reply ends."""


_ADAPTER = TypeAdapter(Settings)
_NAMES = tuple(field.name for field in fields(Settings))


def from_environment(flags: Mapping[str, object]) -> Settings:
    """Return the Settings of a run: a flag beats the environment, which beats `.env`, which beats the default."""
    given = {name: value for name, value in flags.items() if value is not None}
    found = {field: hit for field, names in _VARIABLES.items() if (hit := _variable(*names))}
    texts = {field: value for field, (_, value) in found.items() if field not in given}
    parsed = _checked(lambda: _ADAPTER.validate_python(texts), {field: found[field][0] for field in texts})
    values: dict[str, object] = {**{field: getattr(parsed, field) for field in texts}, **given}
    if "base_url" in values:
        values.setdefault("model", "")
    return _strict(values)


def changed(stored: Mapping[str, object], flags: Mapping[str, object]) -> Settings:
    """Return the Settings of a run that is gone on with: what it had, and the flags given now."""
    given = {name: value for name, value in flags.items() if value is not None}
    if "base_url" in given:
        given.setdefault("model", "")
    return _strict({**stored, **given})


def coerce(context: object) -> Settings:
    """Return the Settings that a graph's context means: ours, checked; for anything foreign the environment's."""
    if isinstance(context, Settings):
        return _strict(asdict(context))
    if isinstance(context, Mapping):
        values = cast("Mapping[object, object]", context)
        if all(name in _NAMES for name in values):
            return from_environment(cast("Mapping[str, object]", values))
    return from_environment({})


def model_for(settings: Settings, role: str) -> str:
    """Return the name of the model that a role asks."""
    own = {"test": settings.test_model, "fix": settings.fix_model, "review": settings.review_model}
    return own.get(role, "") or settings.model


def isolation(settings: Settings) -> Sandbox | Literal["host"]:
    """Return what is to isolate generated code; `host` is nothing, which a user has to ask for."""
    return "host" if settings.unsafe_host else settings.sandbox


def api_key(role: str = "") -> str:
    """Return the key that a role sends, from the environment or `.env`; a placeholder where there is none."""
    names = (f"GUILD_{role.upper()}_API_KEY", "GUILD_API_KEY", "GUILDLM_BUILDER_API_KEY")
    hits = (_variable(name) for name in names)
    return next((hit[1] for hit in hits if hit), PLACEHOLDER_KEY)


def home() -> Path:
    """Return the folder that holds the records of runs: GUILD_HOME, or `.guild` here."""
    hit = _variable("GUILD_HOME")
    return Path(hit[1]).expanduser().absolute() if hit else Path.cwd() / ".guild"


def local_corpus() -> Path:
    """Return the file to which green runs add their examples."""
    return home() / "corpus.jsonl"


def cache_folder() -> Path:
    """Return the folder for what can be fetched or built again: weights, compiled packages."""
    return platformdirs.user_cache_path("guild")


def search_path() -> str:
    """Return the PATH to look for programs in."""
    return os.environ.get("PATH", os.defpath)


def environment() -> dict[str, str]:
    """Return a copy of the environment, for a child that acts for the user; never for generated code."""
    return dict(os.environ)


def _variable(*names: str) -> tuple[str, str] | None:
    """Return the name and value of the first variable that is set and not empty; the environment beats `.env`."""
    for layer in (os.environ, _dotenv(Path.cwd() / ".env")):
        for name in names:
            if value := layer.get(name):
                return name, value
    return None


def _dotenv(path: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(path)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 text") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error


def _strict(values: Mapping[str, object]) -> Settings:
    """Check values as JSON, so that nothing else gets in; what JSON cannot hold becomes null, which no field takes."""
    text = json.dumps(values, default=lambda _: None)
    return _checked(lambda: _ADAPTER.validate_json(text, strict=True), {})


def _checked(validate: Callable[[], Settings], names: Mapping[str, str]) -> Settings:
    """Return what validates, or raise one line that names each field by the name that the user gave it."""
    try:
        return validate()
    except ValidationError as error:
        raise SettingsError("; ".join(_explained(fault, names) for fault in error.errors())) from None


def _explained(fault: ErrorDetails, names: Mapping[str, str]) -> str:
    field = str(fault["loc"][0]) if fault["loc"] else "settings"
    if fault["type"] == "unexpected_keyword_argument":
        return f"{field}: is no setting; there are {', '.join(_NAMES)}"
    return f"{names.get(field, field)}: {fault['msg'].removeprefix('Value error, ')}"
