"""Type parameters: types that go without theirs, constraints that allow too much, zero values of any type."""

import re
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from guild.repairs.go.declared import LITERAL_TYPES
from guild.repairs.go.messages import misuses
from guild.repairs.go.places import above, innermost
from guild.repairs.subject import Subject
from guild.syntax.go import Edit
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.values import Diagnostic

_BARE = re.compile(
    r"^cannot use generic (?:type|function) (?P<name>[\w.]+)(?:\[(?P<parameters>.+)\])? without instantiation$"
)
_UNTOLD = re.compile(r"^in call to (?P<name>[\w.]+), cannot infer (?P<parameter>\w+)")
_NEEDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\(type parameter (?P<name>\w+) cannot use operator (?:[<>]=?|\+)\)$"), "cmp.Ordered"),
    (re.compile(r"\((?P<name>)incomparable types in type set\)$"), "comparable"),
    (re.compile(r"^invalid map key type (?P<name>\w+) \(missing comparable constraint\)$"), "comparable"),
    (re.compile(r"^(?P<name>\w+) does not satisfy (?P<wanted>comparable|cmp\.Ordered)\b"), ""),
)
_ZEROS = ("0", "0.0", '""', "``", "false", "nil")
_LOOSE = ("any", "interface{}", "comparable")
_HOLDERS = ("function_declaration", "method_declaration", "type_spec")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Hand on the type parameters that are in scope, constrain them to what is done, write their zero as they do."""
    parsed = tree(subject.text)
    edits: dict[Edit, None] = {}
    for misuse in misuses(parsed, diagnostics):
        if misuse.wanted in _in_scope(parsed, misuse.node) and parsed.of(misuse.node) in _ZEROS:
            edits[(*parsed.span(misuse.node), f"*new({misuse.wanted})")] = None
    for found in diagnostics:
        node = innermost(parsed, found)
        if match := _BARE.match(found["message"]) or _UNTOLD.match(found["message"]):
            edits |= dict.fromkeys(_instantiated(parsed, node, match))
        for pattern, wanted in _NEEDS:
            if match := pattern.search(found["message"]):
                edits |= dict.fromkeys(_constrained(parsed, node, match["name"], wanted or match["wanted"]))
    return list(edits)


def _instantiated(parsed: Tree, node: Node, match: re.Match[str]) -> Iterator[Edit]:
    """Put arguments behind a generic name: in a receiver its own, else those in scope, else what it is filled with."""
    target = _named(parsed, node, match["name"])
    declared = [each.split()[0] for each in re.split(r", *", match.groupdict().get("parameters") or "") if each]
    if target is None:
        return
    in_receiver = above(target, "parameter_list", "block")
    owner = above(target, "method_declaration")
    if owner is not None and in_receiver == field(owner, "receiver"):
        arguments = declared
    else:
        arguments = _in_scope(parsed, target)
        if declared and len(arguments) != len(declared):
            arguments = []
        arguments = arguments or _filled(parsed, target, len(declared) or 1)
    end = parsed.char(target.end_byte)
    if arguments:
        yield end, end, f"[{', '.join(arguments)}]"


def _named(parsed: Tree, node: Node, name: str) -> Node | None:
    """Find the generic name that a diagnostic is about: there, or before the parenthesis that it points at."""
    call = above(node, "call_expression", "block")
    function = field(call, "function") if call is not None and call.type == "call_expression" else None
    candidates = [node, node.parent, function]
    return next((each for each in candidates if each is not None and parsed.of(each) == name), None)


def _in_scope(parsed: Tree, node: Node) -> list[str]:
    """Return the type parameters of the declaration that a node stands in."""
    holder = above(node, *_HOLDERS)
    receiver = field(holder, "receiver") if holder is not None else None
    if receiver is not None:
        given = next((each for each in walk(receiver) if each.type == "type_arguments"), None)
        return [parsed.of(each) for each in given.named_children] if given is not None else []
    listed = field(holder, "type_parameters") if holder is not None else None
    declared = listed.named_children if listed is not None else []
    return [parsed.of(name) for each in declared for name in each.children_by_field_name("name")]


def _filled(parsed: Tree, target: Node, count: int) -> list[str]:
    """Return the types of the literals that a new variable's methods are given, where they are the same everywhere."""
    statement, function = above(target, "short_var_declaration"), above(target, "function_declaration")
    left = field(statement, "left") if statement is not None else None
    if left is None or function is None or left.named_child_count != 1:
        return []
    found = {kinds for kinds in _given(parsed, function, parsed.of(left)) if len(kinds) == count}
    return list(found.pop()) if len(found) == 1 else []


def _given(parsed: Tree, function: Node, variable: str) -> Iterator[tuple[str, ...]]:
    for call in walk(function):
        callee = field(call, "function") if call.type == "call_expression" else None
        arguments = field(call, "arguments")
        if callee is not None and arguments is not None and parsed.of(field(callee, "operand")) == variable:
            kinds = [LITERAL_TYPES.get(each.type, "") for each in arguments.named_children]
            if kinds and all(kinds):
                yield tuple(kinds)


def _constrained(parsed: Tree, node: Node, name: str, wanted: str) -> Iterator[Edit]:
    """Give a type parameter a tighter constraint, where it is declared."""
    for declared, parameter in _declarations(parsed, node, name):
        constraint = field(declared, "type")
        old = parsed.of(constraint)
        if constraint is None or old not in _LOOSE or old == wanted:
            continue
        names = [parsed.of(each) for each in declared.children_by_field_name("name")]
        parts = [f"{each} {wanted if each == parameter else old}" for each in names]
        yield *parsed.span(declared), ", ".join(parts)


def _declarations(parsed: Tree, node: Node, name: str) -> Iterator[tuple[Node, str]]:
    """Yield where a type parameter is declared, with its name there: a method's is its receiver type's."""
    holder = above(node, *_HOLDERS)
    receiver = field(holder, "receiver") if holder is not None else None
    scope = _in_scope(parsed, node)
    name = name or (scope[0] if len(scope) == 1 else "")
    place = scope.index(name) if name in scope else -1
    if receiver is not None:
        generic = next((each for each in walk(receiver) if each.type == "generic_type"), None)
        owner = parsed.of(field(generic, "type")) if generic is not None else ""
        specs = (each for each in walk(parsed.root) if each.type == "type_spec")
        holder = next((each for each in specs if parsed.of(field(each, "name")) == owner), None)
    listed = field(holder, "type_parameters") if holder is not None and place >= 0 else None
    declared = listed.named_children if listed is not None else []
    pairs = [(each, parsed.of(name)) for each in declared for name in each.children_by_field_name("name")]
    yield from pairs[place : place + 1]
