"""Files that do not compile, mended by what the real toolchain says of them: all cases of a session in one project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import dirname

from guild.repairs import Subject, mend
from guild.values import Diagnostic
from tests.toolchains.opened import toolchain

MODULE = "example.org/mended"
MOST_PASSES = 5


@dataclass(frozen=True)
class Case:
    """A file without its package clause, and what becomes of it; the same where a mend must leave it alone."""

    before: str
    after: str = ""
    file: str = "a.go"
    package: str = "p"
    beside: Mapping[str, str] = field(default_factory=dict[str, str])
    """Other files of the package, sound."""
    promised: tuple[str, ...] = ()
    """What the Plan wants the file to declare."""


@dataclass(frozen=True)
class Outcome:
    """A file after its mending: the text, the mends that fired, and what the toolchain still says."""

    text: str
    fired: frozenset[str]
    left: tuple[str, ...]
    heard: tuple[Diagnostic, ...]
    """What the toolchain said of it before it was changed."""
    subject: Subject


def run(cases: Mapping[str, Case], root: Path) -> dict[str, Outcome]:
    """Compile and mend until nothing changes; each case is a package of its own, named by its key."""
    subjects = {key: _subject(key, case) for key, case in cases.items()}
    fired: dict[str, set[str]] = {key: set() for key in cases}
    heard: dict[str, list[Diagnostic]] = {key: [] for key in cases}
    said: dict[str, list[Diagnostic]] = {}
    open_cases = set(cases)
    for number in range(MOST_PASSES):
        said |= _vet([subjects[key] for key in open_cases], root / str(number))
        results = {key: mend(subjects[key], said[key]) for key in open_cases}
        for key, result in results.items():
            heard[key] += [] if fired[key] else said[key]
            fired[key] |= {*result.fired}
            subjects[key] = replace(subjects[key], text=result.text)
        # Suspect code is told of once all else type-checks: who has heard nothing yet is asked again.
        open_cases = {key for key in open_cases if results[key].fired or not heard[key]}
        if not open_cases:
            break
    return {
        key: Outcome(
            text=subject.text.partition("\n")[2],
            fired=frozenset(fired[key]),
            left=tuple(each["message"] for each in said[key]),
            heard=tuple(heard[key]),
            subject=_subject(key, cases[key]),
        )
        for key, subject in subjects.items()
    }


def _subject(key: str, case: Case) -> Subject:
    return Subject(
        path=f"{key}/{case.file}",
        text=f"package {case.package}\n\n{case.before}",
        package="p",
        module=MODULE,
        siblings={f"{key}/{path}": text for path, text in case.beside.items()},
        promised=case.promised,
    )


def _vet(subjects: Iterable[Subject], root: Path) -> dict[str, list[Diagnostic]]:
    files = {"go.mod": f"module {MODULE}\n\ngo 1.24\n"}
    for subject in subjects:
        files |= {**subject.siblings, subject.path: subject.text}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    found = toolchain().vet(root).diagnostics
    return {dirname(each.path): [said for said in found if said["path"] == each.path] for each in subjects}


def collected(modules: Iterable[object]) -> dict[str, Case]:
    """Return the cases of the modules that test a mend, each under the names of both."""
    return {
        slug(name, case): found
        for module in modules
        if (name := getattr(module, "MEND", ""))
        for case, found in {**getattr(module, "FIRES", {}), **getattr(module, "KEEPS", {})}.items()
    }


def slug(mend: str, case: str) -> str:
    """Return the folder of a case."""
    return f"{mend}/{''.join(char if char.isalnum() else '_' for char in case)}"
