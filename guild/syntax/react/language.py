"""React, as the protocol of syntaxes wants it: JavaScript with JSX in it, in modules."""

from collections.abc import Sequence

from guild.spec.languages import role_of
from guild.syntax.react import answering, cases, expressions, imports, opening, source, spelling, splicing, tests, tree
from guild.syntax.tree import field, unfinished

_OPENING = (
    "export ",
    "function ",
    "async function ",
    "class ",
    "const ",
    "let ",
    "import ",
    "test(",
    "it(",
    "describe(",
)


class ReactSyntax:
    """JavaScript text, read and edited."""

    name = "JavaScript"
    suffix = ".jsx"
    fences = ("jsx", "javascript", "js", "react", "mjs")
    comment = "//"
    typed = False
    functions = ("export function ", "export async function ", "function ", "async function ")
    first_test = 'test("'

    parse = staticmethod(source.parse)
    is_test_name = staticmethod(tests.is_title)
    test_names = staticmethod(tests.test_names)
    splice = staticmethod(splicing.splice)
    files_in = staticmethod(source.split_files)
    answering = staticmethod(answering.answering)
    cases = staticmethod(cases.cases)
    one_line = staticmethod(expressions.one_line)
    written = staticmethod(expressions.written)
    denied = staticmethod(expressions.denied)
    begins_file = staticmethod(imports.is_import)
    equation = staticmethod(opening.equation)
    spelled_out = staticmethod(spelling.spelled_out)
    shown = staticmethod(spelling.shown)
    test_start = staticmethod(opening.test_start)
    test_head = staticmethod(opening.test_head)

    def is_test(self, path: str) -> bool:
        """Tell whether a file holds tests."""
        return role_of(path, "react") == "test"

    def is_offered(self, name: str) -> bool:
        """Tell whether other modules should use a declaration: its name does not begin with an underscore."""
        return not name.startswith("_")

    def begins_declaration(self, line: str) -> bool:
        """Tell whether a line may begin a declaration."""
        return line.startswith(_OPENING)

    def module_name(self, path: str, module: str = "") -> str:
        """Return the path: how others import a file hangs on where they stand."""
        return path

    def file_start(self, package: str) -> str:
        """Return nothing: a file may begin with anything."""
        return ""

    def test_named(self, words: Sequence[str]) -> str:
        """Return the title of a test that is about words."""
        return " ".join((*words, "works")).lower()

    def body_start(self, head: str) -> str:
        """Return the head and the brace behind it."""
        return f"{head} {{\n"

    def steps_start(self, head: str) -> str:
        """Return the head, the brace behind it, and the beginning of the first comment."""
        return f"{self.body_start(head)}  // "

    def unfinished(self, declared: str) -> str:
        """Return a function before its last statement."""
        parsed = tree.tree(declared)
        found = [field(each, "declaration") or each for each in parsed.root.named_children]
        return unfinished(parsed, next((each for each in found if field(each, "body")), None))


SYNTAX = ReactSyntax()
