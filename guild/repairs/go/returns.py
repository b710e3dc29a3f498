"""What a function gives back: a return that is missing, too short or too long, or nil for a value."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.declared import types, zero
from guild.repairs.go.messages import misuses
from guild.repairs.go.places import FUNCTIONS, above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """End a function with what its other returns leave open, and give every result a value of its type."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        function = above(innermost(parsed, found), *FUNCTIONS)
        results = _results(parsed, function) if function is not None else []
        if function is not None and found["code"] == "missing-return":
            edits += _ending(subject, parsed, function, results)
        elif found["message"].startswith(("not enough return values", "too many return values")):
            edits += _fitted(subject, parsed, found, results)
    for misuse in misuses(parsed, diagnostics):
        if misuse.has == "nil" and misuse.where == "return statement":
            edits.append((*parsed.span(misuse.node), zero(misuse.wanted, types(subject))))
    return edits


def _results(parsed: Tree, function: Node) -> list[str]:
    """Return the types of a function's results, one for each."""
    result = field(function, "result")
    if result is None:
        return []
    if result.type != "parameter_list":
        return [parsed.of(result)]
    found: list[str] = []
    for each in result.named_children:
        count = max(1, len(each.children_by_field_name("name")))
        found += [parsed.of(field(each, "type"))] * count
    return found


def _ending(subject: Subject, parsed: Tree, function: Node, results: Sequence[str]) -> Iterator[Edit]:
    body = field(function, "body")
    values = _last_values(subject, parsed, function, results)
    if body is not None and values:
        end = parsed.char(body.end_byte) - 1
        yield end, end, f"\nreturn {values}\n"


def _last_values(subject: Subject, parsed: Tree, function: Node, results: Sequence[str]) -> str:
    """Return what a function gives where none of its returns was taken; nothing where that cannot be told.

    A lone answer is the opposite of what all others are; an error is nil where it is not nil elsewhere.
    """
    given = [parsed.of(each).removeprefix("return").strip() for each in _own_returns(function)]
    receiver = field(function, "receiver")
    if receiver is not None and [parsed.of(field(receiver.named_children[0], "type"))] == results:
        return parsed.of(field(receiver.named_children[0], "name"))
    if results == ["bool"] and len(set(given)) == 1 and given[0] in ("true", "false"):
        return "true" if given[0] == "false" else "false"
    if results == ["error"]:
        return "" if given and set(given) == {"nil"} else "nil"
    if not given or (results[-1] == "error" and all(each.endswith("nil") for each in given)):
        return ""
    return ", ".join(zero(each, types(subject)) for each in results)


def _own_returns(function: Node) -> Iterator[Node]:
    returns = (node for node in walk(function) if node.type == "return_statement")
    return (node for node in returns if above(node, *FUNCTIONS) == function)


def _fitted(subject: Subject, parsed: Tree, found: Diagnostic, results: Sequence[str]) -> Iterator[Edit]:
    """Add a nil error behind, or values before an error; drop what is nil and too much."""
    node = above(innermost(parsed, found), "return_statement")
    if node is None:
        return
    values = [child for each in node.named_children for child in each.named_children]
    texts = [parsed.of(value) for value in values]
    lacking = list(results[len(texts) :])
    if texts and lacking == ["error"] and "(error)" not in found["message"]:
        texts.append("nil")
    elif len(texts) == 1 and lacking and results[-1] == "error" and "have (error)" in found["message"]:
        texts = [*(zero(each, types(subject)) for each in results[:-1]), *texts]
    elif len(texts) > len(results) and set(texts[len(results) :]) == {"nil"}:
        texts = texts[: len(results)]
    else:
        return
    yield *parsed.span(node), f"return {', '.join(texts)}".strip()
