"""What a path means in a language: a test, the module's own file, the program's start."""

from dataclasses import dataclass
from posixpath import basename
from typing import Literal


@dataclass(frozen=True)
class Paths:
    """How a language names its files."""

    module: str
    """The file that makes a folder a module: the toolchain writes it, no model does."""
    test_suffix: str
    main: str
    reserved: str
    """What the names of files begin with that the toolchain renders; no Spec may list one."""


_PATHS = {"go": Paths(module="go.mod", test_suffix="_test.go", main="main.go", reserved="guild_")}


def paths_of(language: str) -> Paths:
    """Return how a language names its files."""
    return _PATHS[language]


def role_of(path: str, language: str) -> Literal["dev", "test", "module"]:
    """Return who writes a file that the user does not give: a dev coder, a test coder, or the toolchain."""
    paths = paths_of(language)
    if path == paths.module:
        return "module"
    return "test" if basename(path).endswith(paths.test_suffix) else "dev"
