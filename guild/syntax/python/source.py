"""What a Python file declares and imports, and where it does not parse."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from tree_sitter import Node

from guild.syntax import Declaration, Import, Source
from guild.syntax.python.faults import faults
from guild.syntax.python.tree import (
    FUNCTION,
    Tree,
    bodies,
    decorators,
    defined,
    docstring,
    field,
    is_method,
    tree,
    walk,
)

_TARGETS = ("identifier", "pattern_list", "tuple_pattern", "list_pattern")
_NAMED = re.compile(r"#+\s*(?:file(?:name)?:?\s*)?`?[\w./-]+\.py`?:?", re.IGNORECASE)
_NOTHING = ("pass", "...")
_INDENT = "    "
_Kind = Literal["func", "method", "type", "var", "const"]


class _Said(NamedTuple):
    """What a declaration says of itself, wherever it stands."""

    name: str
    kind: _Kind
    receiver: str
    signature: str
    broken: bool


@lru_cache(maxsize=256)
def parse(text: str) -> Source:
    """Read a whole file or a fragment of one; never fails, a broken text has faults.

    A class is declared without its methods, which are declarations of their own: it reaches to where the first of
    them begins, so that no declaration stands inside another. What stands between methods is nobody's.
    """
    parsed = _readable(text)
    declared = [found for node in parsed.root.named_children for found in _declared(parsed, node)]
    imports = [found for node in parsed.root.named_children for found in _imported(parsed, node)]
    return Source(text, "", tuple(imports), tuple(declared), tuple(faults(text)))


def test_names(text: str) -> list[str]:
    """Return the names of the functions that pytest runs, those of a test class as `TestX.test_y`."""
    parsed = tree(text)
    return [name for name, _ in each_test(parsed)]


def each_test(parsed: Tree) -> Iterator[tuple[str, Node]]:
    """Yield the tests of a file with the nodes that define them, decorators included."""
    for node in parsed.root.named_children:
        found = defined(node)
        name = parsed.of(field(found, "name")) if found else ""
        if found is not None and found.type == FUNCTION and name.startswith("test_"):
            yield name, node
        elif found is not None and _holds_tests(parsed, found, name):
            for member in bodies(found):
                method = defined(member)
                own = parsed.of(field(method, "name")) if method and method.type == FUNCTION else ""
                if own.startswith("test_"):
                    yield f"{name}.{own}", member


def _holds_tests(parsed: Tree, found: Node, name: str) -> bool:
    return name.startswith("Test") or "TestCase" in parsed.of(field(found, "superclasses"))


def split_files(text: str) -> list[str]:
    """Cut a text that holds several files, one behind the other, at the comments that name them."""
    parsed = tree(text)
    comments = [node for node in parsed.root.named_children if node.type == "comment" and not node.start_point.column]
    starts = [parsed.char(node.start_byte) for node in comments if _NAMED.fullmatch(parsed.of(node).strip())]
    starts = [start for start in starts if text[:start].strip()]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _readable(text: str) -> Tree:
    """Parse a text; one that ends with a head is read as if a body followed."""
    parsed = tree(text)
    if parsed.root.has_error and not (headed := tree(f"{text.rstrip()}:")).root.has_error:
        return Tree(text, parsed.data, headed.root)
    return parsed


def _imported(parsed: Tree, node: Node) -> Iterator[Import]:
    """Yield what a statement imports; the alias of a `from` is the name that the file knows it by, `*` for all."""
    line = node.start_point.row + 1
    names = [(field(each, "name") or each, field(each, "alias")) for each in node.children_by_field_name("name")]
    if node.type == "import_statement":
        yield from (Import(parsed.of(name), parsed.of(alias), line) for name, alias in names)
    elif node.type in ("import_from_statement", "future_import_statement"):
        module = parsed.of(field(node, "module_name")) or "__future__"
        everything = any(child.type == "wildcard_import" for child in node.named_children)
        yield from (Import(module, parsed.of(alias or name), line) for name, alias in names)
        yield from [Import(module, "*", line)] if everything else []


def _declared(parsed: Tree, node: Node) -> Iterator[Declaration]:
    found = defined(node)
    if is_method(node):
        yield _function(parsed, node, "")
    elif found is not None:
        yield _class(parsed, node, found)
        for method in filter(is_method, bodies(found)):
            yield _function(parsed, method, parsed.of(field(found, "name")))
    else:
        first = parsed.of(node).split("\n", 1)[0].rstrip()
        for name, kind in bound(parsed, node):
            yield _declaration(parsed, node, _Said(name, kind, "", first, node.has_error))


def bound(parsed: Tree, node: Node) -> Iterator[tuple[str, Literal["type", "var", "const"]]]:
    """Yield the names that a statement assigns to; a type alias is a type."""
    if node.type == "type_alias_statement" and node.named_children:
        yield parsed.of(node.named_children[0]).split("[", 1)[0], "type"
    statement = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
    while statement is not None and statement.type == "assignment":
        left = field(statement, "left")
        targets = walk(left) if left is not None and left.type in _TARGETS else ()
        for name in (parsed.of(each) for each in targets if each.type == "identifier"):
            yield name, "const" if name.isupper() else "var"
        statement = field(statement, "right")


def _function(parsed: Tree, node: Node, receiver: str) -> Declaration:
    """Declare a function; its signature shows the decorators without arguments, and the class that it is in."""
    found = defined(node) or node
    name = parsed.of(field(found, "name"))
    plain = [parsed.of(each) for each in decorators(node) if all(part.type != "call" for part in each.children)]
    lines = "\n".join([*plain, _head(parsed, found)]).replace(f"\n{margin_of(parsed, node)}", "\n").split("\n")
    inside = f"\n{_INDENT}" if receiver else "\n"
    signature = (f"class {receiver}:{inside}" if receiver else "") + inside.join(lines)
    whole, kind = (f"{receiver}.{name}", "method") if receiver else (name, "func")
    return _declaration(parsed, node, _Said(whole, kind, receiver, signature, node.has_error or not bodies(found)))


def _class(parsed: Tree, node: Node, found: Node) -> Declaration:
    """Declare a class as far as its first method; its signature shows what it holds, but for what is said of it."""
    own = own_members(found)
    shown = [parsed.of(each) for each in own if each != docstring(found) and parsed.of(each) not in _NOTHING]
    signature = _head(parsed, found) + (":" if shown else "") + "".join(f"\n{_INDENT}{each}" for each in shown)
    broken = not bodies(found) or any(child.has_error for child in found.children if child.type != "block")
    said = _Said(parsed.of(field(found, "name")), "type", "", signature, broken or any(each.has_error for each in own))
    return _declaration(parsed, node, said, end=(own[-1] if own else _colon(found)).end_byte)


def own_members(found: Node) -> list[Node]:
    """Return what a class holds before its first method."""
    return list(takewhile(lambda member: not is_method(member), bodies(found)))


def _colon(found: Node) -> Node:
    """Return the colon behind the head of a definition; all of it where there is none."""
    return next((child for child in found.children if child.type == ":"), found)


def _head(parsed: Tree, found: Node) -> str:
    colon = _colon(found)
    stop = colon.start_byte if colon != found else found.end_byte
    head = parsed.data[found.start_byte : stop].decode("utf-8", "surrogatepass")
    return head.replace("\r\n", "\n").strip()


def _declaration(parsed: Tree, node: Node, said: _Said, *, end: int | None = None) -> Declaration:
    head = parsed.char(node.start_byte)
    start = _line_start(parsed, doc_start(parsed, node))[0]
    stop = min(parsed.char(end or node.end_byte), len(parsed.text.rstrip()))
    return Declaration(
        name=said.name,
        kind=said.kind,
        receiver=said.receiver,
        start=start,
        end=stop,
        line=node.start_point.row + 1,
        signature=said.signature,
        text=parsed.text[start:stop],
        head=head,
        core=head,
        group=None,
        broken=said.broken,
    )


def _line_start(parsed: Tree, node: Node) -> tuple[int, int]:
    """Return where the margin of a node begins and ends; empty where something stands before it in its line."""
    at = parsed.char(node.start_byte)
    line = parsed.text.rfind("\n", 0, at) + 1
    return (line, at) if not parsed.text[line:at].strip() else (at, at)


def margin_of(parsed: Tree, node: Node) -> str:
    """Return the space before a node that begins its line."""
    return parsed.text[slice(*_line_start(parsed, node))]


def doc_start(parsed: Tree, node: Node) -> Node:
    """Return the first of the comment lines right above a node, or the node; a line for the shell is none of it."""
    first = node
    while comment := _comment_above(parsed, first):
        first = comment
    return first


def _comment_above(parsed: Tree, node: Node) -> Node | None:
    """Return the comment that fills the line above a node at its own margin."""
    row, column = node.start_point
    if row == 0 or _line_start(parsed, node)[1] - _line_start(parsed, node)[0] != column:
        return None
    above = parsed.root.descendant_for_point_range((row - 1, column), (row - 1, column))
    fits = above is not None and above.type == "comment" and above.start_point == (row - 1, column)
    alone = fits and above is not None and parsed.text[slice(*_line_start(parsed, above))].strip() == ""
    return above if alone and not parsed.of(above).startswith("#!") else None
