"""guild inside other LangChain and LangGraph programs: a Runnable, and a tool."""

import asyncio
import contextvars
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from langchain_core.tools import StructuredTool

from guild import settings as setting
from guild.build import Place, start
from guild.errors import SettingsError, UserError
from guild.graph import compiled
from guild.settings import Settings
from guild.spec import load_spec
from guild.state import State
from guild.toolchains import LANGUAGES

Source: TypeAlias = "str | Path | Mapping[str, Any]"
_SHOWN = 3
_TOOL = "Build a small, tested software project from a specification; returns what was reached and what is left."


def build_project(**settings: Any) -> Runnable[Any, State]:
    """Return a Runnable from a Spec (a path, YAML text, or a mapping with `spec`) to the State's final values.

    `settings` are the fields of `guild.Settings`. Nothing is written: the files stand in the State.
    """
    chosen = _unattended(settings)
    graph = compiled(saver=False)

    def alone(source: Source, config: RunnableConfig) -> State:
        return cast(State, graph.invoke({"spec": _spec(source)}, _own(config), context=chosen))

    def build(source: Source, config: RunnableConfig) -> State:
        """Run in a context of its own, so that a surrounding graph shares neither thread nor settings with it."""
        return contextvars.Context().run(alone, source, config)

    async def abuild(source: Source, config: RunnableConfig) -> State:
        return await asyncio.to_thread(build, source, config)

    return RunnableLambda(build, afunc=abuild, name="build_project")


def as_tool(*, out: str | Path = "generated", **settings: Any) -> StructuredTool:
    """Return a LangChain tool that takes `spec` and answers with a short summary; the project lies below `out`.

    Each call is a run like that of `guild build`: recorded, resumable, and no file of anybody else's is overwritten.
    """
    chosen = _unattended(settings)

    def build(spec: str) -> str:
        return contextvars.Context().run(built, spec)

    def built(spec: str) -> str:
        name = load_spec(spec, languages=LANGUAGES).name
        place = Place(home=setting.home(), out=Path(out) / name)
        result = start(spec, chosen, place=place, watch=_Unwatched())
        return f"{summary(result.state)}\nwhere: {result.manifest['out']}"

    return StructuredTool.from_function(build, name="build_project", description=_TOOL)


def _unattended(settings: Mapping[str, Any]) -> Settings:
    """Return Settings under which nobody has to be asked: a call of its own has no way to put a question."""
    chosen = setting.coerce(settings)
    if chosen.approve or chosen.ask:
        raise SettingsError("nobody can be asked here: add guild.graph.compiled() as a node of a graph with a saver")
    return chosen


class _Unwatched:
    def event(self, event: Mapping[str, Any]) -> None:
        """Take no note: the tool's answer says how it ended."""


def summary(state: State) -> str:
    """Say in a few lines how a build ended: outcome, score, files, and what is left."""
    verdict = state["verdict"]
    score = verdict["score"]
    lines = [
        f"{state['plan']['name']}: {state.get('outcome') or 'unfinished'}, {score['total']} of {score['max']} stages, "
        f"{len(verdict['tests_passed'])} tests passed",
        f"files: {', '.join(sorted(state['files']))}",
    ]
    if not verdict["green"]:
        lines.append(f"left: {verdict['reason']}")
        lines += [f"{d['path']}:{d['line']}: {d['message'].splitlines()[0]}" for d in verdict["diagnostics"][:_SHOWN]]
    return "\n".join(lines)


def _spec(source: Source) -> str:
    if isinstance(source, Mapping):
        source = source.get("spec", "")
    if not isinstance(source, str | Path) or not str(source).strip():
        raise UserError("a build starts from a path, YAML text, or a mapping with `spec`")
    return str(source)


def _own(config: RunnableConfig) -> RunnableConfig:
    """Keep what watches (callbacks, tags, metadata); leave the caller's thread behind."""
    kept = {name: config[name] for name in ("callbacks", "tags", "metadata") if name in config}
    return cast(RunnableConfig, {**kept, "configurable": {"thread_id": uuid.uuid4().hex}, "recursion_limit": 10_000})
