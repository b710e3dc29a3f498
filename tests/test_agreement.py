"""Who is wrong: drafts of code and tests run against each other on real Go."""

import pytest

from guild.agreement import Agreement, agreement, corrected, disputes
from guild.gate import refusal
from guild.syntax.go.cases import cases
from guild.toolchains import Seen
from tests.nodes.samples import MOD, Planted, plan, proposal
from tests.syntax.go.test_cases import FLOATS, test_file
from tests.toolchains.opened import toolchain

CODE = """package k

import "errors"

type Point struct{ X, Y int }

type Box struct{ n int }

func NewBox() *Box            { return &Box{} }
func (b *Box) Put(n int)      { b.n += n }
func (b *Box) Get() int       { return b.n }
func Double(n int) int        { return 2 * n }
func Even(n int) bool         { return n%2 == 0 }
func Half(n int) float64      { return float64(n) / 2 }
func First(s string) rune     { return rune(s[0]) }
func Flip(p Point) Point      { return Point{p.Y, p.X} }
func List(n int) []int        { return []int{n, n} }
func Wrap(s string) string    { return "  " + s }
func Check(n int) error {
	if n > 1 {
		return errors.New("too much")
	}
	return nil
}
"""
SAME = (CODE, CODE + "\n// again\n", CODE + "\n// anew\n")
FILES = {"go.mod": MOD}


TWO = SAME[:2]


def heard(code: tuple[str, ...], *tests: str) -> Agreement:
    return agreement(toolchain(), FILES, ("k.go", code), ("k_test.go", tests))


def lines(found: Agreement, test: str) -> list[tuple[str, str, str]]:
    return [(each["case"], each["old"], each["new"]) for each in disputes(found, 0, test, "k_test.go")]


@pytest.mark.go
def test_right_code_is_not_bent_to_a_wrong_test():
    wrong, right = (test_file(f"if Double(3) != {value} {{ t.Error() }}") for value in (7, 6))
    found = heard(SAME, wrong, right)
    assert corrected(wrong, found, 0) == right and corrected(right, found, 1) == right
    [dispute] = disputes(found, 0, wrong, "k_test.go")
    assert (dispute["line"], dispute["test"], dispute["why"]) == (6, "TestIt", "4 of 5 independent drafts say 6")
    assert found.best() == 0 and found.open() == []


@pytest.mark.go
def test_wrong_code_gives_way_and_a_right_test_stays():
    right = test_file("if Double(3) != 6 { t.Error() }\nif !Even(2) { t.Error() }")
    found = heard((CODE.replace("2 * n", "3 * n"), *SAME[:2]), right, right + "\n")
    assert found.best() == 1 and found.scores == (2, 4, 4)
    assert corrected(right, found, 0) == right and lines(found, right) == []


@pytest.mark.go
def test_as_many_on_one_side_as_on_the_other_stay_open():
    test = test_file("if Double(3) != 9 { t.Error() }")
    found = heard((CODE.replace("2 * n", "3 * n"), CODE), test, test_file("if Double(3) != 6 { t.Error() }"))
    assert corrected(test, found, 0) == test and lines(found, test) == []
    assert [each.asked for each in found.open()] == ["Double(3)"] * 2


