"""Which call paths a Go project holds: whether a test can fail, whether a program serves."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname

from tree_sitter import Node

from guild.syntax.go.scope import Use, uses
from guild.syntax.go.source import parse, receiver_of
from guild.syntax.go.stdlib import package_name
from guild.syntax.go.tree import DECLARATIONS, Tree, field, tree, walk

_FAILS = {"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"}
_JOINS = {"Add", "Done", "Wait", "Lock", "Unlock", "RLock", "RUnlock", "Log", "Logf", "Helper"}
_TESTERS = {"T", "B", "F", "TB"}
_LISTENS = {
    "net": {"Listen", "ListenTCP", "ListenUnix"},
    "net/http": {"ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"},
    "crypto/tls": {"Listen"},
}
_SERVES = {"ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"}


@dataclass(frozen=True)
class _Body:
    """What one top-level declaration refers to, its closures included."""

    folder: str
    name: str
    method: bool
    receiver: str
    """The variable that a method calls its receiver."""
    refers: frozenset[str]
    imported: frozenset[tuple[str, str]]
    """Import path and member."""
    selected: frozenset[tuple[str, str]]
    """What a member is selected from (empty unless a plain name) and the member."""
    fails: bool


def can_fail(files: Mapping[str, str], test: str) -> bool:
    """Tell whether some call path of a test reaches t.Error, t.Fatal, t.Fail or panic, in the files of its folder.

    A goroutine that works on what a test made can fail too: it crashes, or the race detector sees it.
    `test` is a name, or `path:name` where several folders have one of that name.
    """
    path, _, name = test.rpartition(":")
    bodies = _bodies(files)
    starts = [body for body in bodies if body.name == name and not body.method]
    starts = [body for body in starts if not path or body.folder == dirname(path)]

    def onwards(body: _Body) -> Iterator[_Body]:
        members = {member for _, member in body.selected}
        for other in bodies:
            if other.folder == body.folder and other.name in (members if other.method else body.refers):
                yield other

    return bool(starts) and all(_reaches(start, onwards, lambda body: body.fails) for start in starts)


def reaches_server(files: Mapping[str, str]) -> bool:
    """Tell whether a program's main reaches a listening call, by call paths inside the module."""
    bodies = _bodies({path: text for path, text in files.items() if not path.endswith("_test.go")})
    programs = {dirname(path) for path, text in files.items() if _is_go(path) and parse(text).package == "main"}
    folders = _folders(files)
    methods = {body.name for body in bodies if body.method}

    def onwards(body: _Body) -> Iterator[_Body]:
        members = {member for _, member in body.selected}
        abroad = {(folders.get(path), member) for path, member in body.imported}
        for other in bodies:
            here = other.folder == body.folder and other.name in body.refers
            if other.name in members if other.method else here or (other.folder, other.name) in abroad:
                yield other

    starts = [b for b in bodies if b.folder in programs and b.name in ("main", "init") and not b.method]
    return any(_reaches(start, onwards, lambda body: _listens(body, methods)) for start in starts)


def _listens(body: _Body, own_methods: set[str]) -> bool:
    """Tell whether a body calls a listener: a method of the project's own that only shares the name is followed."""
    if any(member in _LISTENS.get(path, ()) for path, member in body.imported):
        return True
    for operand, member in body.selected:
        wraps = body.method and body.name == member and operand != body.receiver
        if member in _SERVES and (member not in own_methods or not operand or wraps):
            return True
    return False


def _reaches(start: _Body, onwards: Callable[[_Body], Iterable[_Body]], goal: Callable[[_Body], bool]) -> bool:
    seen, todo = {start}, [start]
    while todo:
        body = todo.pop()
        if goal(body):
            return True
        fresh = [other for other in onwards(body) if other not in seen]
        seen.update(fresh)
        todo.extend(fresh)
    return False


def _is_go(path: str) -> bool:
    return path.endswith(".go")


def _folders(files: Mapping[str, str]) -> dict[str, str]:
    """Return the folder that each import path of the module stands for."""
    lines = (line.split() for line in files.get("go.mod", "").splitlines())
    module = next((words[1].strip('"') for words in lines if len(words) > 1 and words[0] == "module"), "")
    folders = {dirname(path) for path in files if _is_go(path)}
    return {f"{module}/{folder}".strip("/"): folder for folder in folders}


def _bodies(files: Mapping[str, str]) -> list[_Body]:
    texts = {path: text for path, text in files.items() if _is_go(path)}
    fields = frozenset(name for text in texts.values() for name in _tester_fields(text))
    return [body for path, text in texts.items() for body in _read(dirname(path), text, fields)]


