"""What no test of a project that is there speaks of, and the tests that are asked for because of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname

from guild.spec.languages import test_path
from guild.surveying import blank_task, free_name
from guild.syntax import Declaration, syntax_of
from guild.values import FileTask, Plan

MOST = 6
"""Tests that one run writes."""
_BEGINS = frozenset({"main", "init", "__init__"})
"""Functions that nobody calls by name."""


@dataclass(frozen=True)
class Untested:
    """A function that no test names, and where it stands."""

    path: str
    found: Declaration


def untested(files: Mapping[str, str], wanted: Sequence[str] = ()) -> list[Untested]:
    """Return the functions that no test beside them names, those first that others may use, the longest first.

    `wanted` are the names or the paths that it is to be about; all where there are none.
    """
    code = {path: text for path, text in files.items() if syntax_of(path).name}
    said: dict[str, set[str]] = {}
    for path, text in code.items():
        if syntax_of(path).is_test(path):
            said.setdefault(dirname(path), set()).update(re.findall(r"\w+", text))
    places = [
        Untested(path, each)
        for path, text in code.items()
        if not syntax_of(path).is_test(path)
        for each in syntax_of(path).parse(text).declarations
        if each.kind in ("func", "method") and _last(each) not in _BEGINS
    ]
    asked = [each for each in places if _is_wanted(each, wanted)]
    missing = [each for each in asked if _last(each.found) not in said.get(dirname(each.path), set())]
    return sorted(missing, key=lambda each: (not _is_offered(each), -len(each.found.text)))


def covering(plan: Plan, files: Mapping[str, str], picked: Sequence[Untested]) -> Plan:
    """Return a Plan that asks for a test of each function, in the test file beside it."""
    taken = {name for path, text in files.items() for name in syntax_of(path).test_names(text)}
    asked: dict[str, FileTask] = {}
    tasks = {task["path"]: task for task in plan["tasks"]}
    for each in picked:
        path, syntax = test_path(each.path, plan["language"]), syntax_of(each.path)
        name = free_name(syntax.test_named(re.findall(r"\w+", each.found.name)), taken)
        taken.add(name)
        blank = FileTask({**(tasks.get(path) or blank_task(path, plan["language"])), "change": [], "about": []})
        task = asked.setdefault(path, {**blank, "needs": [each.path]})
        task["change"] = [*task.get("change", []), name]
        task["about"] = [*task.get("about", []), each.found.name]
    return {**plan, "tasks": [*(task for task in plan["tasks"] if task["path"] not in asked), *asked.values()]}


def _is_offered(place: Untested) -> bool:
    return syntax_of(place.path).is_offered(place.found.name)


def _last(found: Declaration) -> str:
    return found.name.rpartition(".")[2]


def _is_wanted(place: Untested, wanted: Sequence[str]) -> bool:
    return not wanted or any(word in (place.path, place.found.name, _last(place.found)) for word in wanted)
