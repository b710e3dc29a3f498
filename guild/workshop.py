"""The Workshop: the live collaborators of a run, made from its Settings; and a node's desk in it."""

import atexit
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any, cast

from guild import settings as setting
from guild.models import Model, ignore, open_model
from guild.records import Records
from guild.retrieval import Corpus, open_corpus
from guild.sandbox import open_sandbox
from guild.settings import Settings
from guild.toolchains import Toolchain, open_toolchain
from guild.values import Role

ROLES: tuple[Role, ...] = ("dev", "test", "fix", "review")
FLEET = "fleet "
"""What begins the name of a speaker who is of the fleet; its number follows."""
PASSING: frozenset[str] = frozenset({"token"})
"""Kinds of events that are shown and not recorded."""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """A model per role, the toolchain, the corpus of examples, and the records where a run has a folder."""

    settings: Settings
    models: Mapping[Role, Model]
    toolchain: Toolchain
    fleet: tuple[Model, ...] = ()
    """Models that are asked where the roles' own could not help."""
    corpus: Corpus = field(default_factory=Corpus)
    records: Records | None = None

    def model(self, role: Role, speaker: str = "") -> Model:
        """Return who answers for a role: its own model, or the one that speaks in its place."""
        if speaker.startswith(FLEET):
            return self.fleet[int(speaker.removeprefix(FLEET))]
        return self.models.get(cast("Role", speaker) if speaker else role) or next(iter(self.models.values()))

    def close(self) -> None:
        """Let go of the models."""
        for model in {id(model): model for model in (*self.models.values(), *self.fleet)}.values():
            model.close()


@dataclass(frozen=True)
class Desk:
    """What one node works with: the Workshop, and a way to say what it does."""

    shop: Workshop
    stream: Callable[[Any], None] = field(default=ignore)

    def emit(self, kind: str, **fields: Any) -> None:
        """Stream an event, and record it unless it is a passing one."""
        if self.shop.records is not None and kind not in PASSING:
            self.shop.records.event(kind, **fields)
        self.stream({"kind": kind, **fields})


def open_workshop(
    settings: Settings,
    *,
    language: str = "go",
    records: Records | None = None,
    report: Callable[[str], None] = ignore,
) -> Workshop:
    """Open corpus, sandbox, toolchain and models; what is wrong or lacks is said before any work."""
    corpus = corpus_of(settings).of(language)
    sandbox = open_sandbox(setting.isolation(settings))
    toolchain = open_toolchain(language, sandbox, setting.cache_folder(), path=setting.search_path())
    return Workshop(
        settings=settings,
        models=open_models(settings, report=report),
        fleet=tuple(_opened(settings, name, setting.api_key(), report) for name in settings.fleet),
        toolchain=toolchain,
        corpus=corpus,
        records=records,
    )


def corpus_of(settings: Settings) -> Corpus:
    """Open the examples that prompts may show; none where none is to be shown."""
    if not settings.shots:
        return Corpus()
    return open_corpus(settings.corpus, local=setting.local_corpus(), likeness=settings.likeness)


def open_models(settings: Settings, *, report: Callable[[str], None] = ignore) -> dict[Role, Model]:
    """Open each role's model, one client for roles that share it."""
    opened: dict[tuple[str, str], Model] = {}
    models: dict[Role, Model] = {}
    for role in ROLES:
        name, key = setting.model_for(settings, role), setting.api_key(role)
        model = opened.get((name, key))
        if model is None:
            model = opened[name, key] = _opened(settings, name, key, report)
        models[role] = model
    return models


def _opened(settings: Settings, name: str, key: str, report: Callable[[str], None]) -> Model:
    model = open_model(name, base_url=settings.base_url, api_key=key, threads=settings.threads, report=report)
    report(f"{model.name}: a context of {model.context} tokens ({model.note})")
    return model


@lru_cache(maxsize=2)
def _shared(settings: Settings, language: str) -> Workshop:
    shop = open_workshop(settings, language=language)
    atexit.register(shop.close)
    return shop


_opening = Lock()


def workshop_for(context: object, language: str) -> Workshop:
    """Return the Workshop that a graph's context means, opened once for equal Settings and language."""
    with _opening:
        return _shared(setting.coerce(context), language)
