"""Whether a test can fail: an assertion stands in it, or in something of the tests that it uses."""

import ast
from collections.abc import Iterator, Mapping

from guild.toolchains.python.layout import is_test, tree_of

_FAILS = ("raises", "warns", "fail", "deprecated_call")
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def can_fail(files: Mapping[str, str], path: str, test: str) -> bool:
    """Tell whether a test, `test_a` or `TestB.test_a`, reaches an assertion by way of functions of the test files."""
    helpers: dict[str, list[_Function]] = {}
    for other in files:
        for name, function in _functions(files[other]) if other.endswith(".py") and is_test(other) else ():
            helpers.setdefault(name.rpartition(".")[2], []).append(function)
    todo = [function for name, function in _functions(files[path]) if name == test]
    seen = set(todo)
    while todo:
        function = todo.pop()
        if any(_fails(node) for node in ast.walk(function)):
            return True
        fresh = {each for name in _used(function) for each in helpers.get(name, ())} - seen
        seen |= fresh
        todo += fresh
    return False


def _functions(text: str) -> Iterator[tuple[str, _Function]]:
    for node in tree_of(text).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        head = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        yield from ((f"{head}{each.name}", each) for each in inside if isinstance(each, _Function))


def _fails(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return not (isinstance(node.test, ast.Constant) and node.test.value)
    if isinstance(node, ast.Call):
        name = _name(node.func)
        return name in _FAILS or name.lower().startswith("assert")
    return isinstance(node, ast.Raise)


def _used(function: _Function) -> Iterator[str]:
    """Yield the names of what a function calls, and of the fixtures that it asks for."""
    yield from (argument.arg for argument in function.args.args)
    yield from (_name(node.func) for node in ast.walk(function) if isinstance(node, ast.Call))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
