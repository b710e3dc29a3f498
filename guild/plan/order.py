"""The order of a Plan: each file after what it needs, as far as the Spec says or its prose shows."""

import re
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from posixpath import basename, dirname

from guild.spec.languages import paths_of, role_of
from guild.spec.model import Spec
from guild.spec.prose import mentions
from guild.syntax import SpeltOut
from guild.values import FileTask

_MODULE, _GIVEN, _DEV, _MAIN, _TEST = range(5)

Needs = dict[int, set[int]]


def ordered(spec: Spec, tasks: Sequence[FileTask], spelled: Sequence[SpeltOut]) -> list[FileTask]:
    """Return the tasks in the order to write them, each with the files that it needs."""
    ranks = [_rank(spec, task) for task in tasks]
    needs = _explicit(spec)
    _refuse_circles(spec, needs)
    shown = _mentioned(spec, spelled, ranks)
    for file, other in sorted(shown, key=lambda pair: (pair[1] > pair[0], pair)):
        if not _reaches(needs, other, file):
            needs[file].add(other)
    order = _sorted(needs, ranks)
    for number, task in enumerate(tasks):
        wanted = needs[number] or (_beside(tasks, ranks, number) if ranks[number] == _TEST else set[int]())
        task["needs"] = [tasks[other]["path"] for other in order if other in wanted]
    return [tasks[number] for number in order]


def _rank(spec: Spec, task: FileTask) -> int:
    if task["role"] == "module":
        return _MODULE
    if task["role"] == "given":
        return _GIVEN
    if role_of(task["path"], spec.language) == "test":
        return _TEST
    starts = basename(task["path"]) in paths_of(spec.language).main
    return _MAIN if starts else _DEV


def _explicit(spec: Spec) -> Needs:
    numbers = {file.path: number for number, file in enumerate(spec.files)}
    return {number: {numbers[path] for path in file.needs if path in numbers} for number, file in enumerate(spec.files)}


def _refuse_circles(spec: Spec, needs: Needs) -> None:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle: list[int] = error.args[1]
        path = " needs ".join(spec.files[number].path for number in reversed(circle))
        spec.fail(f"goes in a circle: {path}", "files", min(circle), "needs")


def _mentioned(spec: Spec, spelled: Sequence[SpeltOut], ranks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of a file and another one that its purpose names, by path or by a symbol only that one owns."""
    owners: dict[str, list[int]] = {}
    for number, found in enumerate(spelled):
        for symbol in found.symbols:
            owners.setdefault(symbol, []).append(number)
    only = [{symbol for symbol in found.symbols if owners[symbol] == [number]} for number, found in enumerate(spelled)]
    return [
        (number, other)
        for number, file in enumerate(spec.files)
        for other in _named_by(file.purpose, spec, only)
        if other != number and _MODULE < ranks[other] <= ranks[number]
    ]


def _named_by(purpose: str, spec: Spec, symbols: Sequence[set[str]]) -> list[int]:
    """Return the files that a purpose names; a plain word such as `main` or `hit` names nothing."""
    words = {word for word in re.findall(r"\w+", purpose) if not word.islower()}
    return [
        number
        for number, file in enumerate(spec.files)
        if symbols[number] & words or (file.path in purpose and mentions(purpose, file.path))
    ]


def _reaches(needs: Needs, start: int, goal: int) -> bool:
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        number = waiting.pop()
        if number == goal:
            return True
        if number not in seen:
            seen.add(number)
            waiting.extend(needs[number])
    return False


def _sorted(needs: Needs, ranks: Sequence[int]) -> list[int]:
    """Return an order that keeps every need; among the free, by rank, then as the Spec has them."""
    order: list[int] = []
    left = set(needs)
    while left:
        free = [number for number in left if not needs[number] & left]
        order.append(min(free, key=lambda number: (ranks[number], number)))
        left.remove(order[-1])
    return order


def _beside(tasks: Sequence[FileTask], ranks: Sequence[int], number: int) -> set[int]:
    """Return the implementation files in the folder of a test; all of them where it holds none."""
    folder = dirname(tasks[number]["path"])
    code = {other for other in range(len(tasks)) if ranks[other] in (_GIVEN, _DEV, _MAIN)}
    return {other for other in code if dirname(tasks[other]["path"]) == folder} or code
