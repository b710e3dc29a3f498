"""Routes of one pattern that are registered twice, which a ServeMux refuses: each is for a method of its own."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from guild.repairs.go.places import STATEMENTS, above
from guild.repairs.subject import Subject
from guild.syntax.go import Edit, edited
from guild.syntax.go.tree import Tree, field, tree, walk

_REGISTERS = ("Handle", "HandleFunc")
_METHOD = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\b")
_VERBS: Mapping[str, Sequence[str]] = {
    "GET": ("get", "list", "read", "find", "show", "fetch"),
    "POST": ("post", "create", "add", "new"),
    "PUT": ("put", "set", "update", "replace", "store"),
    "PATCH": ("patch",),
    "DELETE": ("delete", "remove"),
}


def apply(subject: Subject) -> str:
    """Write the method into each pattern that stands twice, where a comment or the handler's name says which."""
    parsed = tree(subject.text)
    routes: dict[tuple[int, str, str], list[tuple[Node, str]]] = {}
    for call, owner, pattern in _registered(parsed):
        block = above(call, "block")
        key = block.id if block is not None else 0, owner, parsed.of(pattern)
        routes.setdefault(key, []).append((pattern, _method(parsed, call)))
    edits: list[Edit] = []
    for same in routes.values():
        methods = {method for _, method in same}
        if len(same) > 1 and len(methods) == len(same) and "" not in methods:
            starts = [(parsed.char(pattern.start_byte) + 1, method) for pattern, method in same]
            edits += [(start, start, f"{method} ") for start, method in starts]
    return edited(subject.text, edits)


def _registered(parsed: Tree) -> Iterator[tuple[Node, str, Node]]:
    """Yield the calls that register a handler by a literal pattern without a method: call, receiver, pattern."""
    for node in walk(parsed.root):
        function = field(node, "function") if node.type == "call_expression" else None
        name = field(function, "field") if function is not None and function.type == "selector_expression" else None
        given = _arguments(node)
        if function is not None and parsed.of(name) in _REGISTERS and len(given) == 2:
            pattern = given[0]
            if pattern.type == "interpreted_string_literal" and parsed.of(pattern).startswith('"/'):
                yield node, parsed.of(field(function, "operand")), pattern


def _arguments(call: Node) -> list[Node]:
    arguments = field(call, "arguments")
    return arguments.named_children if arguments is not None else []


def _method(parsed: Tree, call: Node) -> str:
    """Return the one method that the comment above a registration speaks of, else that of its handler's name."""
    statement = above(call, *STATEMENTS)
    row = statement.start_point.row - 1 if statement is not None else -1
    comments = (node for node in walk(parsed.root) if node.type == "comment" and node.end_point.row == row)
    said = {method for comment in comments for method in _METHOD.findall(parsed.of(comment))}
    if len(said) == 1:
        return said.pop()
    name = parsed.of(_arguments(call)[1]).rpartition(".")[2]
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name) if name.isidentifier()]
    first = next((word for word in words if word not in ("handle", "serve")), "")
    return next((method for method, verbs in _VERBS.items() if first in verbs), "")
