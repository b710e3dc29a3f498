"""The package clause: a file is of its folder's package, or of the test package beside it where that holds."""

from guild.repairs.go.surroundings import implementation, is_external, is_own_import, mates
from guild.repairs.subject import Subject
from guild.syntax import go


def apply(subject: Subject) -> str:
    """Give a file the one clause it should have; a consistent external test package keeps its own."""
    source = go.parse(subject.text)
    wanted = subject.package or source.package
    if is_external(subject, source) and _is_consistent(subject, source):
        wanted = source.package
    if not wanted or not (source.declarations or source.imports or source.package):
        return subject.text
    if source.package == wanted and len(go.split_packages(subject.text)) == 1:
        return subject.text
    return go.set_package(subject.text, wanted)


def _is_consistent(subject: Subject, source: go.Source) -> bool:
    """Tell whether an external test file reaches the package under test by qualified, exported names alone."""
    if any(found.alias == "." and is_own_import(subject, found) for found in source.imports):
        return True
    beside = [other for other in mates(subject).values() if other.package == source.package]
    own = {found.name for other in (source, *beside) for found in other.declarations}
    theirs = {found.name for other in implementation(subject) for found in other.declarations} - own
    free = [use for use in go.free_uses(subject.text) if use.name not in own]
    bare = {use.name for use in free if not use.member} - go.PREDECLARED
    hidden = any(use.name == subject.package and use.member[:1].islower() for use in free if use.member)
    return not bare & theirs and not hidden
