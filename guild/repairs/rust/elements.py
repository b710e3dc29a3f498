"""Elements of another type than the one that is wanted: lent ones for owned ones, letters for one letter."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.rust.places import expression_at, is_simple, nodes_at
from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.rust.tree import Tree, field, tree
from guild.values import Diagnostic

_PATH = r"(?:\w+::)*"
_OWNED = "map(|each| each.to_string())"
_GATHERED = re.compile(r"cannot be built from an iterator over elements of type `(?P<element>[^`]+)`")
_INTO = re.compile(rf"a value of type `{_PATH}\w+<(?P<wanted>[^`]+)>`")
_CASED = re.compile(rf"^{_PATH}To(?:Lower|Upper)case$")
_TEXT = re.compile(rf"^{_PATH}String$")
_HELD = re.compile(
    rf"expected `{_PATH}(?P<holder>Option|Result)<{_PATH}String(?P<rest>.*?)>`, "
    rf"found `{_PATH}(?P=holder)<(?:&+(?:'static )?str|[fiu]\d+|[iu]size|char|bool)(?P=rest)>`"
)
_UNCLONED = re.compile(rf"no method named `(?:cloned|copied)` found for enum `{_PATH}Option<&str>`")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Own what is lent where owned texts or values are wanted, and lay out the letters that one becomes."""
    parsed = tree(subject.text)
    return list(dict.fromkeys(edit for found in diagnostics for edit in _edits(parsed, found)))


def _edits(parsed: Tree, found: Diagnostic) -> Iterator[Edit]:
    if gathered := _GATHERED.search(found["message"]):
        yield from _gathered(parsed, found, gathered["element"])
    elif _UNCLONED.search(found["message"]):
        for node in nodes_at(parsed, found):
            start = parsed.char(node.start_byte)
            if node.type == "field_identifier" and parsed.text[start:].startswith(("cloned()", "copied()")):
                yield start, start + len("cloned()"), _OWNED
    elif _HELD.search(found["message"]):
        whole = expression_at(parsed, found)
        if whole is not None and is_simple(whole) and not parsed.of(whole).startswith("Some("):
            end = parsed.char(whole.end_byte)
            yield end, end, f".{_OWNED}"


def _gathered(parsed: Tree, found: Diagnostic, element: str) -> Iterator[Edit]:
    """Change what a chain gives before it is collected."""
    collect = next((call for node in nodes_at(parsed, found) if (call := _call_around(parsed, node))), None)
    if collect is None:
        return
    if _CASED.match(element):
        yield from _laid_out(parsed, collect)
        return
    into = _INTO.search(found["message"])
    how = "" if into is None or not element.startswith("&") else _owned(element, into["wanted"])
    if how:
        start = parsed.char(_method(collect).start_byte)
        yield start, start, f"{how}."


def _owned(element: str, wanted: str) -> str:
    if element.removeprefix("&") == wanted:
        return "cloned()"
    return _OWNED if _TEXT.match(wanted) and element.lstrip("&") == "str" else ""


def _laid_out(parsed: Tree, collect: Node) -> Iterator[Edit]:
    """Turn the `map` that changes a letter's case into a `flat_map`."""
    call: Node | None = collect
    while call is not None and call.type == "call_expression":
        name, called = _method(call), _plain(call)
        if parsed.of(name) == "map" and re.search(r"to_(?:lower|upper)case(?:\(\))?\s*\)?$", parsed.of(call)):
            yield parsed.char(name.start_byte), parsed.char(name.end_byte), "flat_map"
            return
        call = field(called, "value") if called is not None else None


def _call_around(parsed: Tree, node: Node) -> Node | None:
    """Return the call of `collect` that a node is part of."""
    around: Node | None = node
    while around is not None and not (around.type == "call_expression" and parsed.of(_method(around)) == "collect"):
        around = around.parent
    return around


def _plain(call: Node) -> Node | None:
    """Return what is called, without the types that are said of it."""
    function = field(call, "function")
    return field(function, "function") if function is not None and function.type == "generic_function" else function


def _method(call: Node) -> Node:
    """Return the name of the method that is called; the call itself where it is no method."""
    called = _plain(call)
    return (field(called, "field") if called is not None else None) or call
