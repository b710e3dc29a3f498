"""Orders for a project that is there: what a request changes in a file, and the test that shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import dirname

from guild import briefing
from guild.excerpt import blamed_in
from guild.nodes.orders import coder_order, order_of, task_of
from guild.nodes.revising import types_lacking
from guild.nodes.targets import Target
from guild.retrieval import ranked
from guild.search import Order
from guild.state import State, undrafted
from guild.surveying import extended, likeliest
from guild.syntax import Declaration, syntax_of
from guild.values import FileTask, Plan
from guild.workshop import Workshop
from guild.workspace import temporary

_NOTE = "Change:"
_MOST_NEAR = 6
"""Declarations of a file that are named beside the one to be changed."""
_MOST_LIKE = 2
"""Tests that are shown to who writes another."""
_MOST_SHOWN = 1200
"""Characters of a declaration that is shown beside what is asked for."""


def drafting_order(shop: Workshop, state: State, task: FileTask) -> Order:
    """Ask for what a task wants: a whole file, a declaration of one that is there, or the test of a change."""
    return _of_task(shop, state, Target(path=task["path"], mode="redraw", why=""), task)


def redraw_order(shop: Workshop, state: State, target: Target) -> Order:
    """Ask again for what a target's file was to be, bolder each time."""
    task = task_of(state, target.path)
    part: FileTask = {**task, "purpose": state["request"], "change": [target.name]} if target.name else task
    return _of_task(shop, state, replace(target, again=target.again + 1), part)


def _of_task(shop: Workshop, state: State, target: Target, task: FileTask) -> Order:
    if "change" not in task:
        return coder_order(shop, state, target.path, again=target.again, speaker=target.speaker)
    if task["role"] == "test":
        return (_cover if "about" in task else _proof)(shop, state, target, task)
    return _change(shop, state, target, task)


def _change(shop: Workshop, state: State, target: Target, task: FileTask) -> Order:
    """Ask for a declaration as it reads after the change, from what it was before; all else of the file stays.

    Most changes add something: every other draw has only the end to write, so that what is there cannot be dropped.
    """
    path, before, name = target.path, state["before"], task["change"][0]
    declared = syntax_of(path).parse(before[path]).declarations
    found = next(each for each in declared if each.name == name)
    rest = [each for each in declared if each.name != name]
    near = ranked([each.text for each in rest], f"{task['purpose']} {found.text}")[:_MOST_NEAR]
    own = {
        "current": found.text,
        "rest": briefing.listed([" ".join(rest[number].signature.split()) for number in sorted(near)]),
        "past": briefing.past(state.get("rounds", []), path),
    }
    open_parts = [each for each in undrafted(state, "dev") if each != task]
    order = replace(
        order_of(shop, state, target, "dev", own),
        opening=_begun(path, task, found),
        note=_NOTE,
        before=before,
        guarded=frozenset(each.name for each in rest),
        may_stay=bool(open_parts) or any(state["files"].get(other) != text for other, text in before.items()),
        last=not open_parts,
    )
    unfinished = syntax_of(path).unfinished(found.text[found.head - found.start :])
    return replace(order, opening=_noted(path, task) + unfinished, otherwise=order) if unfinished else order


def _begun(path: str, task: FileTask, found: Declaration) -> str:
    """Return how an answer begins that writes a declaration again: a note of what changes, and its head.

    Without the head a small model writes something new and leaves what is there; without the note it copies.
    """
    head = syntax_of(path).body_start(found.signature) if found.kind in ("func", "method") else ""
    return _noted(path, task) + (head or found.text[found.head - found.start :].split("\n")[0] + "\n")


def _noted(path: str, task: FileTask) -> str:
    return f"{briefing.fence(path)}{syntax_of(path).comment} {_NOTE} {task['purpose']}\n"


def with_what_lacks(shop: Workshop, state: State, path: str, test: str) -> Plan:
    """Return the Plan with the types among what changes that a test of the change finds lacking something."""
    files = state["files"]
    with temporary() as place:
        place.write(files)
        said = shop.toolchain.compiles(place.root, {path: test}).diagnostics
    lacking = types_lacking(files, [each for each in said if each["path"] == path])
    return extended(state["plan"], state["request"], lacking)


