"""Go, as the protocol of syntaxes wants it."""

from guild.syntax.go import cases, edit, expressions, naming, source, splicing, tree, writing

_RUN = ("Test", "Benchmark", "Fuzz", "Example")
_OPENING = ("import ", "func ", "type ", "var ", "const ")


class GoSyntax:
    """Go text, read and edited."""

    name = "Go"
    suffix = ".go"
    fences = ("go", "golang")
    comment = "//"

    parse = staticmethod(source.parse)
    test_names = staticmethod(source.test_names)
    splice = staticmethod(splicing.splice)
    files_in = staticmethod(edit.split_packages)
    cases = staticmethod(cases.cases)
    one_line = staticmethod(naming.one_line)
    written = staticmethod(writing.written)
    denied = staticmethod(expressions.denied)

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


SYNTAX = GoSyntax()
