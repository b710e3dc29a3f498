"""YAML text as plain values that know where they stand, so that a fault can name its key and line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from guild.errors import SpecError

MAX_CHARACTERS = 1_000_000
MAX_VALUES = 20_000
MAX_DEPTH = 12

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Scalar:
    """A value as it was written, and the kind that YAML takes it for: str, int, float, bool, null, timestamp."""

    text: str
    kind: str


@dataclass
class Document:
    """A YAML text taken apart: its value, and the line of each key."""

    source: str
    text: str
    root: yaml.Node
    lines: dict[Loc, int] = field(default_factory=dict[Loc, int])

    def line(self, *loc: str | int) -> int:
        """Return the line of a key; where it is missing, the line of what should hold it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def fail(self, message: str, *loc: str | int) -> NoReturn:
        """Raise the fault of a key."""
        raise SpecError(message, source=self.source, key=spelled(loc), line=self.line(*loc))


def spelled(loc: Loc) -> str:
    """Return a place as people write it: `files[1].path`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def parse(text: str, source: str) -> tuple[Document, object]:
    """Return the document that a text is and its value: scalars, lists and mappings without duplicate keys."""
    if len(text) > MAX_CHARACTERS:
        raise SpecError(f"is longer than {MAX_CHARACTERS:,} characters", source=source)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _syntax(error, text, source) from None
    except RecursionError:
        raise SpecError("is nested too deep", source=source) from None
    if root is None:
        raise SpecError("is empty", source=source)
    document = Document(source, text, root)
    return document, _Reader(document).value(root, ())


class _Reader:
    """Turns nodes into values, and refuses what aliases would blow up."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left = MAX_VALUES
        self._characters = MAX_CHARACTERS

    def value(self, node: yaml.Node, loc: Loc) -> object:
        self._document.lines.setdefault(loc, node.start_mark.line + 1)
        self._left -= 1
        if isinstance(node, yaml.ScalarNode):
            self._characters -= len(node.value)
        if self._left < 0 or self._characters < 0 or len(loc) > MAX_DEPTH:
            self._document.fail("holds too much, or is nested too deep", *loc[:1])
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, node.tag.rpartition(":")[2])
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, number)) for number, item in enumerate(node.value)]
        return dict(self._pairs(node, loc))

    def _pairs(self, node: yaml.Node, loc: Loc) -> Iterator[tuple[str, object]]:
        seen: set[str] = set()
        for key, item in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise SpecError("has a key that is no text", source=self._document.source, key=spelled(loc), line=line)
            here = (*loc, key.value)
            if key.value in seen:
                raise SpecError("stands here twice", source=self._document.source, key=spelled(here), line=line)
            seen.add(key.value)
            self._document.lines[here] = line
            yield key.value, self.value(item, here)


def _syntax(error: yaml.YAMLError, text: str, source: str) -> SpecError:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "cannot be parsed"
        if problem.startswith("but ") and error.context:
            problem = f"{error.context}, {problem}"
        hint = "; quote a text that holds ': '" if "mapping values" in problem else ""
        return SpecError(f"is not YAML: {problem}{hint}", source=source, line=mark.line + 1 if mark else 0)
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return SpecError("is not YAML: it holds a control character", source=source, line=line)
    return SpecError("is not YAML", source=source)