SHAPES = [
    ("if got := Double(3); got != 7 { t.Fatal() }", "if got := Double(3); got != 6 { t.Fatal() }"),
    ("want := 7\nif Double(4) != want { t.Error() }", "want := 8\nif Double(4) != want { t.Error() }"),
    ("want := 2.0\nif Half(3) != want { t.Error() }", "want := 1.5\nif Half(3) != want { t.Error() }"),
    ("want := 2.5\nif Half(4) != want { t.Error() }", "want := 2.0\nif Half(4) != want { t.Error() }"),
    ("want := 'b'\nif First(`a`) != want { t.Error() }", "want := 'a'\nif First(`a`) != want { t.Error() }"),
    ("if Even(2) { t.Error() }", "if !Even(2) { t.Error() }"),
    ("if !Even(3) { t.Error() }", "if Even(3) { t.Error() }"),
    ("if Double(6) > 5 { t.Error() }", "if !(Double(6) > 5) { t.Error() }"),
    ("if Even(5) || Even(6) { t.Error() }", "if Even(5) || !Even(6) { t.Error() }"),
    ("if Even(2) && Even(4) { t.Error() }", "if !(Even(2) && Even(4)) { t.Error() }"),
    ("if Wrap(`é  b`) != ` é  b` { t.Error() }", 'if Wrap(`é  b`) != "  é  b" { t.Error() }'),
    (
        "got, want := Flip(Point{1, 2}), Point{1, 2}\nif got != want { t.Error() }",
        "got, want := Flip(Point{1, 2}), Point{X:2, Y:1}\nif got != want { t.Error() }",
    ),
    (
        "for _, tt := range []struct{ in, want int }{{1, 2}, {5, 11}} { if Double(tt.in) != tt.want { t.Error() } }",
        "for _, tt := range []struct{ in, want int }{{1, 2}, {5, 10}} { if Double(tt.in) != tt.want { t.Error() } }",
    ),
    (
        "for in, want := range map[int]bool{7: true, 8: true} { if Even(in) != want { t.Error() } }",
        "for in, want := range map[int]bool{7: false, 8: true} { if Even(in) != want { t.Error() } }",
    ),
]
LEFT = [
    ("if err := Check(2); err != nil { t.Error() }", ("Check(2)", "nil", "")),
    ("if err := Check(1); err == nil { t.Error() }", ("Check(1)", "not nil", "")),
    ("if Double(7) == 14 { t.Error() }", ("Double(7)", "not 14", "")),
    ("for i := 0; i < 2; i++ { if Double(i) != 0 { t.Error() } }", ("Double(i)", "0", "")),
    ("if Double(8) != len(List(8)) { t.Error() }", ("Double(8)", "len(List(8))", "")),
]


def each_in_its_own(bodies: list[str]) -> str:
    """Return a test file with a test for each body."""
    tests = (f"func Test{number}(t *testing.T) {{\n{body}\n}}\n" for number, body in enumerate(bodies))
    return 'package k\n\nimport "testing"\n\n' + "\n".join(tests)


@pytest.mark.go
def test_each_shape_of_case_is_corrected_where_it_stands_and_passes_the_gate():
    before = each_in_its_own([body for body, _ in SHAPES])
    found = heard(SAME, before)
    after = corrected(before, found, 0)
    assert after == each_in_its_own([mended for _, mended in SHAPES])
    put = proposal({"k_test.go": after}, disputes=disputes(found, 0, before, "k_test.go"))
    assert refusal(put, plan(), {"k_test.go": before}, compiles=True) == ""
    again = heard(SAME[:1], after)
    assert lines(again, after) == [] and len(again.questions) == len(found.questions), (
        "it compiles, and nothing is left"
    )


@pytest.mark.go
def test_a_wanted_value_that_a_loop_counts_to_is_corrected_in_its_list():
    wrong, right = (
        test_file(f"want := []int{{{row}}}\nfor i, n := range List(3) {{ if n != want[i] {{ t.Error() }} }}")
        for row in ("3, 4", "3, 3")
    )
    found = heard(SAME, wrong, right)
    assert corrected(wrong, found, 0) == right
    assert lines(found, wrong) == [("n of 1", "4", "3")]


@pytest.mark.go
def test_what_cannot_be_written_is_told_and_left_as_it_is():
    test = each_in_its_own([body for body, _ in LEFT])
    found = heard(SAME, test)
    assert corrected(test, found, 0) == test and lines(found, test) == [told for _, told in LEFT]


@pytest.mark.go
def test_a_condition_over_rows_is_not_turned_round_for_one_of_them():
    body = FLOATS.replace("float64", "int").replace("Root", "Double").replace("{9, 3}", "{9, 18}")
    test = test_file(body.replace("math.Abs(got-tt.want) > 1e-9", "got-tt.want > 0"))
    found = heard(TWO, test)
    assert corrected(test, found, 0) == test
    assert lines(found, test) == [("Double(4)-2 > 0", "false", "")]


@pytest.mark.go
def test_the_same_words_about_what_changes_are_not_the_same_question():
    state = "b := NewBox()\nb.Put(1)\nif b.Get() != 1 { t.Error() }\nb.Put(2)\nif b.Get() != 3 { t.Error() }"
    other = test_file(state.replace("Put(1)", "Put(5)").replace("!= 1", "!= 5").replace("!= 3", "!= 7"))
    test = test_file(state)
    found = heard(TWO, test, other)
    assert lines(found, test) == [] and corrected(test, found, 0) == test
    assert found.scores == (4, 4)


