"""What the call of an oracle is about: the names it uses, where the project declares them, with which parameters."""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Node

from guild.syntax import Declaration
from guild.syntax.react.expressions import expression
from guild.syntax.react.source import default_of, exports
from guild.syntax.react.spelling import function_of
from guild.syntax.react.tree import FUNCTIONS, Tree, bound_names, field, tree, walk
from guild.toolchains import Subject
from guild.toolchains.react.layout import shipped, source_of
from guild.values import ANY_WANT, ERROR_WANT, Expect

_NAMES = ("identifier", "shorthand_property_identifier")
_LACKING = re.compile(
    r"(?P<name>[\w$]+) is not defined|(?:\w+\.)*(?P<member>[\w$]+)\)? is not a (?:function|constructor)"
)


def fault(expect: Expect) -> str:
    """Return the text of an oracle that is no expression; nothing when all of them are."""
    texts = (expect["call"], *(want for want in expect["want"] if want not in (ANY_WANT, ERROR_WANT)))
    return next((text for text in texts if expression(text) is None), "")


def names(text: str) -> list[str]:
    """Return the names in an expression that it does not bind itself, each once."""
    found = expression(text)
    if found is None:
        return []
    parsed, node = found
    inner = {name for each in walk(node) if each.type in FUNCTIONS for name in bound_names(parsed, _parameters(each))}
    used = (parsed.of(each) for each in walk(node) if each.type in _NAMES)
    return [name for name in dict.fromkeys(used) if name not in inner]


def imports(texts: list[str], files: Mapping[str, str]) -> Iterator[str]:
    """Yield the statements that load what expressions need of the project's modules."""
    homes: dict[tuple[str, bool], list[str]] = {}
    for name in dict.fromkeys(name for text in texts for name in names(text)):
        home = next((path for path in shipped(files) if name in _declared(files[path])), None)
        if home is not None:
            default = name not in exports(files[home]) and default_of(files[home]) == name
            homes.setdefault((home, default), []).append(name)
    for (home, default), wanted in homes.items():
        picked = ", ".join(f"default: {name}" if default else name for name in wanted)
        yield f'const {{ {picked} }} = await import("./{home}");'


def subject(files: Mapping[str, str], expect: Expect, message: str) -> Subject:
    """Say which symbol of the project an oracle is about, and whether it lacks one that the oracle calls."""
    if name := _lacking(expect["call"], message, files):
        return Subject(symbol=name, path="", missing=True)
    for name in names(expect["call"]):
        for path in shipped(files):
            if name in _declared(files[path]):
                return Subject(symbol=name, path=path, missing=False)
    return Subject(symbol="", path="", missing=False)


def agrees(files: Mapping[str, str], symbol: str, signature: str) -> bool:
    """Say whether the project declares a function that takes what `signature` takes, which may be about another."""
    wanted = _shape(signature)
    if wanted is None or not symbol or wanted[0] != symbol:
        return True
    declared = (each for path in shipped(files) for each in source_of(files[path]).declarations)
    return any(_shape_of(each) == wanted for each in declared if each.name == symbol)


def _declared(text: str) -> set[str]:
    return {found.name for found in source_of(text).declarations}


def _parameters(function: Node) -> Node | None:
    return field(function, "parameters") or field(function, "parameter")


def _lacking(call: str, message: str, files: Mapping[str, str]) -> str:
    """Return the name that a call uses and that no module offers, when a project could have offered it."""
    match = _LACKING.search(message)
    name = next((each for each in match.groups() if each), "") if match else ""
    offered = {found for path in shipped(files) for found in (*exports(files[path]), default_of(files[path]))}
    return name if name in re.findall(r"[\w$]+", call) and name not in offered else ""


def _shape(signature: str) -> tuple[str, int] | None:
    """Return the name of a function and how many parameters it takes; None for any other declaration."""
    head = signature.removeprefix("export ").removeprefix("default ")
    function = function_of(head)
    parsed = tree(f"{head.strip()} {{}}")
    return _told(parsed, parsed.of(field(function, "name")), function) if function is not None else None


def _shape_of(found: Declaration) -> tuple[str, int] | None:
    parsed = tree(found.text)
    function = next((each for each in walk(parsed.root) if each.type in FUNCTIONS), None)
    return _told(parsed, found.name, function) if function is not None and found.kind == "func" else None


def _told(parsed: Tree, name: str, function: Node) -> tuple[str, int]:
    given = _parameters(function)
    if given is None or given.type == "identifier":
        return name, 0 if given is None else 1
    return name, len([each for each in given.named_children if each.type != "comment"])
