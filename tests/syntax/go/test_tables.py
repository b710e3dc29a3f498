"""The tables that a test loops over: their rows, keys and cells."""

import pytest

from guild.syntax.go.tables import Table, table_of
from guild.syntax.go.tree import tree, walk


def table(loop: str, rest: str = "") -> Table | None:
    parsed = tree(f"package k\n\nfunc TestIt(t *testing.T) {{\n{loop} {{ use() }}\n}}\n{rest}")
    function = next(node for node in walk(parsed.root) if node.type == "function_declaration")
    use = next(node for node in walk(function) if node.type == "call_expression" and parsed.of(node) == "use()")
    return table_of(parsed, use, function)


def rows(loop: str, rest: str = "") -> list[tuple[str, dict[str, str]]]:
    found = table(loop, rest)
    assert found is not None
    return [(row.key, {name: str(cell.text, "utf-8") for name, cell in row.cells.items()}) for row in found.rows]


@pytest.mark.parametrize(
    ("loop", "rest", "wanted"),
    [
        ("for _, v := range []struct{ a, b int }{{1, 2}}", "", [("0", {"a": "1", "b": "2"})]),
        ("for _, v := range []struct{ a, b int }{{b: 2}}", "", [("0", {"b": "2"})]),
        ("for _, v := range []T{{1}, T{2}}", "type T struct{ a int }", [("0", {"a": "1"}), ("1", {"a": "2"})]),
        ("for _, v := range []*T{{1}}", "type T struct{ a int }", [("0", {"a": "1"})]),
        ("for _, v := range []struct { p.E; *Q; a int }{{x, y, 1}}", "", [("0", {"E": "x", "Q": "y", "a": "1"})]),
        ("for _, v := range []int{4, /* five */ 5}", "", [("0", {"": "4"}), ("1", {"": "5"})]),
        ("for k, v := range map[string]int{`a`: 1}", "", [("`a`", {"": "1"})]),
        ("for k, v := range map[int]T{7: {1}}", "type T struct{ a int }", [("7", {"a": "1"})]),
        ("for _, v := range [...]int{2: 9}", "", [("2", {"": "9"})]),
        ("for _, v := range cases", "var cases = []int{3}", [("0", {"": "3"})]),
        ("for _, v := range []elsewhere.T{{1}}", "", [("0", {"": "{1}"})]),
    ],
)
def test_rows_and_cells(loop, rest, wanted):
    assert rows(loop, rest) == wanted


@pytest.mark.parametrize(
    "loop",
    [
        "for i := 0; i < 3; i++",
        "for range 3",
        "for i := range []int{1}",
        "for _, v := range make()",
        "for _, v := range given",
        "for _, v := range T{1}.list",
        "if true",
    ],
)
def test_what_is_no_table(loop):
    assert table(loop) is None


def test_the_names_that_a_loop_gives():
    found = table("for name, want := range map[string]int{`a`: 1}")
    assert found is not None and (found.key, found.value, found.keyed) == ("name", "want", True)
    found = table("for _, v := range []int{1}")
    assert found is not None and (found.key, found.value, found.keyed) == ("", "v", False)
