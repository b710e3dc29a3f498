"""Go, as the protocol of syntaxes wants it."""

from collections.abc import Mapping, Sequence

from guild.syntax.go import cases, edit, expressions, naming, source, spelling, splicing, tree, writing
from guild.syntax.tree import unfinished

_RUN = ("Test", "Benchmark", "Fuzz", "Example")
_OPENING = ("import ", "func ", "type ", "var ", "const ")


class GoSyntax:
    """Go text, read and edited."""

    name = "Go"
    suffix = ".go"
    fences = ("go", "golang")
    comment = "//"
    typed = True
    functions = ("func ",)
    first_test = "func Test"

    parse = staticmethod(source.parse)
    test_names = staticmethod(source.test_names)
    splice = staticmethod(splicing.splice)
    files_in = staticmethod(edit.split_packages)
    cases = staticmethod(cases.cases)
    one_line = staticmethod(naming.one_line)
    written = staticmethod(writing.written)
    denied = staticmethod(expressions.denied)
    equation = staticmethod(expressions.equation)
    spelled_out = staticmethod(spelling.spelled_out)
    shown = staticmethod(spelling.shown)

    def is_test(self, path: str) -> bool:
        """Tell whether a file holds tests."""
        return path.endswith("_test.go")

    def is_test_name(self, name: str) -> bool:
        """Tell whether `go test` runs a function of this name."""
        return any(source.is_test_name(name, prefix) for prefix in _RUN)

    def is_offered(self, name: str) -> bool:
        """Tell whether other packages can use a declaration: each part of its name is exported."""
        return all(tree.exported(part) for part in name.split("."))

    def begins_file(self, line: str) -> bool:
        """Tell whether a line is a package clause."""
        words = line.split("//", 1)[0].split()
        return len(words) == 2 and words[0] == "package" and words[1].isidentifier()

    def begins_declaration(self, line: str) -> bool:
        """Tell whether a line begins a declaration."""
        return line.startswith(_OPENING)

    def module_name(self, path: str, module: str = "") -> str:
        """Return nothing: a package is a folder."""
        return ""

    def file_start(self, package: str) -> str:
        """Return the package clause."""
        return f"package {package}\n\n"

    def test_start(self, package: str, uses: Mapping[str, Sequence[str]]) -> str:
        """Return the package clause and the import of `testing`; what is tested stands in the same package."""
        return f'{self.file_start(package)}import "testing"\n\n'

    def test_head(self, name: str) -> str:
        """Return the head of a test."""
        return f"func {name}(t *testing.T)"

    def test_named(self, words: Sequence[str]) -> str:
        """Return the name of a test that is about words."""
        return "Test" + "".join(f"{word[:1].upper()}{word[1:]}" for word in words)

    def body_start(self, head: str) -> str:
        """Return the head and the brace behind it."""
        return f"{head} {{\n"

    def steps_start(self, head: str) -> str:
        """Return the head, the brace behind it, and the slashes of the first comment."""
        return f"{self.body_start(head)}\t// "

    def answering(self, text: str, wants: Mapping[int, str]) -> str:
        """Return it as it is: what waits for an error has no one form."""
        return text

    def unfinished(self, declared: str) -> str:
        """Return a function before its last statement, a struct before its brace."""
        parsed = tree.tree(declared)
        found = next((each for each in parsed.root.named_children if each.type in tree.DECLARATIONS), None)
        if found is not None and found.type == "type_declaration":
            return declared.rstrip().removesuffix("}").rstrip() + "\n" if "\n" in declared.strip() else ""
        return unfinished(parsed, found)


SYNTAX = GoSyntax()
