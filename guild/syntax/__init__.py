"""What source text says of itself, by tree-sitter: the protocol, and the values that every language gives."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, Protocol, cast

_LANGUAGES = {
    ".go": "go.language",
    ".py": "python.language",
    ".rs": "rust.language",
    ".js": "react.language",
    ".jsx": "react.language",
}
"""How the files of a language end -> the module here that knows it."""
_MODULES = "guild.syntax.{}"

Kind = Literal["func", "method", "type", "var", "const"]
Edit = tuple[int, int, str]
"""Where a piece of a text begins and ends, in characters, and what stands there instead."""


@dataclass(frozen=True)
class Declaration:
    """One top-level symbol; positions count characters of the text.

    The names of `var a, b = 1, 2` are two declarations at one place.
    """

    name: str
    """A method's is `Receiver.Name`, without the star."""
    kind: Kind
    receiver: str
    start: int
    """Where its doc comment begins, if it has one."""
    end: int
    line: int
    """1-based, of the declaration itself."""
    signature: str
    """A function's head without its body, a type in full, the first line of a value."""
    text: str
    head: int
    """Where it begins without its doc comment."""
    core: int
    """Where it begins without the doc comment and the keyword of its kind (functions keep theirs)."""
    group: tuple[int, int] | None
    """The extent of the parenthesised group that it stands in."""
    broken: bool
    """It holds a syntax error, or is a function that broke off before its body."""


@dataclass(frozen=True)
class Import:
    """One import; the alias may be `.` or `_`, and is empty where there is none."""

    path: str
    alias: str
    line: int


@dataclass(frozen=True)
class SyntaxFault:
    """A place where a text is not of its language; line and column count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Source:
    """A text, read; `package` is empty where there is no clause, which is no fault in a fragment."""

    text: str
    package: str
    imports: tuple[Import, ...]
    declarations: tuple[Declaration, ...]
    faults: tuple[SyntaxFault, ...]


@dataclass(frozen=True)
class Case:
    """One question of a test and its answer; a table has one for each of its rows."""

    check: int
    row: str
    """The number or the key of its row; empty outside of a table."""
    test: str
    line: int
    call: str
    """What is asked, in the words of the test: it is what tells cases apart."""
    want: str
    """The wanted value as it is written; empty where a row leaves it out."""
    span: tuple[int, int] | None
    """Where the wanted value stands in the text; None where nothing stands there that is this case's alone."""
    truth: bool
    """Whether a condition stands there, which the test wants to hold or not, and no value."""
    closed: bool
    """Whether its words say all that is asked, so that the same words in another test ask the same."""


@dataclass(frozen=True)
class SpeltOut:
    """What the prose about a file spells out."""

    signatures: tuple[str, ...]
    symbols: frozenset[str]
    """Names that the file seems to declare, listed or spelled out."""


class Syntax(Protocol):
    """One language's text, read and edited; every answer hangs on its arguments alone."""

    name: str
    """As people write it; empty for a text that is no code."""
    suffix: str
    fences: tuple[str, ...]
    """The words behind a fence that mean this language, the usual one first."""
    comment: str
    """What begins a comment that ends with its line."""
    typed: bool
    """Whether a compiler finds every name that leads nowhere."""
    functions: tuple[str, ...]
    """How the heads of functions begin."""
    first_test: str
    """How any test begins."""

    def parse(self, text: str) -> Source:
        """Read a whole file or a fragment of one; never fails, a broken text has faults."""
        ...

    def is_test(self, path: str) -> bool:
        """Tell whether a file holds tests."""
        ...

    def is_test_name(self, name: str) -> bool:
        """Tell whether the test runner takes a function of this name for a test."""
        ...

    def test_names(self, text: str) -> list[str]:
        """Return the names of the tests that a file declares."""
        ...

    def is_offered(self, name: str) -> bool:
        """Tell whether other packages can use a declaration."""
        ...

    def splice(self, text: str, replacement: str) -> str:
        """Put each declaration of a replacement in the place of its namesake, and append the new ones."""
        ...

    def files_in(self, text: str) -> list[str]:
        """Return the files that a text holds, one after the other."""
        ...

    def begins_file(self, line: str) -> bool:
        """Tell whether a line among words without a fence is sure to begin a file."""
        ...

    def begins_declaration(self, line: str) -> bool:
        """Tell whether a line among words without a fence may begin a declaration."""
        ...

    def cases(self, text: str) -> list[Case]:
        """Return the cases of a test file."""
        ...

    def one_line(self, expression: str) -> str:
        """Return an expression in one line, spaced as cases are."""
        ...

    def written(self, value: str, text: str, old: str) -> str:
        """Return a printed value in place of a literal of a file; nothing where it cannot be written there."""
        ...

    def denied(self, condition: str) -> str:
        """Return the opposite of a condition."""
        ...

    def answering(self, text: str, wants: Mapping[int, str]) -> str:
        """Return a test in which checks that wait for an error, each by its number, want these values instead.

        Where a value is empty they want nothing; a check that cannot be written so stays as it is.
        """
        ...

    def equation(self, text: str) -> tuple[str, str] | None:
        """Split what says that a call has a value, `F(1) = 2` for one; None where it is no such thing."""
        ...

    def spelled_out(self, prose: str, *, methods: Collection[str], tests: bool) -> SpeltOut:
        """Return what prose about a file, or a file of tests, spells out; `methods` are names of no functions."""
        ...

    def shown(self, prose: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the calls and values that prose shows by example of the one function that it is about."""
        ...

    def module_name(self, path: str, module: str = "") -> str:
        """Return the name by which tests, in a project's module, import a file; empty where a folder is as a whole."""
        ...

    def file_start(self, package: str) -> str:
        """Return what a file begins with, whatever it declares."""
        ...

    def test_start(self, package: str, uses: Mapping[str, Sequence[str]]) -> str:
        """Return what a test file begins with that uses the declarations of modules."""
        ...

    def test_head(self, name: str) -> str:
        """Return the head of a test."""
        ...

    def test_named(self, words: Sequence[str]) -> str:
        """Return the name of a test that is about words."""
        ...

    def body_start(self, head: str) -> str:
        """Return a function's head as it stands before a body."""
        ...

    def steps_start(self, head: str) -> str:
        """Return a function's head and the beginning of a comment that says what comes first."""
        ...

    def unfinished(self, declared: str) -> str:
        """Return a declaration before its last statement, a type before its end; nothing if it is short."""
        ...


def syntax_of(path: str) -> Syntax:
    """Return the syntax of a file, by the end of its name; plain text where no language claims it."""
    found = next((package for suffix, package in _LANGUAGES.items() if path.endswith(suffix)), "plain")
    return cast("Syntax", import_module(_MODULES.format(found)).SYNTAX)


def syntax_for(language: str) -> Syntax:
    """Return the syntax of a language."""
    return cast("Syntax", import_module(_MODULES.format(f"{language}.language")).SYNTAX)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with the pieces between positions replaced; the pieces do not overlap."""
    for start, end, new in sorted(set(edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text
