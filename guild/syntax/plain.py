"""A file that is not code: it declares nothing, tests nothing and is always sound."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from guild.syntax import Case, Source, SpeltOut


class PlainSyntax:
    """Text that is taken as it is."""

    name = ""
    suffix = ""
    fences = ("",)
    comment = "#"
    typed = False
    functions = ()
    first_test = ""

    def parse(self, text: str) -> Source:
        """Find nothing."""
        return Source(text, "", (), (), ())

    def is_test(self, path: str) -> bool:
        """Say no."""
        return False

    def is_test_name(self, name: str) -> bool:
        """Say no."""
        return False

    def test_names(self, text: str) -> list[str]:
        """Find none."""
        return []

    def is_offered(self, name: str) -> bool:
        """Say no."""
        return False

    def splice(self, text: str, replacement: str) -> str:
        """Put the replacement in the place of the whole."""
        return replacement

    def files_in(self, text: str) -> list[str]:
        """Take the text for one file."""
        return [text]

    def begins_file(self, line: str) -> bool:
        """Say no."""
        return False

    def begins_declaration(self, line: str) -> bool:
        """Say no."""
        return False

    def cases(self, text: str) -> list[Case]:
        """Find none."""
        return []

    def one_line(self, expression: str) -> str:
        """Return it as it is."""
        return expression

    def written(self, value: str, text: str, old: str) -> str:
        """Write nothing."""
        return ""

    def denied(self, condition: str) -> str:
        """Deny nothing."""
        return condition

    def answering(self, text: str, wants: Mapping[int, str]) -> str:
        """Return it as it is."""
        return text

    def equation(self, text: str) -> tuple[str, str] | None:
        """Find none."""
        return None

    def spelled_out(self, prose: str, *, methods: Collection[str], tests: bool) -> SpeltOut:
        """Find nothing."""
        return SpeltOut((), frozenset())

    def shown(self, prose: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Find none."""
        return iter(())

    def module_name(self, path: str, module: str = "") -> str:
        """Nothing imports it."""
        return ""

    def file_start(self, package: str) -> str:
        """Begin with nothing."""
        return ""

    def test_start(self, package: str, uses: Mapping[str, Sequence[str]]) -> str:
        """Begin with nothing."""
        return ""

    def test_head(self, name: str) -> str:
        """Return the name."""
        return name

    def test_named(self, words: Sequence[str]) -> str:
        """Return nothing: there are no tests."""
        return ""

    def body_start(self, head: str) -> str:
        """Return the head."""
        return head

    def steps_start(self, head: str) -> str:
        """Return the head."""
        return head

    def unfinished(self, declared: str) -> str:
        """Return nothing."""
        return ""


SYNTAX = PlainSyntax()
