"""What the package of a file declares, as far as its own texts tell without types."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from tree_sitter import Node

from guild.repairs.go.surroundings import mates
from guild.repairs.subject import Subject
from guild.syntax.go import parse
from guild.syntax.go.tree import Tree, field, tree, walk

_PLAIN = """
    string bool byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64
    []byte []rune
"""
PLAIN = frozenset(_PLAIN.split())
ANYTHING = ("any", "interface{}", "interface {}")
_DEEPEST = 8

LITERAL_TYPES = {
    "int_literal": "int",
    "float_literal": "float64",
    "interpreted_string_literal": "string",
    "raw_string_literal": "string",
    "rune_literal": "rune",
    "true": "bool",
    "false": "bool",
}
"""The type that a variable takes from a literal, by the kind of its node."""


def types(subject: Subject) -> dict[str, tuple[Tree, Node]]:
    """Return the types that the package declares, name -> the node of the type behind the name."""
    texts = [subject.text, *(source.text for source in mates(subject).values())]
    return {name: found for text in reversed(texts) for name, found in _types(text)}


def plain_types(subject: Subject) -> Mapping[str, str]:
    """Return the names that stand for a plain type: the package's own, and the library's best known."""
    found = {name: parsed.of(node) for name, (parsed, node) in types(subject).items()}
    return {name: kind for name, kind in found.items() if kind in PLAIN} | {"time.Duration": "int64"}


def members(subject: Subject, kind: str) -> set[str]:
    """Return the fields and methods of a type: of the package's own by name, of a struct without one by its text."""
    name = kind.lstrip("*").partition("[")[0]
    fields = tree(f"package p\ntype T {kind}") if kind.startswith("struct{") else None
    parsed, node = (fields, fields.root) if fields is not None else types(subject).get(name, (None, None))
    texts = [subject.text, *(source.text for source in mates(subject).values())]
    found = {
        each.name.partition(".")[2] for text in texts for each in parse(text).declarations if each.receiver == name
    }
    if parsed is None or node is None:
        return found
    lists = [each for each in walk(node) if each.type == "field_declaration"]
    return found | {parsed.of(each) for declared in lists for each in declared.children_by_field_name("name")}


@lru_cache(maxsize=256)
def _types(text: str) -> tuple[tuple[str, tuple[Tree, Node]], ...]:
    return tuple(_declared(tree(text)))


def _declared(parsed: Tree) -> Iterator[tuple[str, tuple[Tree, Node]]]:
    for node in walk(parsed.root):
        if node.type in ("type_spec", "type_alias") and (kind := field(node, "type")) is not None:
            yield parsed.of(field(node, "name")), (parsed, kind)


def zero(kind: str, known: Mapping[str, tuple[Tree, Node]], depth: int = 0) -> str:
    """Return an expression for the zero value of a type, as a person would write it where its form is known."""
    if kind == "string" or kind == "bool":
        return '""' if kind == "string" else "false"
    if (kind in PLAIN and not kind.startswith("[")) or kind == "time.Duration":
        return "0"
    if kind.startswith(("*", "[]", "map[", "chan ", "<-chan", "func(", "interface{")) or kind in ("error", *ANYTHING):
        return "nil"
    parsed, node = known.get(kind, (None, None))
    if parsed is None or node is None or depth > _DEEPEST:
        return f"{kind}{{}}" if kind.startswith("struct{") else f"*new({kind})"
    if node.type == "struct_type":
        return f"{kind}{{}}"
    return "nil" if node.type == "interface_type" else zero(parsed.of(node), known, depth + 1)
