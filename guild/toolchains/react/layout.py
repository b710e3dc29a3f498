"""Which modules a React project has, read from the names of its files, and which packages they may import."""

from collections.abc import Iterable, Mapping
from posixpath import basename

from guild.spec.languages import paths_of
from guild.syntax import Declaration, Source, syntax_for
from guild.values import Diagnostic, Stage, key

REACT = syntax_for("react")
PACKAGES = ("react", "react-dom")
"""What may be imported where it ships."""
TESTING = (
    "@testing-library/react",
    "@testing-library/user-event",
    "@testing-library/jest-dom",
    "@testing-library/dom",
    "@jest/globals",
)
"""What tests may import too."""
_SUFFIXES = (".js", ".jsx")
_TOOLS = ("vite.config.js",)


def modules(files: Mapping[str, str]) -> list[str]:
    """Return the paths of a project's modules, those that ship first."""
    found = (path for path in sorted(files) if path.endswith(_SUFFIXES) and not path.startswith("node_modules/"))
    return sorted((path for path in found if path not in _TOOLS), key=REACT.is_test)


def shipped(files: Mapping[str, str]) -> list[str]:
    """Return the modules that are no tests."""
    return [path for path in modules(files) if not REACT.is_test(path)]


def tests(files: Mapping[str, str]) -> list[str]:
    """Return the modules that hold tests."""
    return [path for path in modules(files) if REACT.is_test(path)]


def is_start(path: str) -> bool:
    """Tell whether a module starts the program."""
    return basename(path) in paths_of("react").main


def source_of(text: str) -> Source:
    """Read a JavaScript text."""
    return REACT.parse(text)


def declared_at(text: str, line: int) -> str:
    """Return the name of the declaration that a line of a module stands in; empty for one in none."""
    holds = (each for each in source_of(text).declarations if each.line <= line <= each.line + _lines_behind(each))
    return next((each.name for each in holds), "")


def _lines_behind(found: Declaration) -> int:
    return found.text[found.head - found.start :].count("\n")


def diagnostic(message: str, code: str, place: tuple[str, int, int], stage: Stage) -> Diagnostic:
    """Make a diagnostic."""
    path, line, column = place
    return Diagnostic(path=path, line=line, column=column, symbol="", code=code, message=message, stage=stage)


def distinct(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics in the order of their places, each message once a line."""
    seen = {(key(each), each["line"]): each for each in diagnostics}
    return sorted(seen.values(), key=lambda each: (each["path"], each["line"], each["column"]))
