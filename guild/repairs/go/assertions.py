"""What a test asserts, counted, so that no mend takes any of it away."""

from collections import Counter
from collections.abc import Iterator

from tree_sitter import Node

from guild.repairs.go.surroundings import is_test
from guild.repairs.subject import Subject
from guild.syntax.go.tree import Tree, field, tree, walk

_ORDERS = ("<", "<=", ">", ">=")
_FAILING = ("Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow")
_FORMATTING = ("Error", "Fatal", "Log", "Skip", "Print", "Sprint", "Fprint", "Append", "Panic")
_LITERALS = ("int_literal", "float_literal", "imaginary_literal", "true", "false")
_TEXTS = ("interpreted_string_literal", "raw_string_literal", "rune_literal")


def asserts_less(subject: Subject, text: str) -> bool:
    """Tell whether a test file would lose a value, a call, a comparison or a failure that it has now."""
    return is_test(subject.path) and bool(_asserted(subject.text) - _asserted(text))


def _asserted(text: str) -> Counter[str]:
    parsed = tree(text)
    return Counter(word for node in walk(parsed.root) for word in _words(parsed, node))


def _words(parsed: Tree, node: Node) -> Iterator[str]:
    """Yield what a node adds to what is asserted, in words that outlive conversions and other ways to compare."""
    operator = parsed.of(field(node, "operator"))
    if node.type in _LITERALS:
        yield f"value {parsed.of(node)}"
    elif node.type in _TEXTS and not _is_format(parsed, node):
        yield f"value {parsed.of(node)[1:-1]}"
    elif node.type == "binary_expression" and operator in _ORDERS:
        yield operator
    elif node.type == "call_expression":
        yield "call"
        yield from ["failure"] if _called(parsed, node).rpartition(".")[2] in _FAILING else []
    if _is_equality(parsed, node):
        nots = [_around(node), field(node, "left"), field(node, "right")]
        turns = sum(_is_not(parsed, each) for each in nots) + (operator == "!=")
        yield "equal" if turns % 2 == 0 else "unequal"
    elif _is_not(parsed, node) and not _is_equality(parsed, node.parent) and not _is_equality(parsed, _inside(node)):
        yield "not"


def _called(parsed: Tree, node: Node) -> str:
    return parsed.of(field(node, "function"))


def _is_equality(parsed: Tree, node: Node | None) -> bool:
    if node is None or node.type != "binary_expression":
        return node is not None and node.type == "call_expression" and _called(parsed, node) == "reflect.DeepEqual"
    return parsed.of(field(node, "operator")) in ("==", "!=")


def _is_not(parsed: Tree, node: Node | None) -> bool:
    return node is not None and node.type == "unary_expression" and parsed.of(field(node, "operator")) == "!"


def _around(node: Node) -> Node | None:
    """Return what stands around a node and its parentheses."""
    outer = node.parent
    while outer is not None and outer.type == "parenthesized_expression":
        outer = outer.parent
    return outer


def _inside(node: Node) -> Node:
    """Return the operand of a node without its parentheses."""
    inner = field(node, "operand") or node
    while inner.type == "parenthesized_expression" and inner.named_children:
        inner = inner.named_children[0]
    return inner


def _is_format(parsed: Tree, node: Node) -> bool:
    """Tell whether a text is only printed: the first argument, or one of the first two, of a printing function."""
    arguments = node.parent
    if arguments is None or arguments.type != "argument_list" or node not in arguments.named_children[:2]:
        return False
    called = _called(parsed, arguments.parent) if arguments.parent is not None else ""
    return called.rpartition(".")[2].startswith(_FORMATTING)
