"""The imports: each used once, from where it really lies, and none missing that can be found without a network."""

from guild.repairs.go.surroundings import is_external, is_own_import, mates, own_path, packages
from guild.repairs.subject import Subject
from guild.syntax import go

Members = dict[str, set[str]]


def apply(subject: Subject) -> str:
    """Drop unused and doubled imports, correct wrong paths, add what the code names of the library and the module."""
    source = go.parse(subject.text)
    paths = [found.path for found in source.imports]
    if source.faults or "C" in paths:
        return subject.text
    same_package = [other.text for other in mates(subject).values() if other.package == source.package]
    used = go.qualifiers(subject.text, same_package)
    wanted = _chosen(subject, _kept(subject, source, used), used)
    wanted += _missing(subject, source, used, wanted)
    present = [(found.path, found.alias) for found in source.imports]
    return subject.text if sorted(wanted) == sorted(present) else go.write_imports(subject.text, wanted)


def _kept(subject: Subject, source: go.Source, used: Members) -> list[tuple[str, str]]:
    kept: list[tuple[str, str]] = []
    for found in source.imports:
        pair = (_corrected(subject, source, found, used), found.alias)
        if pair not in kept and (found.alias in (".", "_") or _name(subject, *pair) in used):
            kept.append(pair)
    return kept


def _chosen(subject: Subject, pairs: list[tuple[str, str]], used: Members) -> list[tuple[str, str]]:
    """Keep one import of each name: the one whose members are used."""
    chosen: dict[str, tuple[str, str]] = {}
    for path, alias in pairs:
        name = alias if alias == "_" or alias == "." else _name(subject, path, alias)
        key = f"{name} {path}" if name in ("_", ".") else name
        if key not in chosen or go.standard_path(name, used.get(name, ())) == path:
            chosen[key] = (path, alias)
    return list(chosen.values())


def _missing(
    subject: Subject, source: go.Source, used: Members, present: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    names = {_name(subject, *pair) for pair in present}
    found = {name: _origin(subject, source, name, members) for name, members in used.items() if name not in names}
    return [(path, "") for path in found.values() if path]


def _origin(subject: Subject, source: go.Source, name: str, members: set[str]) -> str:
    """Return the path that a qualifier without an import means: the module's own package before the library's."""
    if is_external(subject, source) and name == subject.package:
        return own_path(subject)
    own = [path for path, package in packages(subject).items() if package == name and path != own_path(subject)]
    return own[0] if len(own) == 1 else go.standard_path(name, members)


def _name(subject: Subject, path: str, alias: str) -> str:
    """Return the name that an import is used by."""
    return alias or packages(subject).get(path) or go.package_name(path)


def _corrected(subject: Subject, source: go.Source, found: go.Import, used: Members) -> str:
    """Return where an import that resolves nowhere really lies, its own path where nobody knows."""
    own = packages(subject)
    if go.is_standard(found.path) or found.path in own or found.path == own_path(subject):
        return found.path
    if is_external(subject, source) and is_own_import(subject, found):
        return own_path(subject)
    name = go.package_name(found.path)
    near = [path for path, package in own.items() if name in (package, go.package_name(path))]
    library = go.standard_path(name, used.get(found.alias or name, ()))
    is_ours = found.path.startswith((".", subject.module.rpartition("/")[2] + "/", subject.module + "/"))
    if len(near) == 1 and (is_ours or not library):
        return near[0]
    return library or found.path
