import pytest

from guild.repairs.go import line_ends
from guild.syntax import go
from tests.repairs.go.subjects import TEST, repaired, subject

HEAD = "package p\n\n"


def applied(text: str) -> str:
    return line_ends.apply(subject(text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "func (r *R) Set(k string) { if r.m == nil { r.m = map[string]int{} } r.m[k] = 1 }\n",
            "func (r *R) Set(k string) { if r.m == nil { r.m = map[string]int{} }\n r.m[k] = 1 }\n",
        ),
        (
            'func f(x int) int { if x < 0 { println("}é{") } for x > 9 { x-- } return x }\n',
            'func f(x int) int { if x < 0 { println("}é{") }\n for x > 9 { x-- }\n return x }\n',
        ),
    ],
)
def test_a_line_ends_where_a_statement_does(before: str, after: str) -> None:
    assert applied(HEAD + before) == HEAD + after
    assert go.parse(HEAD + after).faults == ()


def test_it_is_one_of_the_repairs_of_a_file() -> None:
    text = f"{HEAD}func f(x int) int {{ if x < 0 {{ x = 0 }} return x }}\n"
    assert "line_ends" in repaired(text).fired and "}\n return" in repaired(text).text


@pytest.mark.parametrize(
    "text",
    [
        TEST,
        f"{HEAD}func f(x int) {{ if x < 0 {{ x = 1 }} else {{ x = 2 }} }}\n",
        f"{HEAD}var x = []struct{{ a int }}{{{{1}}}}\n\nfunc f() {{ x := }}\n",
        f"{HEAD}func f() {{ g(func() {{ }}) x := }}\n",
    ],
)
def test_what_parses_or_does_not_end_with_a_brace_stays(text: str) -> None:
    assert applied(text) == text
