"""What a Rust file declares and imports, and where it does not parse."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from tree_sitter import Node

from guild.syntax import Declaration, Import, Source, SyntaxFault
from guild.syntax.rust.tree import FUNCTION, IMPL, Tree, attributes, comments, field, members, name_of, tree, walk

_Kind = Literal["func", "method", "type", "var", "const"]
_KINDS: dict[str, _Kind] = {
    FUNCTION: "func",
    "struct_item": "type",
    "enum_item": "type",
    "union_item": "type",
    "trait_item": "type",
    "type_item": "type",
    "mod_item": "type",
    "macro_definition": "type",
    "const_item": "const",
    "static_item": "var",
}
_MOST_FAULTS = 20
_NAMED = re.compile(r"//+\s*(?:file(?:name)?:?\s*)?`?[\w./-]+\.rs`?:?\s*", re.IGNORECASE)
_TEST = re.compile(r"#\[(?:[\w:]+::)?test(?:\(.*\))?\]$", re.S)


class _Place(NamedTuple):
    """Where an item stands: the impl around it and its head, nothing outside of one."""

    receiver: str = ""
    head: str = ""


@lru_cache(maxsize=256)
def parse(text: str) -> Source:
    """Read a whole file or a fragment of one; never fails, a broken text has faults.

    An impl is no declaration: its functions are, each as `Type.name`. A module that stands in the file is one.
    """
    parsed = _readable(text)
    imports = [each for node in parsed.root.named_children for each in _imported(parsed, node)]
    declared = [each for node in parsed.root.named_children for each in _declared(parsed, node)]
    return Source(text, "", tuple(imports), tuple(declared), tuple(_faults(tree(text))))


def test_names(text: str) -> list[str]:
    """Return the names of the tests, those of a module as `tests::name`, as the test runner lists them."""
    return [name for name, _ in each_test(tree(text))]


def each_test(parsed: Tree) -> Iterator[tuple[str, Node]]:
    """Yield the tests of a file with the functions that they are."""
    waiting = [("", node) for node in parsed.root.named_children]
    while waiting:
        prefix, node = waiting.pop(0)
        if node.type == FUNCTION and any(_TEST.match(parsed.of(each)) for each in attributes(node)):
            yield f"{prefix}{name_of(parsed, node)}", node
        elif node.type == "mod_item":
            waiting = [(f"{prefix}{name_of(parsed, node)}::", each) for each in members(node)] + waiting


def split_files(text: str) -> list[str]:
    """Cut a text that holds several files, one behind the other, at the comments that name them."""
    parsed = tree(text)
    starts = [
        parsed.char(node.start_byte)
        for node in parsed.root.named_children
        if node.type == "line_comment" and _NAMED.fullmatch(parsed.of(node))
    ]
    starts = [start for start in starts if text[:start].strip()]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def type_of(parsed: Tree, impl: Node) -> str:
    """Return the name of the type that an impl is of, without its parameters."""
    return re.split(r"[<\s]", parsed.of(field(impl, "type")))[0].rpartition("::")[2]


def head_of(parsed: Tree, node: Node) -> str:
    """Return an item without its body, on the lines that it has."""
    body = field(node, "body")
    end = body.start_byte if body is not None else node.end_byte
    return parsed.data[node.start_byte : end].decode("utf-8", "surrogatepass").strip().removesuffix(";").rstrip()


def item_start(node: Node) -> Node:
    """Return the first node that belongs to an item: its first comment or attribute, or itself."""
    return next(iter(attributes(node)), node)


def _readable(text: str) -> Tree:
    """Parse a text; one that ends with the head of a function is read as if a body followed."""
    parsed = tree(text)
    if parsed.root.has_error and not (headed := tree(f"{text.rstrip()} {{}}")).root.has_error:
        return Tree(text, parsed.data, headed.root)
    return parsed


def _imported(parsed: Tree, node: Node) -> Iterator[Import]:
    if node.type == "use_declaration" and (argument := field(node, "argument")):
        for path, alias in used(parsed, argument):
            yield Import(path, alias, node.start_point.row + 1)


def used(parsed: Tree, node: Node, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each path that the argument of a `use` means, with the name that it is known by, `*` for all."""
    if node.type == "use_list":
        for each in node.named_children:
            yield from used(parsed, each, before)
    elif node.type == "scoped_use_list":
        inner = field(node, "list")
        path = "".join(parsed.of(field(node, "path")).split())
        yield from used(parsed, inner, f"{before}{path}::") if inner is not None else ()
    elif node.type == "use_wildcard":
        yield f"{before}{parsed.of(node)}".removesuffix("::*"), "*"
    elif node.type == "use_as_clause":
        yield f"{before}{parsed.of(field(node, 'path'))}", parsed.of(field(node, "alias"))
    elif node.type == "self":
        path = before.removesuffix("::")
        yield path, path.rpartition("::")[2]
    elif "comment" not in node.type:
        path = f"{before}{''.join(parsed.of(node).split())}"
        yield path, path.rpartition("::")[2]


def _declared(parsed: Tree, node: Node) -> Iterator[Declaration]:
    if node.type == IMPL:
        place = _Place(type_of(parsed, node), head_of(parsed, node))
        for member in members(node):
            if member.type == FUNCTION:
                yield _declaration(parsed, member, place)
    elif node.type in _KINDS and not (node.type == "mod_item" and field(node, "body") is None):
        yield _declaration(parsed, node, _Place())


def _declaration(parsed: Tree, node: Node, place: _Place) -> Declaration:
    name, above = name_of(parsed, node), attributes(node)
    start = parsed.char(item_start(node).start_byte)
    margin = parsed.text.rfind("\n", 0, start) + 1
    start = margin if not parsed.text[margin:start].strip() else start
    rest = [each for each in above if each not in comments(above)]
    head = parsed.char(next(iter(rest), node).start_byte)
    whole = len(parsed.text.rstrip())
    end = min(parsed.char(node.end_byte), whole)
    return Declaration(
        name=f"{place.receiver}.{name}" if place.receiver else name,
        kind="method" if place.receiver else _KINDS[node.type],
        receiver=place.receiver,
        start=start,
        end=end,
        line=node.start_point.row + 1,
        signature=_signature(parsed, node, place),
        text=parsed.text[start:end],
        head=head,
        core=head,
        group=None,
        broken=node.has_error or (node.type == FUNCTION and node.end_byte > len(parsed.data.rstrip())),
    )


def _signature(parsed: Tree, node: Node, place: _Place) -> str:
    """Return the head of a function, in the impl that it is of; a type in full, without what is said of it."""
    if node.type == FUNCTION:
        head = head_of(parsed, node)
        return f"{place.head} {{\n    {head}" if place.receiver else head
    if node.type in ("struct_item", "enum_item", "union_item", "type_item"):
        return re.sub(r"^\s*//.*\n", "", parsed.of(node), flags=re.M)
    return head_of(parsed, node).split("\n")[0]


def _faults(parsed: Tree) -> Iterator[SyntaxFault]:
    if not parsed.root.has_error:
        return
    seen = set[int]()
    for node in walk(parsed.root):
        row = node.start_point.row
        if (node.is_error or node.is_missing) and row not in seen and len(seen) < _MOST_FAULTS:
            seen.add(row)
            first = (parsed.of(node).strip().splitlines() or [""])[0][:40]
            said = f"syntax error: expected `{node.type}`" if node.is_missing else f"syntax error near `{first}`"
            column = len(
                parsed.data[node.start_byte - node.start_point.column : node.start_byte].decode(errors="replace")
            )
            yield SyntaxFault(row + 1, column + 1, said)
