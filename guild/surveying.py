"""What a request means in a project that is there: which declarations it is about, which tests lie next to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname

from guild import prompts
from guild.models import Request
from guild.retrieval import likenesses
from guild.spec.languages import paths_of, role_of, test_path
from guild.spec.prose import keywords, statements
from guild.syntax import Declaration, syntax_of
from guild.values import Expect, FileTask, Plan
from guild.workshop import Workshop

PATH = "survey.txt"
"""What a survey is asked for as: it is no file of the project."""
_OFFERED = 14
"""Declarations that a survey lists: those most like the request."""
_MOST_NAMED = 5
"""A survey that names more has not chosen."""
_NEAR = 0.8
"""Declarations are taken without a survey's word whose worth is such a share of the likeliest one's."""
_MOST_NEAR = 2
_MOST_FILES = 3
_GIST = 110
_TOKENS = 96
_SAID = 0.5
"""What it is worth that a request says all the words of a name."""
_ROUTE = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[\w/{}:-]*")
_PATH = re.compile(r"[\"'`](?:[A-Z]+ )?(/[\w/{}:-]*)")
_ROUTED = 0.6
"""What it is worth to serve a route that a request speaks of, or to ask for it."""
_NAMED = 2.0
"""What it is worth that a request says a name as it is written."""


@dataclass(frozen=True)
class Place:
    """A declaration, where it stands, and how likely it is what a request is about."""

    path: str
    found: Declaration
    worth: float


def project_plan(name: str, files: Mapping[str, str], language: str, request: str) -> Plan:
    """Return the Plan of a project that is there: a task a file, none of which asks for anything yet."""
    module = paths_of(language).module
    tasks = [blank_task(path, language) for path in files]
    found = re.search(r"^\s*module\s+\"?([^\s\"]+)", files.get(module, ""), re.M)
    return Plan(
        name=name,
        language=language,
        module=found[1] if found else name,
        description="",
        tasks=tasks,
        expect=[],
        probes=[],
        stated=[Expect(call=call, want=[value], line=0) for call, value in statements(request, language)],
    )


def blank_task(path: str, language: str) -> FileTask:
    """Return a task that asks for nothing."""
    code = bool(syntax_of(path).name)
    role = role_of(path, language) if code else "module" if path == paths_of(language).module else "given"
    return FileTask(path=path, role=role, purpose="", needs=[], declares=[], signatures=[], tests=[], line=0)


def likeliest(files: Mapping[str, str], request: str, *, tests: bool = False) -> list[Place]:
    """Return the declarations of implementation, or of tests, that a request is likeliest about, those first."""
    code = {path: text for path, text in files.items() if syntax_of(path).name}
    places = [
        (path, found)
        for path, text in code.items()
        if syntax_of(path).is_test(path) is tests
        for found in syntax_of(path).parse(text).declarations
    ]
    scores = likenesses([f"{found.name} {found.text}" for _, found in places], request)
    top = max(scores, default=0.0) or 1.0
    routed = (_asking if tests else _routed)(request, [found for _, found in places])
    worth = [score / top + _named(at[1].name, request) for at, score in zip(places, scores, strict=True)]
    found = [Place(*at, each + _ROUTED * (at[1].name in routed)) for at, each in zip(places, worth, strict=True)]
    return sorted(found, key=lambda each: -each.worth)


def _routed(request: str, declared: Sequence[Declaration]) -> set[str]:
    """Return the names of what serves the routes that a request speaks of, of what lists routes where none does."""
    found: set[str] = set()
    for said in _ROUTE.findall(request):
        lines = [(each.name, line) for each in declared for line in each.text.splitlines() if _ROUTE.search(line)]
        serving = [(name, line) for name, line in lines if any(_serves(route, said) for route in _ROUTE.findall(line))]
        words = {word for _, line in serving for word in re.findall(r"\w+", line)}
        handlers = {each.name for each in declared if each.name.rpartition(".")[2] in words}
        found |= handlers or {name for name, _ in serving or lines}
    return found


def _asking(request: str, declared: Sequence[Declaration]) -> set[str]:
    """Return the names of the tests that ask for the paths that a request speaks of."""
    said = [route.partition(" ")[2] for route in _ROUTE.findall(request)]
    return {
        each.name for each in declared for path in _PATH.findall(each.text) if any(_serves(at, path) for at in said)
    }


def _serves(route: str, said: str) -> bool:
    """Tell whether a route, whose parts in braces stand for anything and numbers for one another, is spoken of."""
    parts, asked = route.rstrip("/").split("/"), said.rstrip("/").split("/")
    alike = (
        a == b or a.startswith(("{", ":")) or (a.isdigit() and b.isdigit()) for a, b in zip(parts, asked, strict=False)
    )
    return len(parts) == len(asked) and all(alike)


def is_said(name: str, request: str) -> bool:
    """Tell whether a request says a name as it is written; a name like any other word is never sure to be meant."""
    last = name.rpartition(".")[2]
    return not last.islower() and re.search(rf"(?<!\w){re.escape(last)}(?!\w)", request) is not None


def _named(name: str, request: str) -> float:
    """Return how far a request says a name: as it is written, or as the words that it is made of."""
    if is_said(name, request):
        return _NAMED
    said = {_stem(word) for word in keywords(request)}
    words = [_stem(word) for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name.replace("_", " "))]
    return sum(word in said for word in words) / len(words) * _SAID if words else 0.0


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")


def survey_request(shop: Workshop, plan: Plan, request: str, places: Sequence[Place]) -> Request:
    """Ask which of the likeliest declarations have to change."""
    listed = "\n".join(_line(each) for each in sorted(places[:_OFFERED], key=lambda each: each.path))
    system, prompt = prompts.load(plan["language"], "survey").render(
        project=plan["name"], declarations=listed, request=request.strip(), path=PATH
    )
    prefill = "```\n" if shop.model("plan").continues and "prefill" not in shop.settings.without else ""
    return Request(
        role="plan",
        path=PATH,
        round=0,
        draw=0,
        system=system,
        prompt=prompt,
        temperature=0.0,
        seed=shop.settings.seed * 1000,
        max_tokens=_TOKENS,
        stop=("\n```",) if prefill else (),
        prefill=prefill,
        cut=False,
    )


def _line(place: Place) -> str:
    doc = place.found.text[: place.found.head - place.found.start].split("\n")[0].lstrip("/# ")
    head = " ".join(place.found.signature.split())
    return f"{place.path}: {place.found.name} - {(doc or head)[:_GIST]}"


def chosen(reply: str, places: Sequence[Place]) -> list[Place]:
    """Return what has to change: what the likeliest are, and what a survey names that has chosen."""
    named: list[Place] = []
    for line in reply.splitlines():
        said = re.search(r"(?P<path>[\w./-]+\.\w+)`?\s*:\s*`?(?P<name>[\w.]+)", line)
        fits = [each for each in places if said and said["path"] == each.path and said["name"] == each.found.name]
        named += [each for each in fits if each not in named]
    near = [each for each in places if each.worth >= _NEAR * places[0].worth][:_MOST_NEAR]
    picked = [*near, *(named if len(named) <= _MOST_NAMED else named[:1])]
    paths = list(dict.fromkeys(each.path for each in picked))[:_MOST_FILES]
    return [each for each in dict.fromkeys(picked) if each.path in paths]


def assigned(plan: Plan, files: Mapping[str, str], request: str, picked: Sequence[Place]) -> Plan:
    """Return a Plan that asks for a request: what is likeliest to change first, and a test that shows it."""
    paths = list(dict.fromkeys(each.path for each in picked))
    test, name = _test_for(plan, files, request, paths)
    tasks = {task["path"]: task for task in plan["tasks"]}
    changes: list[FileTask] = []
    for path in paths:
        names = [each.found.name for each in picked if each.path == path]
        changes.append({**tasks[path], "purpose": request, "change": names})
    proof = tasks.get(test) or blank_task(test, plan["language"])
    changes.append({**proof, "purpose": request, "change": [name], "needs": paths})
    asked = {task["path"] for task in changes}
    return {**plan, "tasks": [*changes, *(task for task in plan["tasks"] if task["path"] not in asked)]}


def extended(plan: Plan, request: str, added: Sequence[tuple[str, str]]) -> Plan:
    """Return a Plan that asks for the change of more declarations first, given as path and name."""
    changes: dict[str, list[str]] = {}
    for path, name in added:
        changes.setdefault(path, []).append(name)
    for task in plan["tasks"]:
        if task["role"] == "dev" and "change" in task:
            names = changes.setdefault(task["path"], [])
            names += [name for name in task["change"] if name not in names]
    tasks = {task["path"]: task for task in plan["tasks"]}
    first = [FileTask({**tasks[path], "purpose": request, "change": names}) for path, names in changes.items()]
    return {**plan, "tasks": [*first, *(task for task in plan["tasks"] if task["path"] not in changes)]}


def _test_for(plan: Plan, files: Mapping[str, str], request: str, paths: Sequence[str]) -> tuple[str, str]:
    """Return the test file that a request's test belongs to, beside what changes, and a name that is free."""
    folder = dirname(paths[0])
    beside = [each for each in likeliest(files, request, tests=True) if dirname(each.path) == folder]
    own = test_path(paths[0], plan["language"])
    there = {each.path for each in beside}
    path = own if own in there or not beside else beside[0].path
    taken = {each.found.name for each in beside}
    return path, free_name(syntax_of(path).test_named(keywords(request)[:4]), taken)


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name that nothing bears yet: itself, or with a number."""
    used = set(taken)
    numbered = (f"{name}{number if number > 1 else ''}" for number in range(1, len(used) + 2))
    return next(each for each in numbered if each not in used)
