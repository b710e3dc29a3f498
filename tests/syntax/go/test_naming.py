"""What a plain name stands for at a place of a function."""

import pytest

from guild.syntax.go.naming import literal, one_line, spelt
from guild.syntax.go.tree import Tree, tree, walk


def at_the_end(body: str) -> tuple[Tree, object]:
    """Return the expression in the last `use(...)` of a function's body."""
    parsed = tree(f"package k\n\nfunc f(given int) {{\n{body}\n}}\n")
    last = [node for node in walk(parsed.root) if node.type == "argument_list" and parsed.of(node.parent)[:4] == "use("]
    return parsed, last[-1].named_children[0]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("a := 1; use(a)", "1"),
        ("a := 1; a = 2; use(a)", "2"),
        ("a, b := 1, `x`; use(b)", "`x`"),
        ("a := -1; use(a)", "-1"),
        ("a := []int{1}; use(a)", "[]int{1}"),
        ("if a := 1; true { use(a) }", "1"),
        ("a := 1; if true { use(a) }", "1"),
        ("a := 1; a += 2; use(a)", ""),
        ("a := 1; a--; use(a)", ""),
        ("a := 1; fill(&a); use(a)", ""),
        ("a, b := F(); use(a)", ""),
        ("a := F(); use(a)", ""),
        ("use(given)", ""),
        ("use(F(1))", ""),
        ("use(nil)", "nil"),
    ],
)
def test_the_literal_of_a_name(body, wanted):
    parsed, node = at_the_end(body)
    assert parsed.of(literal(parsed, node)) == wanted


@pytest.mark.parametrize(
    ("body", "text", "own", "read"),
    [
        ("a := 1; use(F(a, 2))", "F(1, 2)", set(), {"a"}),
        ("a, err := F(1); use(err)", "F(1) #2", set(), set()),
        ("a := 1; got := F(a); use(got)", "F(1)", set(), {"a"}),
        ("c := New(1); use(c.Get(2))", "c.Get(2)", {"c"}, set()),
        ("got := F(1); use(got - 2)", "F(1) - 2", {"got"}, set()),
        ("use(given + other)", "given + other", {"given"}, set()),
        ("for i := range 3 { use(F(i)) }", "F(i)", {"i"}, set()),
        ("é := `ü`; use(F(`ß`, é))", "F(`ß`, `ü`)", set(), {"é"}),
        ("x := 1; use(T{x: 2}.x)", "T{x: 2}.x", {"x"}, set()),
    ],
)
def test_an_expression_is_spelt_without_the_names_of_its_place(body, text, own, read):
    found = spelt(*at_the_end(body))
    assert (found.text, found.own, found.read) == (text, own, read)


def test_what_stands_in_quotes_keeps_its_space():
    assert one_line("  F(1,\n\t2) ") == "F(1, 2)"
    assert one_line('F("a  b\\"  c",  `x\n\ty`,  \' \')') == 'F("a  b\\"  c", `x\n\ty`, \' \')'
