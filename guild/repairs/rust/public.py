"""What others use and nobody let them: declarations, methods and fields of a library without `pub`."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from guild.repairs.rust.surroundings import elsewhere, is_program, is_test
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.rust.opening import ROOT
from guild.syntax.rust.tree import FUNCTION, IMPL, Tree, field, is_public, members, name_of, tree

_OFFERED = (FUNCTION, "struct_item", "enum_item", "trait_item", "type_item", "const_item", "static_item")
_WORD = re.compile(r"\w+")


def apply(subject: Subject) -> str:
    """Let others use what they do use; all of a file that offers nothing at all."""
    if (
        is_test(subject.path)
        or (is_program(subject.path) and ROOT in subject.siblings)
        or subject.path == "src/main.rs"
    ):
        return subject.text
    parsed = tree(subject.text)
    places = [*_items(parsed)]
    others = [text for text in elsewhere(subject) if text.strip()]
    words = {word for text in others for word in _WORD.findall(text)}
    mute = not any(is_public(node) for node in places)
    wanted = [node for node in places if mute or name_of(parsed, node) in words]
    edits: list[Edit] = [(at, at, "pub ") for node in wanted if not is_public(node) for at in [_at(parsed, node)]]
    members_used = {
        name for text in others for name in re.findall(r"\.(\w+)\b(?!\s*\()|\b(\w+):\s", text) for name in name
    }
    edits += [
        (at, at, "pub ")
        for node in _fields(parsed)
        if name_of(parsed, node) in members_used
        for at in [_at(parsed, node)]
    ]
    return edited(subject.text, edits)


def _items(parsed: Tree) -> Iterator[Node]:
    """Yield the declarations that can be public: those of a trait, or of its impl, are so by themselves."""
    for node in parsed.root.named_children:
        if node.type in _OFFERED and name_of(parsed, node) != "main":
            yield node
        elif node.type == IMPL and field(node, "trait") is None:
            yield from (member for member in members(node) if member.type == FUNCTION)


def _fields(parsed: Tree) -> Iterator[Node]:
    for node in parsed.root.named_children:
        body = field(node, "body") if node.type == "struct_item" else None
        for each in body.named_children if body is not None else ():
            if each.type == "field_declaration" and not is_public(each):
                yield each


def _at(parsed: Tree, node: Node) -> int:
    return parsed.char(node.start_byte)
