from guild.syntax import go

FILE = """package p

import "fmt"

// A says こんにちは.
func A() string { return "こんにちは" }

const (
	One = iota
	Two // two
)

var X, Y = 1, 2

type T struct{}

// Len counts.
func (t *T) Len() int { return 0 }

func B() { fmt.Println() }
"""


def test_a_function_takes_the_place_of_its_namesake_and_keeps_its_doc() -> None:
    result = go.splice(FILE, 'func A() string { return "はい" }')
    assert result == FILE.replace('return "こんにちは"', 'return "はい"')


def test_a_new_doc_comment_replaces_the_old() -> None:
    result = go.splice(FILE, "// A is new.\nfunc A() {}\n")
    assert "// A is new.\nfunc A() {}\n\nconst" in result
    assert "こんにちは" not in result


def test_methods_are_told_apart_by_receiver() -> None:
    result = go.splice(FILE, "func (t T) Len() int { return 1 }\n\nfunc (u *U) Len() int { return 2 }\n")
    assert "// Len counts.\nfunc (t T) Len() int { return 1 }\n" in result
    assert result.endswith("func B() { fmt.Println() }\n\nfunc (u *U) Len() int { return 2 }\n")


def test_new_declarations_are_appended_and_imports_merged() -> None:
    result = go.splice(FILE, 'package p\n\nimport (\n\t"strings"\n\t"m/store"\n)\n\nfunc C() { strings.ToUpper("") }\n')
    assert 'import (\n\t"fmt"\n\t"strings"\n\n\t"m/store"\n)\n' in result
    assert result.endswith('\n\nfunc C() { strings.ToUpper("") }\n')


def test_one_of_a_group_is_replaced_inside_it() -> None:
    assert "\tOne = iota\n\tTwo = 7 // two\n)" in go.splice(FILE, "const Two = 7\n")


def test_a_group_is_replaced_whole_where_it_is_covered() -> None:
    result = go.splice(FILE, "const (\n\tOne = iota\n\tTwo\n\tThree\n)\n")
    assert "const (\n\tOne = iota\n\tTwo\n\tThree\n)\n\nvar X" in result
    assert result.count("One") == 1


def test_a_group_that_covers_part_replaces_that_part() -> None:
    result = go.splice(FILE, "const (\n\tTwo = 2\n\tThree = 3\n)\n")
    assert "One = iota\n\tTwo = 2 // two" in result
    assert result.endswith("const Three = 3\n")


def test_a_lone_variable_becomes_a_member_and_back() -> None:
    assert "\nvar Z = 3\n" in go.splice("package p\n\nvar Z = 1\n", "var (\n\tZ = 3\n\tW = 4\n)\n")


def test_the_last_of_two_replacements_stands() -> None:
    assert "return 2" in go.splice(FILE, "func B() int { return 1 }\n\nfunc B() int { return 2 }\n")


def test_doubles_of_the_replaced_go() -> None:
    result = go.splice("package p\n\nfunc A() {}\n\nfunc A() { x() }\n", "func A() { y() }\n")
    assert result.count("func A") == 1 and "y()" in result


def test_an_assertion_by_the_blank_identifier_is_added_once() -> None:
    text = go.splice(FILE, "var _ fmt.Stringer = T{}\n")
    assert text.count("var _") == 1
    assert go.splice(text, "var _ fmt.Stringer = T{}\n").count("var _") == 1


def test_nothing_to_splice_changes_nothing() -> None:
    assert go.splice(FILE, "") == FILE
    assert go.splice(FILE, "words") == FILE
    assert go.splice("", "func A() {}\n") == "func A() {}\n"
    assert go.splice("package p\n", "func A() {}\n") == "package p\n\nfunc A() {}\n"


def test_a_whole_file_over_itself_changes_nothing() -> None:
    assert go.splice(FILE, FILE) == FILE
