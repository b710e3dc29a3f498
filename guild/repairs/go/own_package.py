"""A package that imports itself, or qualifies its own names: `numkit.GCD` inside package numkit."""

from guild.repairs.go.surroundings import is_external, is_own_import, mates
from guild.repairs.subject import Subject
from guild.syntax import go


def apply(subject: Subject) -> str:
    """Drop the import of the own package and take its qualifier off each use."""
    source = go.parse(subject.text)
    if source.faults or not subject.package or is_external(subject, source):
        return subject.text
    own = [found for found in source.imports if is_own_import(subject, found)]
    others = [found for found in source.imports if found not in own]
    qualifiers = {found.alias for found in own} - {"", ".", "_"}
    qualifiers |= {go.package_name(found.path) for found in own if not found.alias}
    taken = {found.alias or go.package_name(found.path) for found in others}
    declared = _declared(subject, source)
    qualifiers = (qualifiers | {subject.package}) - declared - taken
    text = subject.text
    if own:
        text = go.write_imports(text, [(found.path, found.alias) for found in others])
    known = declared if not own and go.standard_path(subject.package) else None
    return go.unqualified(text, qualifiers, known)


def _declared(subject: Subject, source: go.Source) -> set[str]:
    files = [source, *mates(subject).values()]
    return {found.name for each in files if each.package == source.package for found in each.declarations}