def _proof(shop: Workshop, state: State, target: Target, task: FileTask) -> Order:
    """Ask for a test that a request's change passes and the Project before it fails; what stands there stays."""
    path, before, syntax = target.path, state["before"], syntax_of(target.path)
    names = task["change"]
    start: State = {**state, "files": _without(state["files"], path, before)}
    own = {
        "current": _at_hand(path, before, task["purpose"]) or "// nothing yet",
        "tests": briefing.listed([syntax.test_head(name) for name in names]),
    }
    order = order_of(shop, start, target, "test", own)
    if undrafted(state, "dev"):
        order = replace(order, verdict=None)
    head = "" if path in before else syntax.test_start(order.package, {})
    return replace(
        order,
        opening=f"{briefing.fence(path)}{head}{syntax.body_start(syntax.test_head(names[0]))}",
        shows=names[0],
        before=before,
        guarded=frozenset(each.name for each in syntax.parse(before.get(path, "")).declarations),
    )


def _cover(shop: Workshop, state: State, target: Target, task: FileTask) -> Order:
    """Ask for a test of a function that is there; it is of use where it can fail, and does not."""
    path, files, syntax = target.path, state["files"], syntax_of(target.path)
    [code], [about], [name] = task["needs"], task["about"], task["change"]
    found = next(each for each in syntax_of(code).parse(files[code]).declarations if each.name == about)
    own = {
        "about": found.text,
        "current": _at_hand(path, files, found.text) or f"{syntax.comment} nothing yet",
        "tests": briefing.listed([syntax.test_head(name)]),
    }
    order = order_of(shop, state, target, "test", own)
    head = "" if path in files else syntax.test_start(order.package, {})
    return replace(
        order,
        opening=f"{briefing.fence(path)}{head}{syntax.body_start(syntax.test_head(name))}",
        shows=name,
        guarded=frozenset(each.name for each in syntax.parse(files.get(path, "")).declarations),
    )


def guarded_in(state: State, target: Target) -> frozenset[str]:
    """Return the declarations of a user's own test file that a mend leaves alone: those that compile."""
    path, before = target.path, state.get("before", {})
    if path not in before or not syntax_of(path).is_test(path):
        return frozenset()
    broken = [each for each in target.diagnostics if each["stage"] != "test"]
    blamed = {each.name for each in blamed_in(path, state["files"], broken)} if broken else set[str]()
    return frozenset(each.name for each in syntax_of(path).parse(before[path]).declarations) - blamed


def _without(files: Mapping[str, str], path: str, before: Mapping[str, str]) -> dict[str, str]:
    """Return the Project with a file as it was before, if it was there."""
    return {**{other: text for other, text in files.items() if other != path}, **_only(path, before)}


def _only(path: str, files: Mapping[str, str]) -> dict[str, str]:
    return {path: files[path]} if path in files else {}


def _at_hand(path: str, before: Mapping[str, str], request: str) -> str:
    """Show what tests of a folder share, and the tests of the file that are most like what is asked for."""
    syntax, own = syntax_of(path), before.get(path, "")
    source = syntax.parse(own)
    like = [each.found for each in likeliest(_only(path, before), request, tests=True)]
    near = [each for each in like if syntax.is_test_name(each.name) and len(each.text) <= _MOST_SHOWN][:_MOST_LIKE]
    shared = [each for each in source.declarations if not syntax.is_test_name(each.name)]
    shown = {each.start: each.text for each in (*shared, *near) if len(each.text) <= _MOST_SHOWN}
    told = [f"{syntax.comment} {' '.join(each.signature.split())}" for each in _beside(path, before)]
    return "\n\n".join([*(shown[start] for start in sorted(shown)), *told])


def _beside(path: str, before: Mapping[str, str]) -> Iterator[Declaration]:
    """Give what other test files of the folder declare for tests to use."""
    for other, text in before.items():
        syntax = syntax_of(other)
        if other != path and dirname(other) == dirname(path) and syntax.is_test(other):
            yield from (each for each in syntax.parse(text).declarations if not syntax.is_test_name(each.name))
