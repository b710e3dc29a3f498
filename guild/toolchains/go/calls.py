"""What the call of an oracle is about: the names it uses, the function it calls, and how the project declares that."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax import go as syntax
from guild.syntax.go import Declaration
from guild.syntax.go.scope import Use, free_uses
from guild.syntax.go.tree import Tree, field, tree, walk
from guild.toolchains import Subject
from guild.toolchains.go.layout import packages
from guild.values import ANY_WANT, Expect

_UNDEFINED = re.compile(r"undefined: (?:\w+\.)?(?P<name>\w+)|has no field or method (?P<member>\w+)")
_UNEXPORTED = re.compile(r"name (\w+) not exported by package")


@dataclass(frozen=True)
class Callee:
    """The function that a call calls last: how many results it has (None: unknown), whether an error is the last."""

    results: int | None
    returns_error: bool


@dataclass(frozen=True)
class Shape:
    """A function's head without the names of its parameters."""

    name: str
    parameters: tuple[str, ...]
    results: tuple[str, ...]


def is_expression(text: str) -> bool:
    """Say whether a text is one expression of the language."""
    source = syntax.parse(f"package p\nvar _ = {text}\n")
    return bool(text.strip()) and not source.faults and len(source.declarations) == 1


def fault(expect: Expect) -> str:
    """Return the text of an oracle that is no expression; nothing when all of them are."""
    texts = (expect["call"], *(want for want in expect["want"] if want != ANY_WANT))
    return next((text for text in texts if not is_expression(text)), "")


def names(call: str) -> list[Use]:
    """Return the names in an expression that the expression does not bind itself."""
    return free_uses(f"package p\nvar _ = {call}\n")


def callee(call: str, files: Mapping[str, str]) -> Callee:
    """Return what the project declares of the function that a call calls last."""
    name = _called(call)
    shapes = [shape for found in _declarations(files) for shape in [_shape(found.signature)] if shape]
    named = [shape for shape in shapes if name and shape.name.rpartition(".")[2] == name]
    counts = {len(shape.results) for shape in named}
    fails = any(shape.results and shape.results[-1] == "error" for shape in named)
    return Callee(counts.pop() if len(counts) == 1 else None, fails)


def subject(files: Mapping[str, str], expect: Expect, message: str) -> Subject:
    """Say which symbol of the project an oracle is about, and whether it lacks one that the oracle calls."""
    if name := _lacking(expect["call"], message):
        return Subject(symbol=name, path="", missing=True)
    places = {found.name: path for path in sorted(files, reverse=True) for found in _declared_in(path, files)}
    by_package = {(package.name, path): package.sources for package in packages(files) for path in package.sources}
    for use in names(expect["call"]):
        if not use.member and use.name in places:
            return Subject(symbol=use.name, path=places[use.name], missing=False)
        for package, path in by_package:
            if package == use.name and use.member in {found.name for found in _declared_in(path, files)}:
                return Subject(symbol=use.member, path=path, missing=False)
    return Subject(symbol="", path="", missing=False)


def agrees(files: Mapping[str, str], symbol: str, signature: str) -> bool:
    """Say whether the project declares a function with the types of `signature`, which may be about another symbol."""
    wanted = _shape(signature)
    if wanted is None or not symbol or wanted.name.rpartition(".")[2] != symbol:
        return True
    found = [shape for declared in _declarations(files) if (shape := _shape(declared.signature))]
    return wanted in found


def _lacking(call: str, message: str) -> str:
    """Return the name that a call uses and that the compiler misses, when a project could have declared it."""
    match = _UNDEFINED.search(message)
    unexported = _UNEXPORTED.search(message)
    name = unexported[1] if unexported else (match["name"] or match["member"]) if match else ""
    used = re.search(rf"\b{name}\s*[(\[{{.]", call) if name else None
    return name if name and (used or name[0].isupper()) and re.search(rf"\b{name}\b", call) else ""


def _declarations(files: Mapping[str, str]) -> Iterator[Declaration]:
    for path in files:
        yield from _declared_in(path, files)


def _declared_in(path: str, files: Mapping[str, str]) -> tuple[Declaration, ...]:
    shipped = path.endswith(".go") and not path.endswith("_test.go")
    return syntax.parse(files[path]).declarations if shipped else ()


def _called(call: str) -> str:
    """Return the name of the function that an expression calls last."""
    parsed = tree(f"package p\nvar _ = {call}\n")
    outer = next((node for node in walk(parsed.root) if node.type == "call_expression"), None)
    function = field(outer, "function") if outer else None
    while function is not None and function.type in ("type_instantiation_expression", "index_expression"):
        function = function.named_children[0]
    if function is None:
        return ""
    return parsed.of(field(function, "field") if function.type == "selector_expression" else function)


def _shape(signature: str) -> Shape | None:
    """Read the head of a function or method; None for any other declaration."""
    parsed = tree(f"package p\n{signature} {{}}\n")
    node = next((node for node in parsed.root.named_children if node.type.endswith(("_declaration",))), None)
    if node is None or node.type not in ("function_declaration", "method_declaration"):
        return None
    receiver = _types(parsed, field(node, "receiver"))
    name = parsed.of(field(node, "name"))
    whole = f"{receiver[0].lstrip('*').partition('[')[0]}.{name}" if receiver else name
    return Shape(whole, _types(parsed, field(node, "parameters")), _types(parsed, field(node, "result")))


def _types(parsed: Tree, node: Node | None) -> tuple[str, ...]:
    """Return the types of a parameter list, one for each parameter, or of a single result."""
    if node is None:
        return ()
    if node.type != "parameter_list":
        return (_spaced(parsed.of(node)),)
    found: list[str] = []
    for child in node.named_children:
        if child.type.endswith("parameter_declaration"):
            dots = "..." if child.type.startswith("variadic") else ""
            count = max(1, len(child.children_by_field_name("name")))
            found += [dots + _spaced(parsed.of(field(child, "type")))] * count
    return tuple(found)


def _spaced(text: str) -> str:
    return " ".join(text.split()).replace("interface{}", "any").replace("interface {}", "any")
