"""Excerpts: what is blamed and who calls it in full, the rest in signatures, real names for one that is not there."""

import pytest

from guild.excerpt import blamed_in, excerpt, functions_in, names_instead, unwritten
from guild.values import Diagnostic
from tests.nodes.samples import failing, found

TYPE = "type Stack struct {\n\titems []int\n}"
PUSH = "// Push adds a value.\nfunc (s *Stack) Push(v int) {\n\ts.items = append(s.items, v)\n}"
POP = "func (s *Stack) Pop() int {\n\treturn s.items[0]\n}"
DRAIN = "func Drain(s *Stack) {\n\tfor range 3 {\n\t\ts.Pop()\n\t}\n}"
SUM = "func Sum(s *Stack) (total int) {\n\tfor _, v := range s.items {\n\t\ttotal += v\n\t}\n\treturn total\n}"
LAST = "func Last(s *Stack) int {\n\treturn s.Pop() + 0\n}"
THIRD = "func Third(s *Stack) int {\n\treturn s.Pop() * 3\n}"
TEXT = "\n\n".join(["package k", TYPE, PUSH, POP, DRAIN, SUM]) + "\n"
TESTS = """package k

func TestPop(t *testing.T) {
	s := &Stack{}
	s.Push(1)
	if s.Pop() != 1 {
		t.Fatal("wrong")
	}
}

func TestSum(t *testing.T) { Sum(nil) }
"""
FILES = {"k.go": TEXT, "k_test.go": TESTS}


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


def blamed(*diagnostics: Diagnostic, path: str = "k.go") -> list[str]:
    return [each.name for each in blamed_in(path, FILES, diagnostics)]


def shown(text: str, *names: str) -> str:
    files = {**FILES, "k.go": text}
    return excerpt(
        "k.go", text, [each for each in blamed_in("k.go", files, [failing("TestPop")]) if each.name in names]
    )


def test_the_blamed_and_one_hop_of_callers_stand_in_full_the_rest_in_signatures():
    text = shown(TEXT, "Stack.Pop")
    assert text.startswith(f"{POP}\n\n{DRAIN}\n\n// The rest of the file:\n\n")
    assert "// func Sum(s *Stack) (total int)" in text and "// func (s *Stack) Push(v int)" in text
    assert "s.items = append" not in text and "total += v" not in text and "package k" not in text
    rest = text.partition("// The rest")[2].splitlines()
    assert all(line.startswith("//") for line in rest[1:] if line), "a type on one line, too"


def test_no_more_than_two_callers_are_shown():
    text = shown(f"{TEXT}\n{LAST}\n\n{THIRD}\n", "Stack.Pop")
    assert LAST in text and DRAIN in text and "* 3" not in text and "// func Third(s *Stack) int" in text


@pytest.mark.parametrize("names", [(), ("Stack", "Stack.Push", "Stack.Pop", "Drain")])
def test_where_nothing_or_most_of_it_is_blamed_the_file_stands_whole(names):
    every = [
        each for each in blamed_in("k.go", FILES, [found("k.go", line=n) for n in range(99)]) if each.name in names
    ]
    assert [each.name for each in every] == list(names) and excerpt("k.go", TEXT, every) == TEXT.strip()


@pytest.mark.parametrize(
    ("at", "names"),
    [
        ("s.items = append", ["Stack.Push"]),
        ("func (s *Stack) Push", ["Stack.Push"]),
        ("return s.items[0]\n}", ["Stack.Pop"]),
        ("items []int", ["Stack"]),
        ("package k", []),
    ],
)
def test_a_line_blames_the_declaration_that_holds_it(at, names):
    assert blamed(found("k.go", line=line_of(at))) == names


def test_lines_of_the_file_itself_count_before_the_names_in_what_failed():
    assert blamed(failing("TestPop"), found("k.go", line=line_of("total += v"))) == ["Sum"]


def test_without_a_line_the_names_in_the_failing_test_and_its_message_are_blamed():
    assert blamed(failing("TestPop")) == ["Stack", "Stack.Push", "Stack.Pop"]
    assert blamed(failing("TestSum/first_row", message="Sum = 1, want 2")) == ["Sum"]
    assert blamed(found("k_test.go", "cannot use it", symbol="Drain", line=0)) == ["Drain"]
    assert blamed(failing("TestNone")) == []
    assert blamed(found("k.go", "Sum(s) is 1, want 2", symbol="Sum", line=0)) == ["Sum"], "a stated value fails"


HEADS = ["func (s *Stack) Push(v int)", "func (s *Stack) Pop() int", "type Stack struct", "func NewStack() *Stack"]


@pytest.mark.parametrize(
    ("symbol", "near"),
    [
        ("s.Pushed", ["func (s *Stack) Push(v int)"]),
        ("newstack", ["func NewStack() *Stack", "type Stack struct"]),
        ("Xyz", []),
    ],
)
def test_for_a_name_that_is_not_there_the_nearest_that_are_come_first(symbol, near):
    assert names_instead(found("k.go", symbol=symbol), HEADS) == near


def test_at_most_eight_names_are_offered():
    assert len(names_instead(found("k.go", symbol="Get"), [f"func Get{letter}()" for letter in "ABCDEFGHIJKL"])) == 8


def test_the_functions_that_a_message_names_are_written_anew_before_those_that_a_test_calls():
    def anew(*diagnostics: Diagnostic) -> list[str]:
        return [each.name for each in functions_in("k.go", FILES, diagnostics)]

    assert anew(failing("TestPop", message="Pop() = 2, want 1")) == ["Stack.Pop", "Stack.Push"]
    assert anew(found("k.go", line=line_of("type Stack"))) == [], "a type is not written anew"
    assert len(anew(failing("TestPop", message="Push, Pop, Drain, Sum"))) == 2, "few at once"


def test_what_is_to_be_written_anew_is_not_shown():
    functions = functions_in("k.go", FILES, [failing("TestPop", message="Pop() = 2, want 1")])
    left = unwritten(TEXT, functions)
    assert PUSH not in left and POP not in left and "Push adds" not in left
    assert TYPE in left and DRAIN in left and SUM in left
