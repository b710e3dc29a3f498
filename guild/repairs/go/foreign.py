"""What other languages have and Go has in another form: methods of slices and strings, words of other libraries."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.library import owners
from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.scope import uses
from guild.syntax.go.tree import Tree, field, tree
from guild.values import Diagnostic

_MEMBER = re.compile(r"^.+\.(?P<name>\w+) undefined \(type (?P<type>string|map\[.+|\[\d*\].+) has no field or method")
_LENGTHS = ("len", "length", "size", "count")
_APPENDS = ("append", "push", "add")
_WRAPS = ("errors.Wrap", "errors.Wrapf")
_CONSTRAINTS = "golang.org/x/exp/constraints"


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Write `len(s)`, `append`, `strings.X(s)`, `%w` and `cmp.Ordered` for what is called otherwise elsewhere."""
    parsed = tree(subject.text)
    edits: list[Edit] = []
    for found in diagnostics:
        node = innermost(parsed, found)
        if match := _MEMBER.match(found["message"]):
            edits += _function_of(parsed, node, match)
        elif found["symbol"] in _WRAPS and found["code"] == "undefined":
            edits += _wrapped(parsed, node, found["symbol"])
        elif found["symbol"] == _CONSTRAINTS:
            free = (use for use in uses(parsed) if (use.name, use.member) == ("constraints", "Ordered"))
            edits += [(*parsed.span(use.node), "cmp") for use in free]
    return edits


def _function_of(parsed: Tree, node: Node, match: re.Match[str]) -> Iterator[Edit]:
    """Hand what the method was called on to the function that does the same."""
    member = above(node, "selector_expression")
    while member is not None and parsed.of(field(member, "field")) != match["name"]:
        member = above(member.parent, "selector_expression") if member.parent is not None else None
    call = member.parent if member is not None else None
    if member is None or call is None:
        return
    called = call.type == "call_expression" and field(call, "function") == member
    arguments = field(call, "arguments") if called else None
    given = [parsed.of(each) for each in arguments.named_children] if arguments is not None else []
    owner, name = parsed.of(field(member, "operand")), match["name"]
    whole = call if called else member
    if name.lower() in _LENGTHS and not given:
        yield *parsed.span(whole), f"len({owner})"
    elif match["type"] == "string" and called and "strings" in owners(name):
        yield *parsed.span(whole), f"strings.{name}({', '.join([owner, *given])})"
    elif name.lower() in _APPENDS and match["type"].startswith("[]") and given and _is_statement(call):
        yield *parsed.span(whole), f"{owner} = append({', '.join([owner, *given])})"


def _is_statement(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "expression_statement"


def _wrapped(parsed: Tree, node: Node, symbol: str) -> Iterator[Edit]:
    """Wrap an error by `%w`, as the library does."""
    call = above(node, "call_expression")
    arguments = field(call, "arguments") if call is not None else None
    given = arguments.named_children if arguments is not None else []
    if call is None or len(given) < 2 or given[1].type != "interpreted_string_literal":
        return
    message = parsed.of(given[1])[:-1] + ': %w"'
    message = message if symbol.endswith("f") else message.replace("%", "%%").replace("%%w", "%w")
    rest = [parsed.of(each) for each in (*given[2:], given[0])]
    yield *parsed.span(call), f"fmt.Errorf({', '.join([message, *rest])})"