@lru_cache(maxsize=256)
def _read(folder: str, text: str, fields: frozenset[str]) -> tuple[_Body, ...]:
    parsed = tree(text)
    return tuple(
        _body(parsed, folder, (declared, name), fields)
        for declared in parsed.root.named_children
        if declared.type in DECLARATIONS
        for name in _names(parsed, declared)
    )


def _names(parsed: Tree, node: Node) -> list[str]:
    if node.type.endswith(("function_declaration", "method_declaration")):
        return [parsed.of(field(node, "name"))]
    return [parsed.of(name) for spec in walk(node) if spec.type == "var_spec" for name in _spec_names(spec)]


def _spec_names(spec: Node) -> list[Node]:
    return spec.children_by_field_name("name")


def _body(parsed: Tree, folder: str, declared: tuple[Node, str], fields: frozenset[str]) -> _Body:
    node, name = declared
    imports = {found.alias or package_name(found.path): found.path for found in parse(parsed.text).imports}
    testing = next((alias for alias, path in imports.items() if path == "testing"), "testing")
    found = [use for use in uses(parsed, node) if not _is_discarded(use)]
    foreign = {use.outer.id: use for use in found if use.member and use.binding is None and use.name in imports}
    selected = [each for each in walk(node) if each.type == "selector_expression" and each.id not in foreign]
    receiver = field(node, "receiver") if receiver_of(parsed, node) else None
    return _Body(
        folder=folder,
        name=name,
        method=node.type == "method_declaration",
        receiver=parsed.of(field(receiver.named_children[0], "name")) if receiver else "",
        refers=frozenset(use.name for use in found if not use.member and use.binding is None),
        imported=frozenset((imports[use.name], use.member) for use in foreign.values()),
        selected=frozenset(_selection(parsed, each) for each in selected),
        fails=any(_use_fails(parsed, use, testing) for use in found)
        or any(_field_fails(parsed, each, fields) or _races(parsed, each) for each in selected),
    )


def _selection(parsed: Tree, node: Node) -> tuple[str, str]:
    operand = field(node, "operand")
    plain = operand is not None and operand.type == "identifier"
    return parsed.of(operand) if plain else "", parsed.of(field(node, "field"))


def _is_discarded(use: Use) -> bool:
    """Tell whether a name is only assigned to the blank identifier: `_ = helper` calls nothing."""
    above = use.outer.parent
    statement = above.parent if above else None
    if above is None or statement is None or statement.type != "assignment_statement":
        return False
    left = field(statement, "left")
    return left is not None and left.text == b"_" and above == field(statement, "right")


def _use_fails(parsed: Tree, use: Use, testing: str) -> bool:
    if not use.member:
        return use.name == "panic" and use.binding is None and _is_called(use.outer)
    holder = use.binding.parent if use.binding is not None else None
    return use.member in _FAILS and holder is not None and _is_tester(parsed.of(field(holder, "type")), testing)


def _is_called(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "call_expression" and node == field(node.parent, "function")


def _is_tester(type_text: str, testing: str) -> bool:
    qualifier, _, name = type_text.strip("*() ").rpartition(".")
    return qualifier == testing and name in _TESTERS


def _field_fails(parsed: Tree, node: Node, fields: frozenset[str]) -> bool:
    """Tell whether a member is a failing call on a field that holds a *testing.T, as in `s.t.Fatal()`."""
    operand = field(node, "operand")
    if operand is None or operand.type != "selector_expression":
        return False
    return parsed.of(field(node, "field")) in _FAILS and parsed.of(field(operand, "field")) in fields


def _races(parsed: Tree, node: Node) -> bool:
    """Tell whether a method is called in a goroutine, other than to wait for others."""
    if not _is_called(node) or parsed.of(field(node, "field")) in _JOINS:
        return False
    above = node.parent
    while above is not None and above.type != "go_statement":
        above = above.parent
    return above is not None


@lru_cache(maxsize=256)
def _tester_fields(text: str) -> frozenset[str]:
    parsed = tree(text)
    held: set[str] = set()
    for node in walk(parsed.root):
        if node.type == "field_declaration" and _is_tester(parsed.of(field(node, "type")), "testing"):
            names = [parsed.of(name) for name in node.children_by_field_name("name")]
            held.update(names or [parsed.of(field(node, "type")).rpartition(".")[2]])
    return frozenset(held)
