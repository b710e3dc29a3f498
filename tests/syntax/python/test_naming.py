"""What names stand for in a Python test, and expressions on one line."""

import pytest

from guild.syntax.python.naming import is_literal, literal, one_line, spelt
from guild.syntax.python.tree import Node, Tree, tree, walk


def asked(body: str) -> tuple[Tree, Node]:
    """Return the node that stands in `ask(...)` of a function with this body."""
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    parsed = tree(f"def test_it(given):\n{lines}\n")
    call = next(node for node in walk(parsed.root) if node.type == "call" and parsed.of(node).startswith("ask("))
    return parsed, call.named_children[1].named_children[0]


@pytest.mark.parametrize(
    ("body", "text", "own", "read"),
    [
        ("ask(f(1))", "f(1)", set(), set()),
        ("n = 5\nask(f(n))", "f(5)", set(), {"n"}),
        ("got = f(1)\nask(got)", "f(1)", set(), set()),
        ("got = f(1)\nask(got)\ngot = f(2)", "f(1)", set(), set()),
        ("n = 2\ngot = f(n)\nask(len(got))", "len(f(2))", {"got"}, set()),
        ("a, b = f(1)\nask(b)", "f(1) #2", set(), set()),
        ("a, b = 1, 2\nask(f(b))", "f(2)", set(), {"b"}),
        ("xs = [1]\nask(f(xs))", "f(xs)", {"xs"}, set()),
        ("s = Stack()\nask(s.pop())", "s.pop()", {"s"}, set()),
        ("ask(given.pop())", "given.pop()", {"given"}, set()),
        ("n = 1\nn += 1\nask(f(n))", "f(n)", {"n"}, set()),
        ("n = 1\nfor x in xs:\n    ask(f(n))\n    n += 1", "f(n)", {"n"}, set()),
        ("n = 1\nif x:\n    n = 2\nask(f(n))", "f(n)", {"n"}, set()),
        ("for n in xs:\n    ask(f(n))", "f(n)", {"n"}, set()),
        ("n = 1\nask(f(n=2, m=o.n))", "f(n=2, m=o.n)", set(), set()),
        ('s = "é"\nask(f(s) + other)', 'f("é") + other', set(), {"s"}),
        ("ask([x for x in f(1)])", "[x for x in f(1)]", {"x"}, set()),
        ("with open(p) as file:\n    ask(f(file))", "f(file)", {"file"}, set()),
        ("x = f(x, x)\nask(x)", "f(x, x)", {"x"}, set()),
    ],
)
def test_an_expression_is_spelt_with_what_its_names_were_given(body, text, own, read):
    assert spelt(*asked(body)) == (text, own, read)


def test_what_a_row_gives_stands_in_its_place_but_not_in_quotes():
    parsed, node = asked('ask(f("n", n, n=row["in"], m=o.n))')
    assert spelt(parsed, node, {"n": "1", 'row["in"]': "[2]"}).text == 'f("n", 1, n=[2], m=o.n)'


def test_chains_of_names_end():
    body = "x0 = f(1, 1)\n" + "\n".join(f"x{n + 1} = f(x{n}, x{n})" for n in range(40)) + "\nask(x40)"
    assert len(spelt(*asked(body)).text) < 1000


def test_the_literal_of_an_expression():
    parsed, node = asked("want = (-3)\nask(want)")
    assert (found := literal(parsed, node)) and parsed.of(found) == "-3" and is_literal(found)
    assert literal(*asked("ask(f(1))")) is None and literal(*asked('ask(f"{x}")')) is None
    assert literal(*asked("a, b = f(1)\nask(a)")) is None


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("f(1,\n   2)", "f(1, 2)"),
        ("f(\n    1,\n    2,\n)", "f(1, 2)"),
        ("[\n    1,\n]", "[1]"),
        ("(1,)", "(1,)"),
        ("'a  b'  +  c", "'a  b' + c"),
        ('"""a\n  b"""', '"""a\n  b"""'),
        ("{'( a )': 1, }", "{'( a )': 1}"),
    ],
)
def test_one_line_leaves_what_is_quoted(text, flat):
    assert one_line(text) == flat
