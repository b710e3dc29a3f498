"""A Spec becomes ordered tasks, without a model: who writes each file, what it needs, declares and tests."""

import re
from collections.abc import Iterator, Sequence

from guild.plan.order import ordered
from guild.plan.spelling import spelled_out
from guild.spec.languages import paths_of, role_of
from guild.spec.model import FileSpec, Spec
from guild.spec.prose import bare, contradicted, named_tests, statements, unquoted
from guild.syntax import SpeltOut, syntax_of
from guild.values import Expect, FileTask, Plan, Probe

__all__ = ["make_plan"]


def make_plan(spec: Spec) -> tuple[Plan, dict[str, str]]:
    """Return the Plan of a Spec, and the files that the user gives; needs that go in a circle are the Spec's fault."""
    spelled = spelled_out(spec)
    tests = _tests(spec)
    tasks = [_task(spec, number, spelled[number], tests[number]) for number in range(len(spec.files))]
    tasks = ordered(spec, tasks, spelled)
    module = paths_of(spec.language).module
    given = {file.path: file.content for file in spec.files if file.content is not None}
    if all(task["path"] != module for task in tasks):
        tasks.insert(0, _empty(module))
    plan = Plan(
        name=spec.name,
        language=spec.language,
        module=_module(spec, given.get(module, "")),
        description=spec.description.strip(),
        tasks=tasks,
        expect=_expected(spec),
        probes=_probes(spec),
        stated=_stated(spec, spelled),
    )
    if spec.packages:
        plan["packages"] = [*spec.packages]
    return plan, given


def _empty(path: str) -> FileTask:
    return FileTask(path=path, role="module", purpose="", needs=[], declares=[], signatures=[], tests=[], line=0)


def _task(spec: Spec, number: int, spelled: SpeltOut, tests: Sequence[str]) -> FileTask:
    file = spec.files[number]
    role = "given" if file.content is not None else role_of(file.path, spec.language)
    task = _empty(file.path)
    task["line"] = spec.line("files", number)
    if role == "module":
        return task
    task["role"] = role
    task["purpose"] = file.purpose.strip()
    task["declares"] = list(file.declares)
    task["signatures"] = list(spelled.signatures)
    task["tests"] = list(tests)
    return task


def _tests(spec: Spec) -> list[list[str]]:
    """Return the tests of each file; one that two files of a folder name belongs to the file that describes it."""
    claims = [_claimed(file, spec.language) for file in spec.files]
    for number, file in enumerate(spec.files):
        for other in range(number):
            if _folder(spec.files[other].path) != _folder(file.path):
                continue
            for name in set(claims[number]) & set(claims[other]):
                loser = other if _describes(file, name) > _describes(spec.files[other], name) else number
                claims[loser].remove(name)
    return claims


def _claimed(file: FileSpec, language: str) -> list[str]:
    if role_of(file.path, language) != "test":
        return list(dict.fromkeys(file.tests))
    return list(dict.fromkeys(file.tests)) or named_tests(file.purpose, language)


def _describes(file: FileSpec, name: str) -> int:
    """Tell how surely a file owns a test: listed, followed by what it does, or only named."""
    if name in file.tests:
        return 2
    return 1 if re.search(rf"\b{name}\b(?::|\(| [—–-] )", file.purpose) else 0


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _module(spec: Spec, given: str) -> str:
    """Return the module's path; a module file of the user's own has the last word."""
    own = re.search(paths_of(spec.language).named, given, re.M)
    return own[1] if own else spec.module


def _expected(spec: Spec) -> list[Expect]:
    return [
        Expect(call=oracle.call, want=list(oracle.want), line=spec.line("expect", number))
        for number, oracle in enumerate(spec.expect)
    ]


def _probes(spec: Spec) -> list[Probe]:
    probes: list[Probe] = []
    for number, probe in enumerate(spec.probes):
        method, path, body = probe.parts()
        line = spec.line("probes", number)
        probes.append(Probe(method=method, path=path, body=body, status=probe.status, line=line))
    return probes


def _stated(spec: Spec, spelled: Sequence[SpeltOut]) -> list[Expect]:
    """Return the values that purposes state of calls, but none that is contradicted or settled by an oracle."""
    said = [
        (call, value, spec.line("files", number, "purpose"))
        for number, file in enumerate(spec.files)
        for call, value in _stated_in(file, spec.language, spelled[number].signatures)
    ]
    settled = {bare(oracle.call) for oracle in spec.expect}
    settled |= contradicted((call, value) for call, value, _ in said)
    first = {call: Expect(call=call, want=[value], line=line) for call, value, line in reversed(said)}
    return [first[call] for call in dict.fromkeys(call for call, _, _ in said) if call not in settled]


def _stated_in(file: FileSpec, language: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from statements(file.purpose, language)
    yield from syntax_of(file.path).shown(unquoted(file.purpose), signatures)
