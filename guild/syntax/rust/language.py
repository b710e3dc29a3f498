"""Rust, as the protocol of syntaxes wants it."""

from collections.abc import Mapping, Sequence

from guild.spec.languages import role_of
from guild.syntax.rust import cases, expressions, opening, source, spelling, splicing, tree, writing
from guild.syntax.tree import field, unfinished

_TEST = "#[test]"
_OPENING = ("pub ", "fn ", "struct ", "enum ", "impl ", "impl<", "trait ", "mod ", "const ", "use ", "#[", "///")


class RustSyntax:
    """Rust text, read and edited."""

    name = "Rust"
    suffix = ".rs"
    fences = ("rust", "rs")
    comment = "//"
    typed = True
    functions = ("pub fn ", "fn ")
    first_test = f"{_TEST}\nfn test_"

    parse = staticmethod(source.parse)
    test_names = staticmethod(source.test_names)
    splice = staticmethod(splicing.splice)
    files_in = staticmethod(source.split_files)
    cases = staticmethod(cases.cases)
    one_line = staticmethod(expressions.plainly)
    written = staticmethod(writing.written)
    denied = staticmethod(expressions.denied)
    equation = staticmethod(opening.equation)
    spelled_out = staticmethod(spelling.spelled_out)
    shown = staticmethod(spelling.shown)
    module_name = staticmethod(opening.module_name)
    test_start = staticmethod(opening.test_start)

    def is_test(self, path: str) -> bool:
        """Tell whether a file holds tests and nothing that ships."""
        return role_of(path, "rust") == "test"

    def is_test_name(self, name: str) -> bool:
        """Tell whether a function is named as tests are; what makes it one is its attribute."""
        return name.rpartition("::")[2].startswith("test_")

    def is_offered(self, name: str) -> bool:
        """Tell whether others may use a declaration, as far as its name says: whether it is public it says itself."""
        return not any(part.startswith("_") for part in name.split("."))

    def begins_file(self, line: str) -> bool:
        """Tell whether a line imports something, or says something of a whole file."""
        return line.startswith(("//!", "#![")) or (line.startswith("use ") and line.rstrip().endswith((";", "{")))

    def begins_declaration(self, line: str) -> bool:
        """Tell whether a line may begin a declaration."""
        return line.startswith(_OPENING)

    def file_start(self, package: str) -> str:
        """Return nothing: a file may begin with anything."""
        return ""

    def test_head(self, name: str) -> str:
        """Return the head of a test, on one line."""
        return f"{_TEST} fn {name}()"

    def test_named(self, words: Sequence[str]) -> str:
        """Return the name of a test that is about words."""
        return "_".join(("test", *words)).lower()

    def body_start(self, head: str) -> str:
        """Return the head, its attribute on a line of its own, and the brace behind it."""
        return f"{head.replace(f'{_TEST} ', f'{_TEST}{chr(10)}')} {{\n"

    def steps_start(self, head: str) -> str:
        """Return the head, the brace behind it, and the slashes of the first comment, a step further in."""
        last = head.splitlines()[-1]
        return f"{self.body_start(head)}{' ' * (len(last) - len(last.lstrip()) + 4)}// "

    def answering(self, text: str, wants: Mapping[int, str]) -> str:
        """Return it as it is: what waits for an error has no one form."""
        return text

    def unfinished(self, declared: str) -> str:
        """Return a function before its last statement."""
        parsed = tree.tree(declared)
        return unfinished(parsed, next((each for each in parsed.root.named_children if field(each, "body")), None))


SYNTAX = RustSyntax()
