"""What a Rust file sees of its project: its crate, the files beside it and what they declare."""

import re
from collections.abc import Iterator
from posixpath import basename

from guild.repairs.subject import Subject
from guild.syntax import syntax_for
from guild.syntax.rust.opening import ROOT, crate_name
from guild.toolchains.rust.layout import MAIN, MANIFEST, package_name

RUST = syntax_for("rust")
_DEPENDENCY = re.compile(r"^([\w-]+)\s*=", re.M)


def is_test(path: str) -> bool:
    """Tell whether a file holds tests and nothing that ships."""
    return RUST.is_test(path)


def is_program(path: str) -> bool:
    """Tell whether a program begins with a file."""
    return path == MAIN or path.startswith("src/bin/")


def is_outside(subject: Subject) -> bool:
    """Tell whether a file knows the library by its name, as a test does, and a program that stands beside one."""
    return is_test(subject.path) or (is_program(subject.path) and ROOT in subject.siblings)


def crate(subject: Subject) -> str:
    """Return the name of the library's crate."""
    return crate_name(package_name(subject.siblings) or subject.module)


def dependencies(subject: Subject) -> set[str]:
    """Return the crates that the manifest names."""
    named = subject.siblings.get(MANIFEST, "").partition("ependencies]")[2]
    return {name.replace("-", "_") for name in _DEPENDENCY.findall(named)}


def library(subject: Subject) -> dict[str, str]:
    """Return the other files of the library."""
    return {
        path: text
        for path, text in subject.siblings.items()
        if path.startswith("src/") and path.endswith(".rs") and not is_program(path)
    }


def modules(subject: Subject) -> set[str]:
    """Return the modules that stand in files right below the root."""
    paths = [path for path in (*subject.siblings, subject.path) if path.endswith(".rs") and not is_program(path)]
    inside = (path.removeprefix("src/").removesuffix("/mod.rs").removesuffix(".rs") for path in paths if path != ROOT)
    return {name for name in inside if "/" not in name}


def declared(text: str) -> set[str]:
    """Return the names that a file declares, methods left out."""
    return {found.name for found in RUST.parse(text).declarations if found.kind != "method"}


def elsewhere(subject: Subject) -> Iterator[str]:
    """Yield the texts of the other Rust files."""
    yield from (text for path, text in subject.siblings.items() if path.endswith(".rs"))


def stem(path: str) -> str:
    """Return the name of a file without what all have in common."""
    return basename(path).removesuffix(".rs")
