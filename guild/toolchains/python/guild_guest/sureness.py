"""What a module's text is sure to meet: modules that are not there, members that they lack, calls that do not fit."""

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any, TypeGuard

_FORGIVING = {"ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "BaseException"}
_WARY = ("hasattr", "platform", "version", "TYPE_CHECKING", "os.name")
_WATCHFUL = ("raises", "suppress")
_BESIDE_PROJECTS = {"pytest", "_pytest"}


def missing(tree: ast.Module, layer: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each import that leads nowhere, unless the text reckons with it."""
    for node in sure(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        else:
            continue
        yield from ((node.lineno, name) for name in names if not _is_there(name.partition(".")[0], layer))


def lacking(tree: ast.Module, namespace: dict[str, Any]) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, column, module and member of each member that an imported module does not have."""
    bound = _bound(tree)
    for node in sure(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and isinstance(node.ctx, ast.Load):
            module = namespace.get(node.value.id)
            if isinstance(module, ModuleType) and node.value.id not in bound and not _has(module, node.attr):
                yield node.lineno, node.col_offset + 1, module.__name__, node.attr


def misfits(tree: ast.Module, namespace: dict[str, Any], root: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, column, function and fault of each call that does not fit the project's function that it calls."""
    bound = _bound(tree, functions=False)
    for node in sure(tree):
        if not isinstance(node, ast.Call) or any(isinstance(each, ast.Starred) for each in node.args):
            continue
        name = ast.unparse(node.func)
        head, _, member = name.partition(".")
        called = namespace.get(head)
        called = getattr(called, member, None) if member and isinstance(called, ModuleType) else called
        if head in bound or (member and "." in member) or not _is_own(called, root):
            continue
        named = {each.arg: None for each in node.keywords if each.arg}
        try:
            if len(named) == len(node.keywords):
                inspect.signature(called).bind(*node.args, **named)
        except TypeError as fault:
            yield node.lineno, node.col_offset + 1, name, str(fault)


def _is_own(called: object, root: str) -> TypeGuard[Callable[..., Any]]:
    """Say whether a plain function of the project is called, or a class of which such a one makes the instances."""
    if type(called) is type:
        called = None if "__new__" in vars(called) else vars(called).get("__init__")
    if not isinstance(called, FunctionType) or hasattr(called, "__wrapped__"):
        return False
    return called.__code__.co_filename.startswith((f"{root}/", "<string>"))


def sure(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield a tree's nodes without the branches that expect to fail, or that may be meant for another machine."""
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        skipped: list[ast.stmt] = []
        if isinstance(node, ast.Try) and any(_forgives(handler) for handler in node.handlers):
            skipped = node.body
        elif isinstance(node, ast.If) and any(word in ast.unparse(node.test) for word in _WARY):
            skipped = [*node.body, *node.orelse]
        elif isinstance(node, ast.With) and any(word in ast.unparse(item) for item in node.items for word in _WATCHFUL):
            skipped = node.body
        todo += [child for child in ast.iter_child_nodes(node) if child not in skipped]


def _forgives(handler: ast.ExceptHandler) -> bool:
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else _FORGIVING
    return bool(names & _FORGIVING)


def _is_there(name: str, layer: str) -> bool:
    if name in _BESIDE_PROJECTS:
        return True
    try:
        spec = find_spec(name)
    except (ValueError, ImportError):
        return name == "__main__"
    return spec is not None and not (spec.origin or "").startswith(f"{layer}/")


def _bound(tree: ast.Module, *, functions: bool = True) -> set[str]:
    """Return the names that a module gives to something else than its top imports, or its top functions and classes."""
    found: set[str] = set()
    for node in ast.walk(tree):
        nested = node not in tree.body
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.ExceptHandler):
            found.add(node.name or "")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and (functions or nested):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom) and nested:
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return found


def _has(module: ModuleType, member: str) -> bool:
    try:
        return hasattr(module, member) or find_spec(f"{module.__name__}.{member}") is not None
    except (ValueError, ImportError):
        return False
