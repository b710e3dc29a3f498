"""Orders to a coder or a fixer: which prompt, with which part of the Project in it."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from guild import briefing, prompts
from guild.excerpt import blamed_in, excerpt, functions_in, names_instead, unwritten
from guild.models import Model, Request
from guild.nodes.accounts import spend
from guild.nodes.targets import Target
from guild.search import Order
from guild.showing import to_be_changed
from guild.state import State, round_of
from guild.syntax import syntax_of
from guild.values import Diagnostic, FileTask, Plan, Reply, Role
from guild.workshop import Workshop

_FRAME = 1200
"""Characters kept free for the fixed words of a prompt."""
_DIAGNOSIS = 160
"""Tokens of a diagnosis."""
_MOST_SHOWN = 8
"""Diagnostics that a diagnosis is asked of."""
_OUTLINE = 800
"""Bytes of other files that a prompt shows of a project that is there."""
_SHARE = 4
"""Examples take at most one in so many bytes of the room that a prompt has left."""


def coder_order(shop: Workshop, state: State, path: str, *, again: int = 0, speaker: str = "") -> Order:
    """Ask for a whole file, afresh; `again` counts the earlier times, which makes the draws bolder."""
    plan, task = state["plan"], task_of(state, path)
    role: Role = "test" if task["role"] == "test" else "dev"
    tests = [syntax_of(path).test_head(name) for name in task["tests"]]
    wanted = briefing.listed(tests if role == "test" else [*task["signatures"], *_unspelt(task)])
    own = {"tests": wanted} if role == "test" else {"signatures": wanted, "facts": briefing.facts(plan, task)}
    target = Target(path=path, mode="redraw", why="", again=again, speaker=speaker)
    order = order_of(shop, state, target, role, own)
    order = replace(order, opening=briefing.opening(task, order.package, order.files, plan["module"]), replaces=True)
    return replace(order, otherwise=_in_steps(shop, state, target, order)) if role == "dev" else order


def _in_steps(shop: Workshop, state: State, target: Target, order: Order) -> Order | None:
    """Ask for the same file in small steps, where all that it must declare are functions that are spelled out.

    What one way of writing gets wrong, drawn again it gets wrong again.
    """
    task, syntax = task_of(state, target.path), syntax_of(target.path)
    heads = task["signatures"]
    functions = bool(heads) and not _unspelt(task) and all(head.startswith(syntax.functions) for head in heads)
    functions = functions and not _unsaid_types(heads, order.files)
    changes = target.path in to_be_changed(shop, state["plan"])
    if not functions or changes or "strategy" in shop.settings.without:
        return None
    start = syntax.file_start(order.package)
    own = {
        "current": start.strip(),
        "signatures": briefing.listed(heads),
        "facts": briefing.facts(state["plan"], task),
    }
    anew = order_of(shop, state, replace(target, mode="anew"), "dev", own)
    opening = f"{briefing.fence(target.path)}{start}{syntax.steps_start(heads[0])}"
    return replace(anew, opening=opening, replaces=True)


def fixer_order(shop: Workshop, state: State, target: Target, *, diagnosis: str = "") -> Order:
    """Ask for what mends a file, with what the toolchain says of it, and what a model makes of that."""
    said = target.diagnostics
    problems = [briefing.problems(said), *_instead(shop, state["files"], said), diagnosis]
    own = {
        "current": _current(shop, state, target),
        "problems": "\n".join(each for each in problems if each),
        "past": briefing.past(state.get("rounds", []), target.path),
    }
    return replace(order_of(shop, state, target, "fix", own), opening=briefing.fence(target.path))


def anew_order(shop: Workshop, state: State, target: Target) -> Order:
    """Ask for the blamed functions of a file as if they were still to be written, a step at a time."""
    path, files = target.path, state["files"]
    meant = [each for each in syntax_of(path).parse(files[path]).declarations if each.name == target.name]
    functions = meant or functions_in(path, files, target.diagnostics)
    own = {
        "current": unwritten(files[path], functions),
        "signatures": briefing.listed([each.signature for each in functions]),
        "facts": briefing.facts(state["plan"], task_of(state, path)),
    }
    order = order_of(shop, state, replace(target, mode="anew"), "dev", own)
    return replace(order, opening=f"{briefing.fence(path)}{syntax_of(path).steps_start(functions[0].signature)}")


def order_of(shop: Workshop, state: State, target: Target, role: Role, own: Mapping[str, str]) -> Order:
    """Make an order of a role, whose prompt shows `own` and what all prompts show."""
    plan, files, path = state["plan"], state.get("files", {}), target.path
    package = briefing.package_of(path, plan, files)
    own = {"package": package, "path": path, "said": briefing.said(state.get("said", [])), **own}
    task = task_of(state, path)
    inputs = _shared(shop, state, task, shop.model(role, target.speaker), own) | own
    inputs["libraries"] = briefing.libraries(plan)
    asked = prompts.load(plan["language"], _prompt(shop, plan, task, target, role))
    system, prompt = asked.render(**{name: inputs[name] for name in asked.inputs})
    return Order(
        role=role,
        path=path,
        round=round_of(state),
        system=system,
        prompt=prompt,
        plan=plan,
        files=files,
        package=package,
        affordable=_affordable(state, shop),
        first_draw=_drawn(state, path, role),
        draws=shop.settings.candidates,
        verdict=state.get("verdict"),
        speaker=target.speaker,
        boldness=target.again,
    )


def _prompt(shop: Workshop, plan: Plan, task: FileTask, target: Target, role: Role) -> str:
    """Return the name of the prompt that says what is wanted."""
    if target.mode == "anew" or role not in ("dev", "test"):
        return "anew" if target.mode == "anew" else role
    if "about" in task:
        return "cover"
    if "change" in task:
        return "change" if role == "dev" else "proof"
    return "edit" if role == "dev" and task["path"] in to_be_changed(shop, plan) else role


def diagnosis_request(shop: Workshop, state: State, target: Target) -> tuple[Request, Sequence[Diagnostic]]:
    """Ask what is wrong before anybody mends it; return with it what is shown, in the order of its numbers."""
    shown = target.diagnostics[:_MOST_SHOWN]
    system, prompt = prompts.load(state["plan"]["language"], "diagnose").render(
        project=briefing.project(state["plan"]),
        purpose=briefing.purpose(task_of(state, target.path)),
        current=_current(shop, state, target),
        problems="\n".join(f"{number}. {briefing.problems([each])}" for number, each in enumerate(shown, 1)),
        packages=", ".join(state["plan"].get("packages", [])) or "none",
        path=target.path,
    )
    request = Request(
        role="diagnose",
        path=target.path,
        round=round_of(state),
        draw=0,
        system=system,
        prompt=prompt,
        temperature=shop.settings.temperature,
        seed=shop.settings.seed * 1000,
        max_tokens=_DIAGNOSIS,
        speaker=target.speaker,
    )
    return request, shown


def _current(shop: Workshop, state: State, target: Target) -> str:
    """Show of the file to mend what is blamed; all of it where nothing smaller is to be tried."""
    path, text = target.path, state["files"][target.path]
    if target.mode == "whole" or "declarations" in shop.settings.without:
        return text.strip()
    asked = task_of(state, path).get("change", ())
    changing = [each for each in syntax_of(path).parse(text).declarations if each.name in asked]
    return excerpt(path, text, blamed_in(path, state["files"], target.diagnostics) or changing)


def _instead(shop: Workshop, files: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Say what there is where a name was used that does not exist: being told of it alone heals no name error."""
    for each in diagnostics:
        qualifier = each["symbol"].rpartition(".")[0]
        if each["code"] not in ("undefined", "no-member", "unexported") or not each["symbol"]:
            continue
        exported = shop.toolchain.exports(qualifier) if qualifier else ()
        own = [found.signature for path, text in files.items() for found in syntax_of(path).parse(text).declarations]
        if near := names_instead(each, exported or own):
            yield f"Instead of {each['symbol']} there is: {'; '.join(near)}"


