import pytest

from guild.repairs.go.messages import mismatches, misuses
from guild.syntax.go.tree import tree
from guild.values import Diagnostic

TEXT = """package p

func f(é string) {
	g(x, é, h(1, func() {}), 'a', N{v: 1})
	_ = a+b == "c"
	x += y
}
"""


def said(message: str, line: int, column: int) -> Diagnostic:
    return Diagnostic(path="a.go", line=line, column=column, symbol="", code="mismatch", message=message, stage="build")


@pytest.mark.parametrize(
    ("message", "column", "what"),
    [
        (
            "cannot use x (variable of type rune) as string value in argument to g",
            4,
            ("x", "rune", "string", "argument to g", ""),
        ),
        (
            "cannot use é (variable of int type Level) as int value in return statement",
            7,
            ("é", "Level", "int", "return statement", ""),
        ),
        (
            "cannot use h(1, func() {…}) (value of type func(a int) (b error)) as I value in assignment: no M",
            11,
            ("h(1, func() {})", "func(a int) (b error)", "I", "assignment", "no M"),
        ),
        (
            "cannot use 'a' (untyped rune constant 97) as string value in argument to g",
            28,
            ("'a'", "untyped rune", "string", "argument to g", ""),
        ),
        (
            "cannot use N{…} (value of struct type N) as *N value in argument to g",
            33,
            ("N{v: 1}", "N", "*N", "argument to g", ""),
        ),
        ("cannot convert 'a' (untyped rune constant) to type T", 28, ("'a'", "untyped rune", "T", "", "")),
    ],
)
def test_an_expression_of_a_wrong_type(message: str, column: int, what: tuple[str, ...]) -> None:
    parsed = tree(TEXT)
    (found,) = misuses(parsed, [said(message, 4, column)])
    assert (parsed.of(found.node), found.has, found.wanted, found.where, found.why) == what


@pytest.mark.parametrize(
    "message",
    [
        "cannot use z (variable of type rune) as string value in argument to g",
        "cannot use x as value",
        "x is not a type",
    ],
)
def test_what_is_not_there_is_not_found(message: str) -> None:
    assert list(misuses(tree(TEXT), [said(message, 4, 4)])) == []


@pytest.mark.parametrize(
    ("words", "line", "column", "sides"),
    [
        ('a + b == "c" (mismatched types int and untyped string)', 5, 13, [("a+b", "int"), ('"c"', "untyped string")]),
        ("x += y (mismatched types float64 and int)", 6, 2, [("x", "float64"), ("y", "int")]),
    ],
)
def test_an_operation_on_two_types(words: str, line: int, column: int, sides: list[tuple[str, str]]) -> None:
    parsed = tree(TEXT)
    (found,) = mismatches(parsed, [said(f"invalid operation: {words}", line, column)])
    assert [(parsed.of(side.node), side.kind) for side in (found.left, found.right)] == sides
