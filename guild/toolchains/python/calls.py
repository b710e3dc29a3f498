"""What the call of an oracle is about: the names it uses, where the project declares them, with which parameters."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping

from guild.syntax import Declaration
from guild.toolchains import Subject
from guild.toolchains.python.layout import Module, shipped, tree_of
from guild.toolchains.python.reading import source_of
from guild.values import ANY_WANT, ERROR_WANT, Expect

_LACKING = re.compile(
    r"name '(?P<name>\w+)' is not defined|cannot import name '(?P<imported>\w+)'|has no attribute '(?P<member>\w+)'"
)


def is_expression(text: str) -> bool:
    """Say whether a text is one expression of the language."""
    try:
        ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def fault(expect: Expect) -> str:
    """Return the text of an oracle that is no expression; nothing when all of them are."""
    texts = (expect["call"], *(want for want in expect["want"] if want not in (ANY_WANT, ERROR_WANT)))
    return next((text for text in texts if not is_expression(text)), "")


def names(text: str) -> list[str]:
    """Return the names in an expression that it does not bind itself, each once."""
    tree = tree_of(text.strip())
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    used = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return [name for name in dict.fromkeys(used) if name not in bound]


def imports(texts: list[str], files: Mapping[str, str]) -> Iterator[str]:
    """Yield the import statements that expressions need, the project's names before modules of that name."""
    known = shipped(files)
    for name in dict.fromkeys(name for text in texts for name in names(text)):
        home = next((each for each in known if each.name and name in declared_by(each, files)), None)
        if home:
            yield f"from {home.name} import {name}"
        elif any(each.name.partition(".")[0] == name for each in known) or name in sys.stdlib_module_names:
            inside = [each.name for each in known if each.name.startswith(f"{name}.")]
            yield from (f"import {each}" for each in inside or [name])
        else:
            yield from (f"from {package} import {name}" for package in _elsewhere(name, known, files))


def declared_by(module: Module, files: Mapping[str, str]) -> set[str]:
    """Return the names that a module of the project declares."""
    return {found.name for found in source_of(files[module.path]).declarations}


def subject(files: Mapping[str, str], expect: Expect, message: str) -> Subject:
    """Say which symbol of the project an oracle is about, and whether it lacks one that the oracle calls."""
    if name := _lacking(expect["call"], message):
        return Subject(symbol=name, path="", missing=True)
    used = [*names(expect["call"]), *_members(expect["call"])]
    for name in used:
        for module in shipped(files):
            if name in declared_by(module, files):
                return Subject(symbol=name, path=module.path, missing=False)
    return Subject(symbol="", path="", missing=False)


def agrees(files: Mapping[str, str], symbol: str, signature: str) -> bool:
    """Say whether the project declares a function with the parameters of `signature`, which may be about another."""
    wanted = _shape(signature)
    if wanted is None or not symbol or wanted.name != symbol.rpartition(".")[2]:
        return True
    found = (_shape(declared.signature) for declared in _declarations(files))
    return any(_alike(each, wanted) for each in found if each and each.name == wanted.name)


def _lacking(call: str, message: str) -> str:
    """Return the name that a call uses and that is nowhere, when a project could have declared it."""
    match = _LACKING.search(message)
    name = next((each for each in match.groups() if each), "") if match else ""
    called = [_tail(node.func) for node in ast.walk(tree_of(call.strip())) if isinstance(node, ast.Call)]
    qualified = {node.attr for node in ast.walk(tree_of(call.strip())) if isinstance(node, ast.Attribute)}
    return name if name in (*called, *qualified) or (name in names(call) and name[:1].isupper()) else ""


def _members(call: str) -> Iterator[str]:
    yield from (node.attr for node in ast.walk(tree_of(call.strip())) if isinstance(node, ast.Attribute))


def _tail(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _elsewhere(name: str, known: list[Module], files: Mapping[str, str]) -> list[str]:
    """Return the package that holds a module of that name, else the module that imports something as that."""
    inside = [each.name.rpartition(".")[0] for each in known if each.name.endswith(f".{name}")]
    used = ((each.name, source_of(files[each.path]).imports) for each in known if each.name)
    return [*inside, *(home for home, found in used if name in {(each.alias or each.path) for each in found})][:1]


def _declarations(files: Mapping[str, str]) -> Iterator[Declaration]:
    for module in shipped(files):
        yield from source_of(files[module.path]).declarations


def _shape(signature: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """Read the head of a function or method; None for any other declaration."""
    tree = tree_of(f"{signature.strip().rstrip(':')}: ...\n")
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return next(functions, None)


_Head = ast.FunctionDef | ast.AsyncFunctionDef


def _alike(one: _Head, other: _Head) -> bool:
    """Say whether two heads take the same calls; what one of them does not annotate may be anything."""
    pairs = zip(_annotations(one), _annotations(other), strict=False)
    same = all(a is None or b is None or ast.dump(a) == ast.dump(b) for a, b in pairs)
    return same and type(one) is type(other) and _takes(one) == _takes(other)


def _takes(head: _Head) -> tuple[object, ...]:
    given = head.args
    keywords = sorted(argument.arg for argument in given.kwonlyargs)
    return len([*given.posonlyargs, *given.args]), len(given.defaults), keywords, bool(given.vararg), bool(given.kwarg)


def _annotations(head: _Head) -> list[ast.expr | None]:
    arguments = [*head.args.posonlyargs, *head.args.args, *head.args.kwonlyargs]
    return [*(argument.annotation for argument in arguments), head.returns]
