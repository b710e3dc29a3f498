"""Symbols declared where they may not be, or twice: the copy goes, the owner's stays."""

from collections import Counter

from guild.repairs.go.surroundings import implementation, is_external, is_own_import, is_test
from guild.repairs.subject import Subject
from guild.syntax import go

_TESTERS = {"Test": "*testing.T", "Benchmark": "*testing.B", "Fuzz": "*testing.F"}
_REPEATABLE = ("_", "init")


def apply(subject: Subject) -> str:
    """Drop the copies, never the whole file: a file of copies alone is something else gone wrong."""
    text = _without_repeats(subject.text)
    source = go.parse(text)
    gone = _copies(subject, source) if is_test(subject.path) else _misplaced(subject, source)
    if not gone or len(gone) == len(source.declarations):
        return text
    return go.without(text, gone)


def _copies(subject: Subject, source: go.Source) -> list[go.Declaration]:
    """List what a test file declares again of the code under test, which it would then test in its place.

    An external test package has its own names; only where it never imports the code under test does it test a copy.
    """
    apart = is_external(subject, source) and any(is_own_import(subject, found) for found in source.imports)
    theirs = set[str]() if apart else {found.name for other in implementation(subject) for found in other.declarations}
    return _whole_specs(
        source,
        [
            found
            for found in source.declarations
            if not is_tester(found) and (_is_main(found) or (found.name in theirs and found.name not in _REPEATABLE))
        ],
    )


def _misplaced(subject: Subject, source: go.Source) -> list[go.Declaration]:
    """List what does not belong into an implementation file: tests (never run there), a stray main, exact copies."""
    others = implementation(subject)
    theirs = {found.name: _form(found) for other in others for found in other.declarations}
    is_program = (subject.package or source.package) == "main"
    mains = not is_program or ("main" in theirs and not subject.path.endswith("main.go"))
    return _whole_specs(
        source,
        [
            found
            for found in source.declarations
            if is_tester(found)
            or (_is_main(found) and mains)
            or (found.name not in (*_REPEATABLE, "main") and theirs.get(found.name) == _form(found))
        ],
    )


def _whole_specs(source: go.Source, gone: list[go.Declaration]) -> list[go.Declaration]:
    """Leave out what cannot be dropped alone: a name that shares its spec or its count of iota with one that stays."""
    staying = [found for found in source.declarations if found not in gone]
    specs = {(found.start, found.end) for found in staying}
    counted = {found.group for found in staying if found.group and "iota" in source.text[slice(*found.group)]}
    return [found for found in gone if (found.start, found.end) not in specs and found.group not in counted]


def is_tester(found: go.Declaration) -> bool:
    """Tell whether a declaration is a test, a benchmark or a fuzz test."""
    alone = found.kind == "func" and "," not in found.signature
    return alone and any(
        go.is_test_name(found.name, prefix) and found.signature.endswith(f"{kind})")
        for prefix, kind in _TESTERS.items()
    )


def _is_main(found: go.Declaration) -> bool:
    return found.kind == "func" and found.name == "main"


def _form(found: go.Declaration) -> str:
    """Return a declaration's text without its doc comment and whatever space it is laid out with."""
    return " ".join(found.text[found.head - found.start :].split())


def _without_repeats(text: str) -> str:
    """Keep of a symbol declared twice in one file the last whole one: a model that repeats itself corrects itself.

    Tests that differ are no copies of each other: the later gets a name of its own, so that no assertion is lost.
    """
    source = go.parse(text)
    counts = Counter(found.name for found in source.declarations if found.name not in _REPEATABLE)
    repeated = [found for found in source.declarations if counts[found.name] > 1]
    stays = {found.name: found for found in repeated} | {found.name: found for found in repeated if not found.broken}
    gone = [found for found in repeated if found is not stays[found.name]]
    differing = [found for found in gone if is_tester(found) and not found.broken and not _alike(found, stays)]
    if differing:
        return _renamed(text, stays[differing[0].name], set(counts))
    return go.without(text, _whole_specs(source, gone)) if gone else text


def _alike(found: go.Declaration, stays: dict[str, go.Declaration]) -> bool:
    return _form(found) == _form(stays[found.name])


def _renamed(text: str, found: go.Declaration, taken: set[str]) -> str:
    number = next(number for number in range(2, len(taken) + 3) if f"{found.name}{number}" not in taken)
    at = text.index(found.name, found.head) + len(found.name)
    return f"{text[:at]}{number}{text[at:]}"
