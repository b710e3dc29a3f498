"""The cases of a Go test: what each asks and wants, where its value stands, and what cannot be told."""

import pytest

from guild.syntax.go.cases import Case, cases

POSITIONAL = """for _, tt := range []struct{ in, want int }{{1, 2}, {3, 6}} {
	if got := Double(tt.in); got != tt.want { t.Errorf("got %d", got) }
}"""
KEYED = """tests := []struct{ name, in, want string }{
	{name: "two", in: "ab", want: "ba"},
	{name: "none"},
}
for _, tc := range tests {
	tc := tc
	t.Run(tc.name, func(t *testing.T) {
		if got := Reverse(tc.in); tc.want != got { t.Fatal(got) }
	})
}"""
NAMED = """for i, c := range []pair{{"x", 1}, {"yy", 2}} {
	n, err := Size(c.text)
	if err != nil || n != c.size { t.Error(i) }
}"""
NESTED = """for _, tt := range []struct { in struct{ a, b int }; fmt.Stringer; want int }{
	{struct{ a, b int }{1, 2}, nil, 3},
} {
	if Sum(tt.in, tt.Stringer) != tt.want { t.Error() }
}"""
FLOATS = """for _, tt := range []struct{ in, want float64 }{{4, 2}, {9, 3}} {
	if got := Root(tt.in); math.Abs(got-tt.want) > 1e-9 { t.Error() }
}"""
TWICE = """t.Run("a", func(t *testing.T) {
	tests := []struct{ in, want int }{{1, 2}}
	for _, tt := range tests { if F(tt.in) != tt.want { t.Error() } }
})
t.Run("b", func(t *testing.T) {
	tests := []struct{ in, want int }{{7, 8}}
	for _, tt := range tests { if G(tt.in) != tt.want { t.Error() } }
})"""


def test_file(body: str, rest: str = "") -> str:
    return f'package k\n\nimport "testing"\n\nfunc TestIt(t *testing.T) {{\n{body}\n}}\n\n{rest}'


test_file.__test__ = False  # type: ignore[attr-defined]


def told(body: str, rest: str = "") -> list[tuple[str, str, str]]:
    """Return what each case asks, what it wants, and what stands where its value does (`-` where nothing does)."""
    text = test_file(body, rest)
    return [(case.call, case.want, text[slice(*case.span)] if case.span else "-") for case in cases(text)]


def only(body: str) -> Case:
    [case] = cases(test_file(body))
    return case


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("if Add(1, 2) != 3 { t.Error() }", ("Add(1, 2)", "3", "3")),
        ("if 3 != Add(1, 2) { t.Error() }", ("Add(1, 2)", "3", "3")),
        ("if got := Add(1, 2); got != 3 { t.Fatalf(`x`) }", ("Add(1, 2)", "3", "3")),
        ("got, _ := Parse(`x`)\nif got != -3 { t.FailNow() }", ("Parse(`x`) #1", "-3", "-3")),
        ('want := "é"\nif got := Up("ß"); got != want { t.Error() }', ('Up("ß")', '"é"', '"é"')),
        ("n := 5\nif Fact(n) != 120 { t.Error() }", ("Fact(5)", "120", "120")),
        ("xs := Make(2)\nif len(xs) != 2 { t.Error() }", ("len(Make(2))", "2", "2")),
        ("if !reflect.DeepEqual(F(), []int{1}) { t.Error() }", ("F()", "[]int{1}", "[]int{1}")),
        ("if F(1) == nil { t.Error() }", ("F(1)", "not nil", "nil")),
        ("if !Is(1) { t.Error() }", ("Is(1)", "true", "!Is(1)")),
        ("ok := Is(1)\nif ok { t.Error() }", ("Is(1)", "false", "ok")),
        ("if !(F(1) > 2) { t.Error() }", ("F(1) > 2", "true", "!(F(1) > 2)")),
        ("if (F(1) > 2) && ok { t.Error() }", ("(F(1) > 2) && ok", "false", "(F(1) > 2) && ok")),
        ("if F(1) != time.Second { t.Error() }", ("F(1)", "time.Second", "-")),
        ('in := "ab"\nif Back(Forth(in)) != in { t.Error() }', ('Back(Forth("ab"))', '"ab"', "-")),
        ("if F(`a  b`,\n\t\t1) != `a  b` { t.Error() }", ("F(`a  b`, 1)", "`a  b`", "`a  b`")),
    ],
)
def test_a_plain_check_is_one_case(body, wanted):
    assert told(body) == [wanted]


def test_each_side_of_an_or_is_a_case():
    assert told("if n, ok := m[1]; !ok || (n != 4 || Bad(2)) { t.Error() }") == [
        ("m[1] #2", "true", "!ok"),
        ("m[1] #1", "4", "4"),
        ("Bad(2)", "false", "Bad(2)"),
    ]


def test_a_name_is_what_it_was_given_last_before_the_check():
    body = "got := F(1)\nif got != 1 { t.Error() }\ngot = F(2)\nif got != 2 { t.Error() }\ngot = F(3)"
    assert told(body) == [("F(1)", "1", "1"), ("F(2)", "2", "2")]


