"""What every type of plain values has: it is printed, copied and compared, and tests do so."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from guild.repairs.rust.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.rust.source import type_of
from guild.syntax.rust.tree import IMPL, Tree, attributes, field, name_of, tree, walk

_WANTED = ("Debug", "Clone", "PartialEq")
_TYPES = ("struct_item", "enum_item")
_NAMES = "Arc BTreeMap BTreeSet Box Duration HashMap HashSet Option Ordering PathBuf Rc Result Self String Vec VecDeque"
_PLAIN = frozenset(_NAMES.split())
_DERIVE = re.compile(r"^#\[derive\((?P<names>.*)\)\]$", re.S)


def apply(subject: Subject) -> str:
    """Derive what is missing for the types whose parts all have it."""
    if is_test(subject.path):
        return subject.text
    parsed = tree(subject.text)
    types = {name_of(parsed, node): node for node in parsed.root.named_children if node.type in _TYPES}
    plain = _plain(parsed, types)
    return edited(subject.text, [edit for name in plain for edit in _derived(parsed, types[name])])


def _plain(parsed: Tree, types: dict[str, Node]) -> list[str]:
    """Return the types that are made of plain ones alone."""
    known = set(types)
    while True:
        sound = {
            name for name in known if _parts(parsed, types[name]) <= _PLAIN | known | _parameters(parsed, types[name])
        }
        if sound == known:
            return [name for name in types if name in sound]
        known = sound


def _parts(parsed: Tree, node: Node) -> set[str]:
    """Return the names of the types of its fields; a word of no type where something stands that is none."""
    body = field(node, "body")
    found = list(walk(body)) if body is not None else []
    odd = {
        "dyn"
        for each in found
        if each.type in ("dynamic_type", "function_type", "pointer_type", "abstract_type", "ERROR")
    }
    return odd | {parsed.of(each) for each in found if each.type == "type_identifier" and not _is_variant(each)}


def _is_variant(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "enum_variant"


def _parameters(parsed: Tree, node: Node) -> set[str]:
    parameters = field(node, "type_parameters")
    return {parsed.of(each) for each in walk(parameters) if each.type == "type_identifier"} if parameters else set()


def _derived(parsed: Tree, node: Node) -> Iterator[Edit]:
    name = name_of(parsed, node)
    written = {
        parsed.of(field(each, "trait")).rpartition("::")[2]
        for each in parsed.root.named_children
        if each.type == IMPL and type_of(parsed, each) == name
    }
    lists = [(each, match) for each in attributes(node) if (match := _DERIVE.match(parsed.of(each)))]
    has = {part.strip().rpartition("::")[2] for _, match in lists for part in match["names"].split(",")}
    lacking = [each for each in _WANTED if each not in has | written]
    if not lacking:
        return
    if lists:
        at = parsed.char(lists[0][0].start_byte) + len("#[derive(")
        yield at, at, f"{', '.join(lacking)}, "
    else:
        at = parsed.char(node.start_byte)
        yield at, at, f"#[derive({', '.join(lacking)})]\n"
