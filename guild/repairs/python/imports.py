"""The imports: each used, from where its name really lies, and none missing that the project or the library offers."""

import ast
import builtins
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from guild.repairs.python.surroundings import is_test, modules, own_module, span
from guild.repairs.subject import Subject
from guild.syntax import Edit, edited
from guild.syntax.python import imports
from guild.syntax.python.tree import tree

_GENEROUS = (
    "dataclasses collections typing functools itertools enum abc contextlib pathlib decimal fractions heapq bisect math"
)
"""Modules whose names are often used without them, the likeliest first."""
_TESTING = "pytest"

Modules = dict[str, frozenset[str]]
Statement = ast.Import | ast.ImportFrom


def apply(subject: Subject) -> str:
    """Correct where names are imported from, drop what is not used, add what is missing; a broken file stays."""
    parsed = _parsed(subject.text)
    if parsed is None:
        return subject.text
    own = modules(subject)
    used = {node.id for node in ast.walk(parsed) if isinstance(node, ast.Name)} | _listed(parsed)
    keeps = subject.path.endswith("__init__.py")
    edits = [edit for node in _statements(parsed) for edit in _corrected(subject, own, node, None if keeps else used)]
    text = edited(subject.text, edits)
    missing = "".join(dict.fromkeys(_missing(subject, own, text)))
    return imports.merged(text, tree(missing)) if missing else text


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def _statements(parsed: ast.Module) -> Iterator[Statement]:
    """Yield the imports that stand on lines of their own at the top level."""
    lines = [line for node in parsed.body for line in {node.lineno, node.end_lineno}]
    for node in parsed.body:
        if isinstance(node, Statement) and lines.count(node.lineno) == lines.count(node.end_lineno or 0) == 1:
            yield node


def _listed(parsed: ast.Module) -> set[str]:
    """Return the names that `__all__` lists, and those in annotations that are strings."""
    texts = (node.value for node in ast.walk(parsed) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {word for text in texts if len(text) < 200 for word in text.replace("[", " ").replace("]", " ").split()}


def _corrected(subject: Subject, own: Modules, node: Statement, used: set[str] | None) -> Iterator[Edit]:
    """Yield the edit that puts an import right: one line a module that its names come from."""
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return
    wanted: dict[str, list[str]] = {}
    for alias in node.names:
        bound = (alias.asname or alias.name).partition(".")[0]
        if used is None or bound in used or alias.name == "*":
            origin = _origin(subject, own, node, alias)
            wanted.setdefault(origin, []).append(_spelt(alias))
    lines = "".join(_line(origin, names) for origin, names in wanted.items() if origin != own_module(subject))
    if lines != _line(_module_of(node), [_spelt(alias) for alias in node.names]):
        yield (*span(subject.text, node), lines)


def _module_of(node: Statement) -> str:
    return "" if isinstance(node, ast.Import) else "." * node.level + (node.module or "")


def _origin(subject: Subject, own: Modules, node: Statement, alias: ast.alias) -> str:
    """Return the module that a name is to be imported from; its own where nobody knows better."""
    said = _module_of(node)
    if isinstance(node, ast.Import) or said in own or said.partition(".")[0] in {*sys.stdlib_module_names, _TESTING}:
        return said
    package = own_module(subject).split(".")[: -node.level] if node.level else []
    absolute = ".".join([*package, node.module] if node.module else package)
    if node.level and (absolute in own or f"{absolute}.{alias.name}".lstrip(".") in own) and package:
        return said
    near = [module for module, names in own.items() if alias.name in names]
    return near[0] if len(near) == 1 else said


def _line(origin: str, names: list[str]) -> str:
    return f"from {origin} import {', '.join(names)}\n" if origin else "".join(f"import {name}\n" for name in names)


def _spelt(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _missing(subject: Subject, own: Modules, text: str) -> Iterator[str]:
    """Yield the imports of names that are used and bound nowhere: the project's before the library's."""
    parsed = _parsed(text)
    nodes = list(ast.walk(parsed)) if parsed else []
    members = {pair for node in nodes for pair in _qualified(node)}
    bound = {name for node in nodes for name in _bound(node)} | set(dir(builtins))
    for name in sorted({node.id for node in nodes if isinstance(node, ast.Name)} - bound):
        qualified = {attribute for qualifier, attribute in members if qualifier == name}
        yield _import_of(name, qualified, own, testing=is_test(subject.path))


def _qualified(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield node.value.id, node.attr


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=alias):
            yield alias or name.partition(".")[0]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names
        case _:
            return


def _import_of(name: str, members: set[str], own: Modules, *, testing: bool) -> str:
    """Return the line that imports a name; nothing where nobody offers it, or two do."""
    near = [module for module, names in own.items() if name in names]
    if near:
        return f"from {near[0]} import {name}\n" if len(near) == 1 else ""
    if name in own or (name == _TESTING and testing):
        return f"import {name}\n"
    if members and name in sys.stdlib_module_names and all(member in _offered(name) for member in members):
        return f"import {name}\n"
    library = next((module for module in _GENEROUS.split() if name in _offered(module)), "")
    library = library or (name if name in sys.stdlib_module_names and name in _offered(name) else "")
    return f"from {library} import {name}\n" if library else ""


@cache
def _offered(module: str) -> frozenset[str]:
    """Return the public names of a module of the library; none of those that act when they are imported."""
    if module.startswith("_") or module in ("antigravity", "this", "idlelib", "turtledemo"):
        return frozenset()
    try:
        loaded = import_module(module)
    except ImportError:
        return frozenset()
    return frozenset(name for name in getattr(loaded, "__all__", dir(loaded)) if not name.startswith("_"))
