"""The paths: from outside the library by its name, from inside by `crate`, whatever a model called it."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from guild.repairs.rust.surroundings import crate, declared, dependencies, is_outside, is_test, library, modules
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.rust.opening import ROOT
from guild.syntax.rust.source import used
from guild.syntax.rust.splicing import first_place
from guild.syntax.rust.tree import Tree, field, name_of, tree, walk

_BESIDE = frozenset(("std", "core", "alloc", "self", "Self"))
_PLACEHOLDER = re.compile(r"^(?:my|your|the|this)_(?:crate|project|library|lib|module)$|^(?:crate_name|project_name)$")


def apply(subject: Subject) -> str:
    """Correct how paths begin, and import what a test is about where it imports nothing of it."""
    parsed = tree(subject.text)
    edits = [edit for node in parsed.root.named_children for edit in _corrected(subject, parsed, node)]
    if is_outside(subject):
        own = declared(subject.text) | {name_of(parsed, node) for node in parsed.root.named_children}
        edits += [each for each in _renamed(subject, parsed, own) if each not in edits]
    text = edited(subject.text, edits)
    return _with_glob(subject, text)


def _corrected(subject: Subject, parsed: Tree, node: Node) -> Iterator[Edit]:
    """Yield the edit of the first name of what a `use` imports."""
    argument = field(node, "argument") if node.type == "use_declaration" else None
    first = _first(argument) if argument is not None else None
    if argument is None or first is None:
        return
    said = parsed.of(first)
    names = {path.rpartition("::")[2] if alias != "*" else "*" for path, alias in used(parsed, argument)}
    if said == "super" and is_test(subject.path):
        yield (*parsed.span(first), crate(subject))
    elif said == crate(subject) and not is_outside(subject) and said not in modules(subject):
        yield (*parsed.span(first), "crate")
    elif _is_unknown(subject, parsed, said) and (_PLACEHOLDER.match(said) or names <= {*_offered(subject), "*"}):
        root = crate(subject) if is_outside(subject) else "crate"
        stays = said in modules(subject) | _offered(subject)
        yield (*parsed.span(first), f"{root}::{said}" if stays else root)


def _first(node: Node) -> Node | None:
    """Return the first name of a path."""
    return next(
        (each for each in walk(node) if not each.named_children and each.is_named and "comment" not in each.type), None
    )


def _is_unknown(subject: Subject, parsed: Tree, said: str) -> bool:
    own = declared(subject.text) | {name_of(parsed, node) for node in parsed.root.named_children}
    return said not in _BESIDE | own | dependencies(subject) | {"crate", "super", crate(subject)}


def _renamed(subject: Subject, parsed: Tree, own: set[str]) -> Iterator[Edit]:
    """Yield the edits that name the library where `crate` means the test, or the program, itself."""
    for node in walk(parsed.root):
        if node.type == "crate" and not _goes_on_with(parsed, node, own):
            yield (*parsed.span(node), crate(subject))


def _goes_on_with(parsed: Tree, node: Node, own: set[str]) -> bool:
    behind = parsed.data[node.end_byte : node.end_byte + 80].decode(errors="replace")
    found = re.match(r"\s*::\s*(\w+)", behind)
    return found is None or found[1] in own


def _offered(subject: Subject) -> set[str]:
    """Return the names that the library declares, those of its modules too."""
    return {name for text in library(subject).values() for name in declared(text)} | modules(subject)


def _with_glob(subject: Subject, text: str) -> str:
    """Import all of the library into a test that uses its names and imports nothing of it."""
    name = crate(subject)
    if not is_test(subject.path) or ROOT not in subject.siblings or re.search(rf"\b{name}::", text):
        return text
    parsed = tree(text)
    words = {parsed.of(node) for node in walk(parsed.root) if node.type in ("identifier", "type_identifier")}
    if not words & (_offered(subject) - declared(text)):
        return text
    at = first_place(parsed)
    return f"{text[:at]}use {name}::*;\n\n{text[at:]}"
