"""The parts of a Spec, as the user wrote them."""

from typing import Annotated, ClassVar, NoReturn, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from guild.spec.document import Document, spelled
from guild.spec.fields import Expression, Module, Name, Package, Path, Request, Status, Symbol, Test, Text


def _expressions(value: object) -> object:
    return cast("list[object]", value) if isinstance(value, list) else [value]


class _Part(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")


class FileSpec(_Part):
    """One file that the user wants: what it is for, or the text that the user gives."""

    path: Path
    purpose: Text = ""
    declares: tuple[Symbol, ...] = ()
    """Symbols that this file must declare."""
    needs: tuple[Text, ...] = ()
    """Paths of files that must come first."""
    tests: tuple[Test, ...] = ()
    """Tests that must exist and stay; those that the purpose names where empty."""
    given: Text | None = None
    """The user's own file, below the Spec's folder; its text stands in `content` once loaded."""
    content: Text | None = None
    """The user's own text: no model writes or edits it."""


class CallSpec(_Part):
    """An oracle on a call: an expression, and the expressions wanted of its results."""

    call: Expression
    want: Annotated[tuple[Expression, ...], BeforeValidator(_expressions), Field(min_length=1)]


class ProbeSpec(_Part):
    """An oracle on a server: a request, and the status wanted."""

    request: Request
    status: Status

    def parts(self) -> tuple[str, str, str]:
        """Return the request's method, path and body."""
        method, path, *body = self.request.split(None, 2)
        return method, path, body[0] if body else ""


class Spec(_Part):
    """What the user wants: files and what each is for, and the outcomes that decide."""

    name: Name
    language: Text = "go"
    go_module: Module = ""
    description: Text
    files: Annotated[tuple[FileSpec, ...], Field(min_length=1, max_length=500)] = ()
    """None where a model is to plan them."""
    packages: Annotated[tuple[Package, ...], Field(max_length=100)] = ()
    """What may be installed and imported beside the standard library; none where empty."""
    expect: Annotated[tuple[CallSpec, ...], Field(max_length=1000)] = ()
    probes: Annotated[tuple[ProbeSpec, ...], Field(max_length=1000)] = ()
    _document: Document = PrivateAttr()

    def located(self, document: Document) -> Self:
        """Return this Spec with the document that knows its lines."""
        copy = self.model_copy()
        copy._document = document
        return copy

    @property
    def module(self) -> str:
        """The module's path: `go_module`, or `example.com/NAME`."""
        return self.go_module or f"example.com/{self.name}"

    def line(self, *loc: str | int) -> int:
        """Return the line of a key, such as `line("files", 0, "purpose")`."""
        return self._document.line(*loc)

    def place(self, *loc: str | int) -> str:
        """Return where a key stands: `specs/numkit.yaml:12: files[1].path`."""
        return f"{self._document.source}:{self.line(*loc)}: {spelled(loc)}"

    def fail(self, message: str, *loc: str | int) -> NoReturn:
        """Raise the fault of a key that shows only when the Spec is used."""
        self._document.fail(message, *loc)
