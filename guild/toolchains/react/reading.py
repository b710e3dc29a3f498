"""What a React project's files say without being run: where they do not parse, what they declare, import and test."""

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from time import monotonic

from tree_sitter import Node

from guild.syntax.react.tests import each_test
from guild.syntax.react.tree import FUNCTIONS, Tree, exported, field, tree, walk
from guild.toolchains import Census, Report
from guild.toolchains.react.layout import REACT, diagnostic, distinct, modules, shipped, source_of, tests
from guild.values import Diagnostic

_FAILS = ("expect", "assert", "fail")


def parse(files: Mapping[str, str]) -> Report:
    """Say which file does not parse, and which import of a file leads to none."""
    begun = monotonic()
    found = distinct(each for path in modules(files) for each in _faults(path, files))
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun)


def census(files: Mapping[str, str]) -> Census:
    """Read what the files declare and test."""
    named = [(path, found.title, found.body) for path in tests(files) for found in each_test(tree(files[path]))]
    helpers = [tree(files[path]) for path in tests(files)]
    return Census(
        symbols=frozenset(each.name for path in shipped(files) for each in source_of(files[path]).declarations),
        tests=tuple(f"{path}:{title}" for path, title, _ in named),
        hollow=tuple(
            f"{path}:{title}" for path, title, body in named if not _can_fail(tree(files[path]), body, helpers)
        ),
    )


def _faults(path: str, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    source = REACT.parse(files[path])
    for fault in source.faults:
        yield diagnostic(fault.message, "syntax", (path, fault.line, fault.column), "parse")
    for used in source.imports:
        target = normpath(join(dirname(path), used.path))
        if used.path.startswith(".") and target not in files:
            found = diagnostic(f'there is no file "{used.path}"', "missing-package", (path, used.line, 0), "parse")
            yield {**found, "symbol": target}


def _can_fail(parsed: Tree, body: Node | None, all_tests: list[Tree]) -> bool:
    """Tell whether a test expects something, itself or by way of functions of the test files."""
    todo = [(parsed, body)] if body is not None else []
    seen = set[str]()
    while todo:
        home, node = todo.pop()
        for each in walk(node):
            if each.type == "throw_statement":
                return True
            if each.type != "call_expression":
                continue
            name = home.of(field(each, "function")).split(".")[0].split("(")[0]
            if name in _FAILS:
                return True
            if name not in seen:
                seen.add(name)
                todo += [(other, found) for other in all_tests for found in _functions(other, name)]
    return False


def _functions(parsed: Tree, name: str) -> Iterator[Node]:
    for node in map(exported, parsed.root.named_children):
        if node.type in FUNCTIONS and parsed.of(field(node, "name")) == name:
            yield node
        for one in node.named_children if node.type == "lexical_declaration" else ():
            if parsed.of(field(one, "name")) == name:
                yield one