def _affordable(state: State, shop: Workshop) -> Callable[[Sequence[Reply]], bool]:
    """Return whether the limits of tokens and minutes leave room for another draw."""
    started = time.monotonic()
    return lambda replies: not spend(state, shop.settings, started, replies)["exhausted"]


def _drawn(state: State, path: str, role: Role) -> int:
    """Return how many draws a role has had for a path: the number of its next one."""
    noted = [made for key, made in state.get("drafts", {}).items() if key.partition(": ")[0] == path]
    drafts = sum(made["draws"] for made in noted) if role != "fix" else 0
    rounds = state.get("rounds", [])
    beside = sum(entry.get("beside", {}).get(path, 0) for entry in rounds) if role != "fix" else 0
    return drafts + beside + sum(r["draws"] for r in rounds if r["path"] == path and r["role"] == role)


def task_of(state: State, path: str) -> FileTask:
    """Return the task that a path has in the Plan, or one that asks for nothing."""
    task = briefing.task_of(state["plan"], path)
    return task or FileTask(path=path, role="dev", purpose="", needs=[], declares=[], signatures=[], tests=[], line=0)


def _shared(shop: Workshop, state: State, task: FileTask, model: Model, own: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs that all prompts have; what the role's own leave goes to examples and other files.

    Of a project that is there other files show what they declare, so that what is to be changed stands out.
    """
    plan = state["plan"]
    project, listing = briefing.project(plan), briefing.file_list(plan)
    tokens = model.context - min(shop.settings.max_reply_tokens, model.context // 2)
    fixed = "".join((project, listing, task["purpose"], *own.values()))
    room = tokens * briefing.BYTES_PER_TOKEN - _FRAME - len(fixed.encode())
    most = 0 if "retrieval" in shop.settings.without else shop.settings.shots
    shown = briefing.examples(shop.corpus, task, plan, most=most, room=room // _SHARE)
    return {
        "project": project,
        "files": listing,
        "purpose": briefing.purpose(task),
        "examples": shown,
        "context": briefing.context(
            task["path"],
            plan,
            state.get("files", {}),
            room=min(room - len(shown.encode()), _OUTLINE if state.get("before") else room),
            query=own.get("problems", ""),
        ),
    }


def _unsaid_types(heads: Sequence[str], files: Mapping[str, str]) -> set[str]:
    """Return the names of types in heads that no file declares, nor a head itself: the file has to bring them, too."""
    brackets, told = re.compile(r"(?<=\w)\[([^\[\]]*)\]"), " ".join(heads)
    used = set(re.findall(r"(?<![\w.])[A-Z]\w*(?!\w*\()", brackets.sub("", told)))
    parameters = {word for found in brackets.findall(told) for word in re.findall(r"\w+", found)}
    there = {each.name for path, text in files.items() for each in syntax_of(path).parse(text).declarations}
    return used - parameters - there


def _unspelt(task: FileTask) -> list[str]:
    """Return the declared names that no signature spells out."""
    return [name for name in task["declares"] if not any(name in head for head in task["signatures"])]
