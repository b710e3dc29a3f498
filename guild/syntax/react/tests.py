"""The tests of a JavaScript file: calls of `test` and `it`, alone or inside `describe`, known by their titles."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from guild.syntax.react.tree import FUNCTIONS, Tree, called, field, positional, string_value, tree

_TESTS = ("test", "it")
_SETS = ("describe", "fdescribe", "xdescribe")
_LATER = ("todo",)
HOOKS = ("beforeEach", "afterEach", "beforeAll", "afterAll")


@dataclass(frozen=True)
class Test:
    """One test as it is written; one with a table stands for a case a row."""

    __test__ = False

    title: str
    statement: Node
    body: Node | None
    """The function that is run."""
    rows: Node | None
    """What `each` is given."""


def each_test(parsed: Tree) -> Iterator[Test]:
    """Yield the tests of a file in the order of the text."""
    return (found for statement in statements(parsed) if (found := test_of(parsed, statement)))


def test_names(text: str) -> list[str]:
    """Return the titles of the tests of a file."""
    return [found.title for found in each_test(tree(text))]


def is_title(name: str) -> bool:
    """Tell whether a name can only be a test's: it is no identifier, as a title of several words is none."""
    return not all(part.replace("$", "_").isidentifier() for part in name.split("."))


def statements(parsed: Tree) -> Iterator[Node]:
    """Yield the statements of a file, those inside `describe` in its place."""
    stack = list(reversed(parsed.root.named_children))
    while stack:
        statement = stack.pop()
        inside = _set_of(parsed, statement)
        if inside is None:
            yield statement
        else:
            stack.extend(reversed(inside.named_children))


def test_of(parsed: Tree, statement: Node) -> Test | None:
    """Return the test that a statement is."""
    call = called(statement)
    words = _words(parsed, call)
    given = positional(call) if call is not None else []
    if not words or words[0] not in _TESTS or set(words) & set(_LATER) or not given:
        return None
    title = string_value(parsed, given[0])
    maker = field(call, "function") if call is not None else None
    rows = positional(maker)[:1] if maker is not None and maker.type == "call_expression" else []
    body = next((each for each in given[1:] if each.type in FUNCTIONS), None)
    return Test(title, statement, body, rows[0] if rows else None) if title else None


def hook_of(parsed: Tree, statement: Node) -> str:
    """Return the name of what runs around each test, where a statement says so; empty for another."""
    words = _words(parsed, called(statement))
    return words[0] if words and words[0] in HOOKS else ""


def _set_of(parsed: Tree, statement: Node) -> Node | None:
    """Return the body of a `describe`."""
    call = called(statement)
    words = _words(parsed, call)
    if call is None or not words or words[0] not in _SETS:
        return None
    body = next((each for each in positional(call) if each.type in FUNCTIONS), None)
    return field(body, "body") if body is not None else None


def _words(parsed: Tree, call: Node | None) -> list[str]:
    """Return the words of what is called: `test.each(rows)` is `test`, `each`."""
    head = field(call, "function") if call is not None else None
    while head is not None and head.type == "call_expression":
        head = field(head, "function")
    plain = head is not None and head.type in ("identifier", "member_expression")
    return parsed.of(head).split(".") if plain else []
