"""Handlers of net/http: values that serve, and functions that do."""

import re
from collections.abc import Iterator, Sequence

from guild.repairs.go.messages import Misuse, misuses
from guild.repairs.go.places import FUNCTIONS, above
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic

_SERVES = re.compile(r"^func\((?:\w+ )?http\.ResponseWriter, (?:\w+ )?\*http\.Request\)$")
_HANDLERS = ("http.Handler", "http.HandlerFunc", "*http.ServeMux")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Register a handler with Handle and a function with HandleFunc; elsewhere make the one of the other."""
    parsed = tree(subject.text)
    return [edit for found in misuses(parsed, diagnostics) for edit in _answer(parsed, found)]


def _answer(parsed: Tree, found: Misuse) -> Iterator[Edit]:
    text = parsed.of(found.node)
    if _SERVES.match(found.has) and found.wanted == "http.Handler":
        swap = list(_renamed(parsed, found, "Handle", "HandleFunc"))
        yield from swap or [(*parsed.span(found.node), f"http.HandlerFunc({text})")]
    elif _SERVES.match(found.wanted) and not found.has.startswith(("func", "untyped", "nil")):
        swap = list(_renamed(parsed, found, "HandleFunc", "Handle"))
        yield from swap or ([(*parsed.span(found.node), f"{text}.ServeHTTP")] if found.has in _HANDLERS else [])
    elif (found.has, found.wanted, found.where) == ("http.Handler", "*http.ServeMux", "return statement"):
        function = above(found.node, *FUNCTIONS)
        result = field(function, "result") if function is not None else None
        if result is not None and parsed.of(result) == found.wanted:
            yield *parsed.span(result), found.has


def _renamed(parsed: Tree, found: Misuse, old: str, new: str) -> Iterator[Edit]:
    """Call another registering function, where the handler stands as an argument of the one."""
    arguments = found.node.parent
    call = arguments.parent if arguments is not None and arguments.type == "argument_list" else None
    function = field(call, "function") if call is not None else None
    name = field(function, "field") if function is not None else None
    if name is not None and parsed.of(name) == old:
        yield *parsed.span(name), new
