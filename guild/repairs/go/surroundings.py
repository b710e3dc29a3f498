"""What a Go file sees of its project: its package's other files, its folder's import path, the module's packages."""

from posixpath import dirname

from guild.repairs.subject import Subject
from guild.syntax import go


def is_test(path: str) -> bool:
    """Tell whether a file is compiled for tests alone."""
    return path.endswith("_test.go")


def mates(subject: Subject) -> dict[str, go.Source]:
    """Return the other Go files of the same folder."""
    return {
        path: go.parse(text)
        for path, text in subject.siblings.items()
        if path.endswith(".go") and path != subject.path and dirname(path) == dirname(subject.path)
    }


def implementation(subject: Subject) -> list[go.Source]:
    """Return the other files of the same folder that are no tests."""
    return [source for path, source in mates(subject).items() if not is_test(path)]


def import_path(subject: Subject, folder: str) -> str:
    """Return the import path of a folder of the module."""
    return f"{subject.module}/{folder}".strip("/")


def own_path(subject: Subject) -> str:
    """Return the import path of the file's own folder."""
    return import_path(subject, dirname(subject.path))


def packages(subject: Subject) -> dict[str, str]:
    """Return the module's packages that can be imported: import path -> package name."""
    found: dict[str, str] = {}
    for path, text in subject.siblings.items():
        if path.endswith(".go") and not is_test(path) and (name := go.parse(text).package) not in ("", "main"):
            found[import_path(subject, dirname(path))] = name
    return found


def is_external(subject: Subject, source: go.Source) -> bool:
    """Tell whether a file belongs to the test package beside the package under test."""
    return is_test(subject.path) and bool(subject.package) and source.package == f"{subject.package}_test"


def is_own_import(subject: Subject, found: go.Import) -> bool:
    """Tell whether an import means the file's own folder, under whatever path a model thought up for it."""
    if found.path == own_path(subject):
        return True
    if go.is_standard(found.path) or found.path in packages(subject) or found.path == "C":
        return False
    return go.package_name(found.path) in (subject.package, go.package_name(own_path(subject)))
