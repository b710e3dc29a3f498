"""What a path means in a language: a test, the module's own file, the program's start."""

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from posixpath import basename, join, split, splitext
from typing import Literal


@dataclass(frozen=True)
class Paths:
    """How a language names its files."""

    module: str
    """The file that makes a folder a module: the toolchain writes it, no model does."""
    tests: tuple[str, ...]
    """Patterns of the names of test files, or of their paths."""
    test: str
    """How the tests of a file are named, around its name without its suffix; beside it, unless a folder stands here."""
    main: tuple[str, ...]
    """Names of files that start the program."""
    roots: tuple[str, ...]
    """Files of which one has to be there, since nothing is compiled without; none where any file may stand alone."""
    named: str
    """Pattern of the line of the module's file that says what its path is."""
    project: str
    """What a project is called, around its module's path."""
    reserved: str
    """What the names of files begin with that the toolchain renders; no Spec may list one."""
    installs: bool = False
    """Whether packages can be installed for a project."""
    titled: bool = False
    """Whether a test is known by a title of words, not by a name."""


_PATHS = {
    "go": Paths(
        module="go.mod",
        tests=("*_test.go",),
        test="{}_test.go",
        main=("main.go",),
        roots=(),
        named=r"^\s*module\s+\"?([^\s\"]+)",
        project="Go module {}",
        reserved="guild_",
    ),
    "python": Paths(
        module="pyproject.toml",
        tests=("test_*.py", "*_test.py"),
        test="test_{}.py",
        main=("main.py", "__main__.py"),
        roots=(),
        named=r"^\s*name\s*=\s*\"([^\"]+)\"",
        project="Python",
        reserved="guild_",
        installs=True,
    ),
    "rust": Paths(
        module="Cargo.toml",
        tests=("tests/*.rs",),
        test="tests/{}_test.rs",
        main=("main.rs",),
        roots=("src/lib.rs", "src/main.rs"),
        named=r"^\s*name\s*=\s*\"([^\"]+)\"",
        project="Rust crate {}",
        reserved="guild_",
    ),
    "react": Paths(
        module="package.json",
        tests=("*.test.jsx", "*.test.js"),
        test="{}.test.jsx",
        main=("main.jsx", "main.js"),
        roots=(),
        named=r"^\s*\"name\"\s*:\s*\"([^\"]+)\"",
        project="React",
        reserved="guild_",
        titled=True,
    ),
}

MODULES = tuple(paths.module for paths in _PATHS.values())


def paths_of(language: str) -> Paths:
    """Return how a language names its files."""
    return _PATHS[language]


def language_of(paths: Collection[str]) -> str:
    """Return the language whose module file stands among paths; empty where none does."""
    names = {basename(path) for path in paths}
    return next((language for language, its in _PATHS.items() if its.module in names), "")


def test_path(path: str, language: str) -> str:
    """Return where the tests of a file stand: beside it, or in the folder of all tests."""
    folder, name = split(path)
    test = paths_of(language).test.format(splitext(name)[0])
    return test if "/" in test else join(folder, test)


def role_of(path: str, language: str) -> Literal["dev", "test", "module"]:
    """Return who writes a file that the user does not give: a dev coder, a test coder, or the toolchain."""
    paths = paths_of(language)
    if path == paths.module:
        return "module"
    names = (path, basename(path))
    return "test" if any(fnmatchcase(name, pattern) for name in names for pattern in paths.tests) else "dev"