@pytest.mark.go
def test_inputs_that_differ_in_white_space_alone_are_two_questions():
    test = test_file("if Wrap(`a b`) != `  a b` { t.Error() }\nif Wrap(`a  b`) != `  a  b` { t.Error() }")
    assert lines(heard(TWO, test), test) == []


@pytest.mark.go
def test_what_no_draft_answers_is_no_question():
    test = test_file("if Missing() != 1 { t.Error() }")
    found = heard(TWO, test)
    assert (found.questions, found.agreed, found.scores, found.best()) == ((), {}, (0, 0), 0)


class Telling(Planted):
    """Watches a test of one check: what each draft of the code is planted to have seen."""

    def watch(self, files, path):
        return files["k.go"]


def planted(test: str, *sights: tuple[Seen, ...] | None) -> Agreement:
    return agreement(Telling(), {}, ("k.go", sights), ("k_test.go", [test]))  # type: ignore[arg-type]


def test_a_check_in_a_loop_failed_where_any_turn_did():
    test = test_file("for i := 0; i < 2; i++ { if F(i) != 1 { t.Error() } }")
    turns = Seen(0, "", True, "2", "1"), Seen(0, "", False, "1", "1")
    found = planted(test, turns, turns, None)
    assert [each.answers for each in found.questions] == [("not 1", "not 1", None)]


def test_addresses_are_no_values():
    test = test_file("if F(1) != want { t.Error() }")
    found = planted(test, (Seen(0, "", True, "(*int)(0xc01)", "(*int)(0xc02)"),), (Seen(0, "", False, "1", "1"),))
    assert [(each.asked, each.answers) for each in found.questions] == [("F(1) is want", ("not want", "want"))]


def test_one_voice_is_no_agreement():
    test = test_file("if F(1) != 3 { t.Error() }")
    assert planted(test, (Seen(0, "", True, "2", "3"),)).agreed == {}
    assert cases(test)[0].closed


def test_what_is_stated_outweighs_every_draft():
    test = test_file("if F(1) != 2 { t.Error() }")
    sights = ((Seen(0, "", True, "3", "2"),),) * 3
    against = planted(test, *sights)
    assert against.agreed == {"F(1)": "3"}
    for stated in ("2", "4"):
        found = agreement(
            Telling(),
            {},
            ("k.go", sights),
            ("k_test.go", [test]),
            lambda case, said=stated: said,  # type: ignore[arg-type]
        )
        assert found.agreed == {"F(1)": stated} and found.scores == (0, 0, 0)
        assert corrected(test, found, 0) == test.replace("!= 2", f"!= {stated}")


def test_what_no_draft_of_the_code_answers_as_agreed_is_open_too():
    test = test_file("if F(1) != 2 { t.Error() }")
    sight = (Seen(0, "", True, "3", "2"),)
    found = agreement(Telling(), {}, ("k.go", [sight]), ("k_test.go", [test, test, test]))  # type: ignore[arg-type]
    assert (found.agreed, found.unsure) == ({"F(1)": "2"}, frozenset())
    assert [each.asked for each in found.open()] == ["F(1)"] * 3


def test_drafts_of_one_scenario_are_heard_together_unless_they_set_it_up_otherwise():
    steps = "c := New()\nc.Put(1)\nif c.Len() != {} {{ t.Error() }}"
    tests = [test_file(steps.format(want)) for want in (2, 1, 1)]

    class Counting(Telling):
        def watch(self, files, path):
            want = files[path].partition("!= ")[2].partition(" ")[0]
            return (Seen(0, "", want != "1", files["k.go"][files[path]], want),)

    def said(*lengths: str):
        code = [dict(zip(tests, lengths, strict=False)), dict(zip(tests, lengths, strict=False))]
        return agreement(Counting(), {}, ("k.go", code), ("k_test.go", tests))  # type: ignore[arg-type]

    assert said("1", "1", "1").votes == {"TestIt: c.Len()": {"2": 1, "1": 4}}
    apart = said("1", "1", "3").votes
    assert len(apart) == 3 and all("check 0" in asked for asked in apart)
