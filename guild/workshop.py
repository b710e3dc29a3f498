"""The Workshop: the live collaborators of a run, made from its Settings; and a node's desk in it."""

import atexit
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Any

from guild import settings as setting
from guild.models import Model, ignore, open_model
from guild.records import Records
from guild.sandbox import open_sandbox
from guild.settings import Settings
from guild.toolchains import Toolchain, open_toolchain
from guild.values import Role

ROLES: tuple[Role, ...] = ("dev", "test", "fix", "review")
PASSING: frozenset[str] = frozenset({"token"})
"""Kinds of events that are shown and not recorded."""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """A model per role, the toolchain, and the records where a run has a folder."""

    settings: Settings
    models: Mapping[Role, Model]
    toolchain: Toolchain
    records: Records | None = None

    def close(self) -> None:
        """Let go of the models."""
        for model in {id(model): model for model in self.models.values()}.values():
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
    """Open sandbox, toolchain and models; what the machine lacks is said before any work."""
    sandbox = open_sandbox(unsafe_host=settings.unsafe_host)
    toolchain = open_toolchain(language, sandbox, setting.cache_folder(), path=setting.search_path())
    return Workshop(
        settings=settings,
        models=open_models(settings, report=report),
        toolchain=toolchain,
        records=records,
    )


def open_models(settings: Settings, *, report: Callable[[str], None] = ignore) -> dict[Role, Model]:
    """Open each role's model, one client for roles that share it."""
    opened: dict[tuple[str, str], Model] = {}
    models: dict[Role, Model] = {}
    for role in ROLES:
        name, key = setting.model_for(settings, role), setting.api_key(role)
        model = opened.get((name, key))
        if model is None:
            model = open_model(name, base_url=settings.base_url, api_key=key, threads=settings.threads, report=report)
            report(f"{model.name}: a context of {model.context} tokens ({model.note})")
            opened[name, key] = model
        models[role] = model
    return models


@lru_cache(maxsize=2)
def _shared(settings: Settings) -> Workshop:
    shop = open_workshop(settings)
    atexit.register(shop.close)
    return shop


_opening = Lock()


def workshop_for(context: object) -> Workshop:
    """Return the Workshop that a graph's context means, opened once for equal Settings."""
    with _opening:
        return _shared(setting.coerce(context))
