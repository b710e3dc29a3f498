"""Python, as the protocol of syntaxes wants it."""

from collections.abc import Sequence

from guild.spec.languages import role_of
from guild.syntax.python import (
    answering,
    cases,
    expressions,
    naming,
    opening,
    source,
    spelling,
    splicing,
    tree,
    writing,
)
from guild.syntax.python.imports import is_import
from guild.syntax.tree import unfinished

_OPENING = ("def ", "async def ", "class ", "@", "import ", "from ")


class PythonSyntax:
    """Python text, read and edited."""

    name = "Python"
    suffix = ".py"
    fences = ("python", "py", "python3")
    comment = "#"
    typed = False
    functions = ("def ", "async def ")
    first_test = "def test_"

    parse = staticmethod(source.parse)
    test_names = staticmethod(source.test_names)
    splice = staticmethod(splicing.splice)
    files_in = staticmethod(source.split_files)
    answering = staticmethod(answering.answering)
    cases = staticmethod(cases.cases)
    one_line = staticmethod(naming.one_line)
    written = staticmethod(writing.written)
    denied = staticmethod(expressions.denied)
    begins_file = staticmethod(is_import)
    equation = staticmethod(opening.equation)
    spelled_out = staticmethod(spelling.spelled_out)
    shown = staticmethod(spelling.shown)
    module_name = staticmethod(opening.module_name)
    test_start = staticmethod(opening.test_start)

    def is_test(self, path: str) -> bool:
        """Tell whether a file holds tests."""
        return role_of(path, "python") == "test"

    def is_test_name(self, name: str) -> bool:
        """Tell whether pytest runs a function, or a method, of this name."""
        return name.rpartition(".")[2].startswith("test_")

    def is_offered(self, name: str) -> bool:
        """Tell whether other modules should use a declaration: no part of its name begins with an underscore."""
        return not any(part.startswith("_") for part in name.split("."))

    def begins_declaration(self, line: str) -> bool:
        """Tell whether a line may begin a declaration."""
        return line.startswith(_OPENING)

    def file_start(self, package: str) -> str:
        """Return nothing: a file may begin with anything."""
        return ""

    def test_head(self, name: str) -> str:
        """Return the head of a test."""
        return f"def {name}()"

    def test_named(self, words: Sequence[str]) -> str:
        """Return the name of a test that is about words."""
        return "_".join(("test", *words)).lower()

    def body_start(self, head: str) -> str:
        """Return the head and the colon behind it."""
        return f"{head}:\n"

    def steps_start(self, head: str) -> str:
        """Return the head, the colon behind it, and the hash of the first comment, a step further in."""
        last = head.splitlines()[-1]
        return f"{self.body_start(head)}{' ' * (len(last) - len(last.lstrip()) + 4)}# "

    def unfinished(self, declared: str) -> str:
        """Return a function before its last statement."""
        parsed = tree.tree(declared)
        return unfinished(parsed, next(filter(None, map(tree.defined, parsed.root.named_children)), None))


SYNTAX = PythonSyntax()
