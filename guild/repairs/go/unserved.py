"""Tests that ask a server which nobody has started: the handler that they made answers itself."""

import re
from collections.abc import Iterator
from importlib.resources import files as resources

from tree_sitter import Node

from guild.repairs.go.surroundings import implementation, is_test, mates
from guild.repairs.subject import Subject
from guild.syntax.go import Edit, edited
from guild.syntax.go.tree import Tree, field, tree, walk

_HANDLER = re.compile(r"\)\s*(?:http\.Handler|\*http\.ServeMux|http\.HandlerFunc)\s*$")
_STARTED = ("httptest.NewServer", "httptest.NewUnstartedServer", "ListenAndServe", ".Serve(")
_CLIENT = re.compile(r"^&?http\.Client\{")
_ANSWERED = "answered"
_HELPER = resources("guild.repairs.go").joinpath("answered.txt").read_text("utf-8")


def apply(subject: Subject) -> str:
    """Hand what such a test asks to the handler that it has, and register it nowhere else."""
    if not is_test(subject.path) or any(word in subject.text for word in _STARTED):
        return subject.text
    parsed = tree(subject.text)
    makers = {
        each.name
        for source in implementation(subject)
        for each in source.declarations
        if _HANDLER.search(each.signature)
    }
    edits: list[Edit] = []
    for function in parsed.root.children:
        asked = list(_asked(parsed, function)) if function.type == "function_declaration" else []
        handler = _made(parsed, function, makers) if asked else ""
        if handler:
            edits += [_answer(parsed, call, handler) for call in asked] + list(_global(parsed, function, handler))
    if not edits:
        return subject.text
    text = edited(subject.text, edits)
    known = {each.name for source in mates(subject).values() for each in source.declarations}
    return text if _ANSWERED in known or _HELPER in text else text.rstrip("\n") + "\n" + _HELPER


def _made(parsed: Tree, function: Node, makers: set[str]) -> str:
    """Return the variable of a function that holds a handler of the package; empty where there are several, or none."""
    found: list[str] = []
    for node in walk(function):
        if node.type == "short_var_declaration":
            left, right = parsed.of(field(node, "left")), parsed.of(field(node, "right"))
            found += [left] if left.isidentifier() and right.partition("(")[0] in makers else []
    return found[0] if len(found) == 1 else ""


def _asked(parsed: Tree, function: Node) -> Iterator[Node]:
    """Yield the calls of a client of net/http that send a request, and those that get a page."""
    clients = {"http.DefaultClient"}
    for node in walk(function):
        if node.type == "short_var_declaration" and _CLIENT.match(parsed.of(field(node, "right"))):
            clients.add(parsed.of(field(node, "left")))
        called = parsed.of(field(node, "function")) if node.type == "call_expression" else ""
        if called == "http.Get" or called in {f"{client}.Do" for client in clients}:
            yield node


def _answer(parsed: Tree, call: Node, handler: str) -> Edit:
    given = parsed.of(field(call, "arguments"))[1:-1]
    get = parsed.of(field(call, "function")) == "http.Get"
    request = f"httptest.NewRequest(http.MethodGet, {given}, nil)" if get else given
    return *parsed.span(call), f"{_ANSWERED}({handler}, {request})"


def _global(parsed: Tree, function: Node, handler: str) -> Iterator[Edit]:
    """Yield the removal of what registers the handler for the whole program, which may be done but once."""
    for node in walk(function):
        called = parsed.of(field(node, "function")) if node.type == "call_expression" else ""
        given = field(node, "arguments") if called == "http.Handle" else None
        if given is not None and node.parent is not None and parsed.of(given.named_children[-1]) == handler:
            yield *parsed.span(node.parent), ""
