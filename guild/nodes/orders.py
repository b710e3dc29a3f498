"""Orders to a coder or a fixer: which prompt, with which part of the Project in it."""

import time
from collections.abc import Callable, Mapping, Sequence

from guild import briefing, prompts
from guild.nodes.accounts import spend
from guild.search import Order
from guild.state import State, round_of
from guild.values import Diagnostic, FileTask, Reply, Role
from guild.workshop import Workshop

_FRAME = 1200
"""Characters kept free for the fixed words of a prompt."""


def coder_order(shop: Workshop, state: State, path: str, *, again: int = 0) -> Order:
    """Ask for a whole file, afresh; `again` counts the earlier times, which makes the draws bolder."""
    plan, files = state["plan"], state.get("files", {})
    task = _task(state, path)
    role: Role = "test" if task["role"] == "test" else "dev"
    package = briefing.package_of(path, plan, files)
    tests = [f"func {name}(t *testing.T)" for name in task["tests"]]
    wanted = briefing.listed(tests if role == "test" else [*task["signatures"], *_unspelt(task)])
    own = {"package": package, "path": path, "tests" if role == "test" else "signatures": wanted}
    inputs = _shared(shop, state, task, role, own) | own
    system, prompt = prompts.load(plan["language"], role).render(**inputs)
    return Order(
        role=role,
        path=path,
        round=round_of(state),
        system=system,
        prompt=prompt,
        plan=plan,
        files=files,
        package=package,
        replaces=True,
        affordable=_affordable(state, shop),
        first_draw=_drawn(state, path, role),
        boldness=again,
    )


def fixer_order(shop: Workshop, state: State, path: str, blamed: Sequence[Diagnostic], *, again: int) -> Order:
    """Ask for what mends a file, with what the toolchain says of it."""
    plan, files = state["plan"], state["files"]
    package = briefing.package_of(path, plan, files)
    own = {
        "package": package,
        "path": path,
        "current": files[path].strip(),
        "problems": briefing.problems(blamed),
        "past": briefing.past(state.get("rounds", []), path),
    }
    inputs = _shared(shop, state, _task(state, path), "fix", own) | own
    system, prompt = prompts.load(plan["language"], "fix").render(**inputs)
    return Order(
        role="fix",
        path=path,
        round=round_of(state),
        system=system,
        prompt=prompt,
        plan=plan,
        files=files,
        package=package,
        affordable=_affordable(state, shop),
        first_draw=_drawn(state, path, "fix"),
        draws=2,
        boldness=again,
    )


def _affordable(state: State, shop: Workshop) -> Callable[[Sequence[Reply]], bool]:
    """Return whether the limits of tokens and minutes leave room for another draw."""
    started = time.monotonic()
    return lambda replies: not spend(state, shop.settings, started, replies)["exhausted"]


def _drawn(state: State, path: str, role: Role) -> int:
    """Return how many draws a role has had for a path: the number of its next one."""
    first = state.get("drafts", {}).get(path)
    drafts = first["draws"] if first and role != "fix" else 0
    return drafts + sum(r["draws"] for r in state.get("rounds", []) if r["path"] == path and r["role"] == role)


def _task(state: State, path: str) -> FileTask:
    task = briefing.task_of(state["plan"], path)
    return task or FileTask(path=path, role="dev", purpose="", needs=[], declares=[], signatures=[], tests=[], line=0)


def _shared(shop: Workshop, state: State, task: FileTask, role: Role, own: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs that all prompts have; the other files get the room that the role's own inputs leave."""
    plan = state["plan"]
    project, listing = briefing.project(plan), briefing.file_list(plan)
    tokens = shop.models[role].context - min(shop.settings.max_reply_tokens, shop.models[role].context // 2)
    fixed = "".join((project, listing, task["purpose"], *own.values()))
    room = tokens * briefing.BYTES_PER_TOKEN - _FRAME - len(fixed.encode())
    return {
        "project": project,
        "files": listing,
        "purpose": " ".join(task["purpose"].split()) or "what its name says",
        "context": briefing.context(task["path"], plan, state.get("files", {}), room=room),
    }


def _unspelt(task: FileTask) -> list[str]:
    """Return the declared names that no signature spells out."""
    return [name for name in task["declares"] if not any(name in head for head in task["signatures"])]
