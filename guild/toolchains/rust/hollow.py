"""Whether a test can fail: something stands in it that panics, or in a function of its file that it calls."""

import re

from tree_sitter import Node

from guild.syntax.rust.checks import panics
from guild.syntax.rust.parts import of_macro
from guild.syntax.rust.source import each_test
from guild.syntax.rust.tree import FUNCTION, Tree, field, name_of, tree, walk

_PANICS = re.compile(r"^(?:panic|unreachable|todo|unimplemented)$")
_METHODS = ("unwrap", "expect", "unwrap_err", "expect_err")


def can_fail(text: str, test: str) -> bool:
    """Tell whether a test of a file reaches what can panic, by way of functions of the file."""
    parsed = tree(text)
    functions = {name_of(parsed, node): node for node in walk(parsed.root) if node.type == FUNCTION}
    todo = [node for name, node in each_test(parsed) if name == test]
    seen = {node.id for node in todo}
    while todo:
        function = todo.pop()
        if panics(parsed, function) or any(_fails(parsed, node) for node in walk(function)):
            return True
        called = {parsed.of(node) for node in walk(function) if node.type == "identifier"}
        fresh = [node for name, node in functions.items() if name in called and node.id not in seen]
        seen |= {node.id for node in fresh}
        todo += fresh
    return False


def _fails(parsed: Tree, node: Node) -> bool:
    if node.type == "try_expression":
        return True
    if node.type == "field_expression":
        return parsed.of(field(node, "field")) in _METHODS
    if node.type != "macro_invocation":
        return False
    name = parsed.of(field(node, "macro")).rpartition("::")[2]
    given = of_macro(parsed, node)
    if name == "assert" and given and given[0].text == "true":
        return False
    same = name in ("assert_eq", "debug_assert_eq") and len(given) > 1 and given[0].text == given[1].text
    return not (same and given[0].literal) and ("assert" in name or bool(_PANICS.match(name)))
