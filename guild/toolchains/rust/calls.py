"""What the call of an oracle is about: the names it uses, where the project declares them, with which types."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax import Declaration
from guild.syntax.rust.tree import FUNCTION, Tree, field, name_of, piece, tree, walk
from guild.toolchains import Subject
from guild.toolchains.rust.layout import shipped
from guild.toolchains.rust.reading import source_of
from guild.values import ANY_WANT, ERROR_WANT, Expect

_LACKING = re.compile(
    r"cannot find [\w, ]+ `(\w+)`|undeclared \w+ `(\w+)`|no [\w ]+?(?: named)? `(\w+)`|`(\w+)` is private"
)
_NAMES = ("identifier", "field_identifier", "type_identifier")


@dataclass(frozen=True)
class Shape:
    """A function's head without the names of its parameters."""

    name: str
    parameters: tuple[str, ...]
    result: str


def fault(expect: Expect) -> str:
    """Return the text of an oracle that is no expression; nothing when all of them are."""
    texts = (expect["call"], *(want for want in expect["want"] if want not in (ANY_WANT, ERROR_WANT)))
    return next((text for text in texts if piece(text.strip()) is None), "")


def names(call: str) -> list[str]:
    """Return the names in an expression, in the order in which they stand, each once."""
    found = piece(call.strip())
    nodes = walk(found[1]) if found else iter(())
    return list(dict.fromkeys(found[0].of(node) for node in nodes if found and node.type in _NAMES))


def subject(files: Mapping[str, str], expect: Expect, message: str) -> Subject:
    """Say which symbol of the project an oracle is about, and whether it lacks one that the oracle calls."""
    used = names(expect["call"])
    lacking = _LACKING.search(message)
    name = next((each for each in lacking.groups() if each), "") if lacking else ""
    if name in used:
        return Subject(symbol=name, path="", missing=True)
    for each in used:
        for path, declared in _declared(files):
            if each in (declared.name, declared.name.rpartition(".")[2]):
                return Subject(symbol=declared.name, path=path, missing=False)
    return Subject(symbol="", path="", missing=False)


def agrees(files: Mapping[str, str], symbol: str, signature: str) -> bool:
    """Say whether the project declares a function with the types of `signature`, which may be about another symbol."""
    wanted = _shape(signature)
    if wanted is None or not symbol or wanted.name != symbol.rpartition(".")[2]:
        return True
    return wanted in [shape for _, declared in _declared(files) if (shape := _shape(declared.signature))]


def _declared(files: Mapping[str, str]) -> Iterator[tuple[str, Declaration]]:
    for path, text in shipped(files).items():
        yield from ((path, found) for found in source_of(text).declarations)


def _shape(signature: str) -> Shape | None:
    """Read the head of a function; None for any other declaration."""
    parsed = tree(f"{signature.rpartition('{')[2].strip()} {{}}")
    node = next((each for each in parsed.root.named_children if each.type == FUNCTION), None)
    if node is None:
        return None
    parameters = field(node, "parameters")
    given = parameters.named_children if parameters is not None else []
    types = (_spaced(parsed, field(each, "type")) or parsed.of(each) for each in given)
    return Shape(name_of(parsed, node), tuple(types), _spaced(parsed, field(node, "return_type")))


def _spaced(parsed: Tree, node: Node | None) -> str:
    return "".join(re.sub(r"\b(?:std|core|alloc)(?:::\w+)*::", "", parsed.of(node)).split())
