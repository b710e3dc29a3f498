"""What a JavaScript file declares, exports and imports, and where it does not parse."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from tree_sitter import Node

from guild.syntax import Declaration, Import, Source
from guild.syntax.react import imports
from guild.syntax.react.faults import faults
from guild.syntax.react.tests import hook_of, statements, test_of
from guild.syntax.react.tree import FUNCTIONS, Tree, bound_names, exported, field, tree

_NAMED = re.compile(r"/[/*]+\s*(?:file(?:name)?:?\s*)?`?[\w./-]+\.jsx?`?:?(?:\s*\*/)?", re.IGNORECASE)
_VALUES = ("lexical_declaration", "variable_declaration")
_Kind = Literal["func", "type", "var", "const"]


class Named(NamedTuple):
    """A name that a statement declares, and what it stands for."""

    name: str
    kind: _Kind
    value: Node | None
    """What a constant or a variable is given."""


@lru_cache(maxsize=256)
def parse(text: str) -> Source:
    """Read a whole file or a fragment of one; never fails, a broken text has faults.

    A class is one declaration with all that it holds, since a method cannot stand alone; a test is a function whose
    name is its title.
    """
    parsed = _readable(text)
    declared = [_declaration(parsed, node, named) for node in statements(parsed) for named in named_by(parsed, node)]
    imported = [found for node, binding in imports.statements(parsed) for found in _imported(node, binding)]
    return Source(text, "", tuple(imported), tuple(declared), tuple(faults(text)))


def named_by(parsed: Tree, statement: Node) -> Iterator[Named]:
    """Yield what a statement declares: functions, classes, values, tests, and what runs around tests."""
    node = exported(statement)
    if node.type in FUNCTIONS or node.type == "class_declaration":
        name = parsed.of(field(node, "name"))
        yield from [Named(name, "type" if node.type == "class_declaration" else "func", None)] if name else []
    elif node.type in _VALUES:
        constant = parsed.of(node).startswith("const")
        for each in (child for child in node.named_children if child.type == "variable_declarator"):
            value = field(each, "value")
            kind = "func" if value is not None and value.type in FUNCTIONS else "const" if constant else "var"
            yield from (Named(name, kind, value) for name in bound_names(parsed, field(each, "name")))
    elif found := test_of(parsed, statement):
        yield Named(found.title, "func", None)
    elif hook := hook_of(parsed, statement):
        yield Named(hook, "var", None)


def exports(text: str) -> frozenset[str]:
    """Return the names that a module exports, `default` among them, `*` where it passes on all of another."""
    parsed, found = tree(text), set[str]()
    for node in parsed.root.named_children:
        if node.type != "export_statement":
            continue
        head = [parsed.of(child) for child in node.children[:2]]
        found |= {"default"} if "default" in head else {named.name for named in named_by(parsed, node)}
        found |= {"*"} if "*" in head else set()
        for clause in (child for child in node.named_children if child.type == "export_clause"):
            found |= {parsed.of(field(one, "alias") or field(one, "name")) for one in clause.named_children}
    return frozenset(found)


def default_of(text: str) -> str:
    """Return the name of what a module exports by default; empty where it has none."""
    parsed = tree(text)
    for node in parsed.root.named_children:
        if node.type == "export_statement" and "default" in [parsed.of(child) for child in node.children[:2]]:
            value = field(node, "value")
            names = [parsed.of(value)] if value is not None and value.type == "identifier" else []
            return next(iter([*names, *(named.name for named in named_by(parsed, node)), ""]))
    return ""


def split_files(text: str) -> list[str]:
    """Cut a text that holds several files, one behind the other, at the comments that name them."""
    parsed = tree(text)
    comments = [node for node in parsed.root.named_children if node.type == "comment" and not node.start_point.column]
    starts = [parsed.char(node.start_byte) for node in comments if _NAMED.fullmatch(parsed.of(node).strip())]
    starts = [start for start in starts if text[:start].strip()]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def doc_start(parsed: Tree, node: Node) -> Node:
    """Return the first of the comments right above a node, or the node."""
    first = node
    while True:
        above = first.prev_named_sibling
        beside = above is not None and above.prev_named_sibling
        touches = above is not None and above.type == "comment" and above.end_point.row == first.start_point.row - 1
        alone = above is not None and (not beside or beside.end_point.row < above.start_point.row)
        if above is None or not touches or not alone or _NAMED.fullmatch(parsed.of(above).strip()):
            return first
        first = above


def _readable(text: str) -> Tree:
    """Parse a text; one that ends with a head is read as if a body followed."""
    parsed = tree(text)
    if parsed.root.has_error and not (headed := tree(f"{text.rstrip()} {{}}")).root.has_error:
        return Tree(text, parsed.data, headed.root)
    return parsed


def _imported(node: Node, binding: imports.Binding) -> Iterator[Import]:
    line = node.start_point.row + 1
    yield from (Import(binding.source, name, line) for name in binding.bound or ("",))


def _declaration(parsed: Tree, node: Node, named: Named) -> Declaration:
    head = parsed.char(node.start_byte)
    start = parsed.char(doc_start(parsed, node).start_byte)
    stop = min(parsed.char(node.end_byte), len(parsed.text.rstrip()))
    function = named.kind == "func" and test_of(parsed, node) is None
    bodiless = function and _body(exported(node), named) is None
    return Declaration(
        name=named.name,
        kind=named.kind,
        receiver="",
        start=start,
        end=stop,
        line=node.start_point.row + 1,
        signature=_signature(parsed, node, named),
        text=parsed.text[start:stop],
        head=head,
        core=head,
        group=None,
        broken=node.has_error or bodiless or parsed.char(node.end_byte) > len(parsed.text),
    )


def _body(node: Node, named: Named) -> Node | None:
    return field(named.value or node, "body")


def _signature(parsed: Tree, statement: Node, named: Named) -> str:
    """Return a function's head, a class with the heads of its methods, the first line of another statement."""
    node = exported(statement)
    whole = parsed.of(statement)
    if node.type == "class_declaration" and (body := field(node, "body")) is not None:
        head = parsed.data[statement.start_byte : body.start_byte].decode("utf-8", "surrogatepass").strip()
        return "\n".join([f"{head} {{", *(f"  {_member(parsed, each)}" for each in body.named_children), "}"])
    body = _body(node, named) if named.kind == "func" else None
    if body is None:
        return whole.split("\n", 1)[0].rstrip()
    return parsed.data[statement.start_byte : body.start_byte].decode("utf-8", "surrogatepass").strip()


def _member(parsed: Tree, member: Node) -> str:
    body = field(member, "body")
    stop = body.start_byte if body is not None else member.end_byte
    return parsed.data[member.start_byte : stop].decode("utf-8", "surrogatepass").strip().split("\n", 1)[0]
