"""Blame in a project that is there: its own tests speak for the user, the test of a change only for who wrote it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from guild.excerpt import blamed_in
from guild.nodes.targets import Target, named
from guild.state import State
from guild.syntax import syntax_of
from guild.values import Diagnostic

_LACKS = re.compile(
    r"\(type \*?(?:\w+\.)?(\w+)[^()]* has no field or method|^unknown field \w+ in struct literal of type (\w+)"
    r"|^(?:type object )?'(\w+)' (?:object )?has no attribute"
)
"""What a compiler says of a type that has no such member."""


def of_change(state: State, said: Sequence[Diagnostic], asserted: Sequence[Diagnostic]) -> Iterator[Target]:
    """Give what may be done about a change of a project that is there, the likeliest first.

    What is green and nothing shows wants its test. A type that lacks something is drawn afresh. What a change's own
    test says is heard by drawing both afresh, each without sight of the other; what a user's test or the compiler says
    of the code, by mending it.
    """
    tasks = [task for task in state["plan"]["tasks"] if "change" in task]
    parts = [(task["path"], name) for task in tasks if task["role"] == "dev" for name in task["change"]]
    proofs = {task["path"]: task["change"] for task in tasks if task["role"] == "test"}
    own = tuple(each for each in said if _is_of(state, each, proofs))
    other = [each for each in said if each not in own]
    failed = tuple(each for each in other if each in asserted)
    if not said:
        yield from (Target(path=path, mode="redraw", why="nothing shows the change") for path in proofs)
        return
    code = dict.fromkeys(path for path, _ in parts)
    lacking = types_lacking(state["files"], said)
    yield from (_afresh(part, said, "it lacks what is asked for") for part in lacking)
    mends = list(named(state, [each for each in other if each not in asserted]))
    mends += [Target(path=path, mode="mend", why="a test fails", diagnostics=failed) for path in code if failed]
    yield from mends
    tests = [Target(path=path, mode="redraw", why="it fails", diagnostics=own) for path in proofs if own]
    again = [each for part in parts if part not in lacking for each in _once_more(state, part, said)]
    yield from [*tests, *again]
    yield from (Target(path=path, mode="mend", why="its test fails", diagnostics=own) for path in code if own)
    yield from (replace(each, mode="whole") for each in mends if each.mode == "mend")


def types_lacking(files: Mapping[str, str], said: Sequence[Diagnostic]) -> list[tuple[str, str]]:
    """Return the project's types, as path and name, that the compiler says have no such member."""
    words = {name for each in said for found in _LACKS.finditer(each["message"]) for name in found.groups() if name}
    return [
        (path, each.name)
        for path, text in files.items()
        if not syntax_of(path).is_test(path)
        for each in syntax_of(path).parse(text).declarations
        if each.kind == "type" and each.name in words
    ]


def _once_more(state: State, part: tuple[str, str], said: Sequence[Diagnostic]) -> Iterator[Target]:
    """Give the ways to draw a declaration again: from what it was, and a function as if it were still to be written."""
    yield _afresh(part, said, "drawn afresh")
    path, name = part
    declared = syntax_of(path).parse(state["files"].get(path, "")).declarations
    if any(each.name == name and each.kind in ("func", "method") for each in declared):
        yield replace(_afresh(part, said, "written anew"), mode="anew")


def _afresh(part: tuple[str, str], said: Sequence[Diagnostic], why: str) -> Target:
    path, name = part
    return Target(path=path, mode="redraw", why=f"{name}: {why}", name=name, diagnostics=tuple(said))


def _is_of(state: State, found: Diagnostic, proofs: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a diagnostic is about a test that was written for the change."""
    names = proofs.get(found["path"], ())
    if found.get("test"):
        return found["test"].split("/")[0] in names
    return any(each.name in names for each in blamed_in(found["path"], state["files"], [found])) if names else False