def test_rows_are_cases_by_place_by_key_and_by_the_fields_of_a_named_struct():
    assert told(POSITIONAL) == [("Double(1)", "2", "2"), ("Double(3)", "6", "6")]
    assert told(KEYED)[0] == ('Reverse("ab")', '"ba"', '"ba"')
    rows = told(NAMED, "type pair struct {\n\ttext string\n\tsize int\n}\n")
    assert [row for row in rows if "#1" in row[0]] == [('Size("x") #1', "1", "1"), ('Size("yy") #1', "2", "2")]
    assert [row for row in rows if "#2" in row[0]] == [('Size("x") #2', "nil", "-"), ('Size("yy") #2', "nil", "-")]


def test_the_rows_of_a_map_go_by_their_keys():
    body = 'for in, want := range map[string]string{"ab": "ba", "": ""} { if Reverse(in) != want { t.Error() } }'
    assert told(body) == [('Reverse("ab")', '"ba"', '"ba"'), ('Reverse("")', '""', '""')]
    assert [case.row for case in cases(test_file(body))] == ['"ab"', '""']


def test_a_row_that_leaves_its_want_out_is_a_case_whose_value_stands_nowhere():
    assert told(KEYED)[1] == ('Reverse(tc.in) of "none"', "", "-")


def test_a_nested_struct_and_an_embedded_type_do_not_shift_the_cells():
    assert told(NESTED) == [("Sum(struct{ a, b int }{1, 2}, nil)", "3", "3")]


def test_a_condition_over_the_rows_is_a_case_for_each_that_cannot_be_written_for_one_alone():
    assert told(FLOATS) == [
        ("math.Abs(Root(4)-2) > 1e-9", "false", "-"),
        ("math.Abs(Root(9)-3) > 1e-9", "false", "-"),
    ]


def test_a_loop_runs_over_the_table_that_was_declared_last_before_it():
    assert told(TWICE) == [("F(1)", "2", "2"), ("G(7)", "8", "8")]
    outside = "for _, tt := range tests { if F(tt.in) != tt.want { t.Error() } }"
    table = "tests := []struct{ in, want int }{{1, 2}}\n"
    assert told(outside, f"func other() {{\n{table}_ = tests\n}}\n") == [("F(tt.in)", "tt.want", "-")]
    assert told(outside, f"var {table.replace(':=', '=')}") == [("F(1)", "2", "2")]


BESIDE = """want := []int{2, 5}
for i, got := range Doubles([]int{1, 3}) {
	if got != want[i] { t.Error() }
}"""


def test_wanted_values_that_a_loop_counts_through_are_rows():
    assert told(BESIDE) == [("got of 0", "2", "2"), ("got of 1", "5", "5")]
    turned = BESIDE.replace("got != want[i]", "want[i] != got")
    assert told(turned) == told(BESIDE)
    alone = "want := []int{2}\nfor i := range got { if got[i] != want[i] { t.Error() } }"
    assert told(alone) == [("got[i] of 0", "2", "2")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("want[i]", "want[i+1]"),
        ("want[i]", "want[0]"),
        ("[]int{2, 5}", "[]int{1: 2, 5: 3}"),
        ("[]int{2, 5}", "wanted()"),
    ],
)
def test_values_that_no_row_stands_for_are_none_of_a_loop(old, new):
    assert all(not case.row for case in cases(test_file(BESIDE.replace(old, new))))


def test_the_input_of_a_row_is_not_its_answer():
    body = "for _, tt := range []struct{ in string }{{`x`}} { if Back(Forth(tt.in)) != tt.in { t.Error() } }"
    assert told(body) == [("Back(Forth(`x`))", "`x`", "-")]


@pytest.mark.parametrize(
    "body",
    [
        "c := New(2)\nif c.Get(1) != 1 { t.Error() }",
        "for i := 0; i < 3; i++ { if F(i) != 1 { t.Error() } }",
        "n := 0\nn++\nif F(n) != 1 { t.Error() }",
        "n := 0\nFill(&n)\nif F(n) != 1 { t.Error() }",
        "sum := 0\nfor _, n := range xs { sum += n }\nif sum != 1 { t.Error() }",
        "if v != 1 { t.Error() }",
    ],
)
def test_what_hangs_on_the_place_where_it_is_asked_is_not_closed(body):
    assert not only(body).closed and only("if F(1) != 1 { t.Error() }").closed


def test_a_wanted_name_that_changes_has_no_literal_of_its_own():
    assert told("want := 5\nwant += 1\nif F(1) != want { t.Error() }") == [("F(1)", "want", "-")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "package k\n",
        test_file("if F(1) != 1 { n++ }"),
        test_file("if F(1) != 1 { if again { t.Error() } }").replace("if again", "for range 2"),
        test_file("got := F(1)\n_ = got\nt.Fatal()"),
        test_file("equal(t, F(1), 1)"),
        test_file("if F(1) != 1 { t.Error() }").replace("TestIt", "check"),
        test_file("for _, tt := range []struct{ in, want int }{} { if F(tt.in) != tt.want { t.Error() } }"),
    ],
)
def test_what_is_no_case(text):
    assert cases(text) == []


def test_a_text_that_does_not_parse_is_read_as_far_as_it_goes():
    assert cases("if F(1) != 1 { t.Error() }\n}}}") == []
    assert ("F(1)", "1", "1") in told("if F(1) != 1 { t.Error() }\nif broken( { }")


def test_a_case_bears_the_line_the_test_and_the_number_of_its_check():
    found = cases(test_file("if F(1) != 1 { t.Error() }\nif G(2) != 2 { t.Error() }"))
    assert [(case.line, case.test, case.check, case.row) for case in found] == [
        (6, "TestIt", 0, ""),
        (7, "TestIt", 1, ""),
    ]
