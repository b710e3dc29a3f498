import pytest

from guild.repairs.go import keywords
from guild.syntax import go
from tests.repairs.go.subjects import TEST, repaired, subject

HEAD = "package p\n\n"


def applied(text: str) -> str:
    return keywords.apply(subject(HEAD + text)).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "func f(s string) (xs []int) {\n\tif range, err := g(s); err == nil {\n\t\txs = append(xs, range...)\n\t}\n"
            "\tfor _, x := range xs {\n\t\tprintln(x)\n\t}\n\treturn\n}\n",
            "func f(s string) (xs []int) {\n\tif rangeValue, err := g(s); err == nil {\n"
            "\t\txs = append(xs, rangeValue...)\n\t}\n"
            "\tfor _, x := range xs {\n\t\tprintln(x)\n\t}\n\treturn\n}\n",
        ),
        (
            "type case struct {\n\tin string\n}\n\nvar cases = []case{\n\t{},\n}\n",
            "type caseValue struct {\n\tin string\n}\n\nvar cases = []caseValue{\n\t{},\n}\n",
        ),
    ],
)
def test_a_word_of_the_language_is_no_name(before: str, after: str) -> None:
    assert applied(before) == after and go.parse(HEAD + after).faults == ()
    assert "keywords" in repaired(HEAD + before, "numkit.go").fired


def test_go_says_for_where_others_say_while() -> None:
    inner = "\t\twhile (n < 3) {\n\t\t\tn++\n\t\t}\n"
    before = (
        f"func f(a, b int) int {{\n\tn := 1\n\twhile b != 0 {{\n\t\ta, b = b, a%b\n{inner}\t}}\n\treturn a + n\n}}\n"
    )
    assert applied(before) == before.replace("while", "for") and go.parse(HEAD + applied(before)).faults == ()


@pytest.mark.parametrize(
    "text",
    [
        TEST,
        "func f(while func(int)) {\n\twhile(1)\n\tx := \n}\n",
        "func f(x any, fs []func(), ms []map[string]int) {\n\tswitch x.(type) {\n\tdefault:\n\t}\n\tx := \n}\n",
        "var x = []func(){f}\n\nvar y = []map[string]int{{}}\n\nfunc f() { x := }\n",
    ],
)
def test_where_they_belong_they_stay(text: str) -> None:
    assert applied(text) == text.removeprefix(HEAD)
