import pytest

from guild.syntax import go

FILE = """// Package numkit counts.
package numkit

import (
	"fmt"
	str "strings"
	. "math"
	_ "embed"
)

import "os"

// Set ひとまとまり.
//
// It holds values.
type Set[T comparable] struct {
	m map[T]struct{}
}

type (
	// ID names a thing.
	ID   int
	Name = string
)

const (
	A = iota // first
	B
)

var X, Y = 1, 2

var ErrNone = fmt.Errorf(
	"none",
)

// detached

// Add adds こんにちは.
func (s *Set[T]) Add(v T) { s.m[v] = struct{}{} }

func (Set[T]) Len() int { return 0 }

func New[T comparable](
	values ...T,
) *Set[T] {
	return nil
}
"""


def declared(name: str) -> go.Declaration:
    return next(found for found in go.parse(FILE).declarations if found.name == name)


def test_a_sound_file_has_no_faults() -> None:
    source = go.parse(FILE)
    assert source.package == "numkit"
    assert source.faults == ()
    assert source.text == FILE


def test_imports_with_their_aliases() -> None:
    found = [(each.path, each.alias, each.line) for each in go.parse(FILE).imports]
    assert found == [("fmt", "", 5), ("strings", "str", 6), ("math", ".", 7), ("embed", "_", 8), ("os", "", 11)]


def test_declarations_by_name_and_kind() -> None:
    found = [(each.name, each.kind) for each in go.parse(FILE).declarations]
    assert found == [
        ("Set", "type"),
        ("ID", "type"),
        ("Name", "type"),
        ("A", "const"),
        ("B", "const"),
        ("X", "var"),
        ("Y", "var"),
        ("ErrNone", "var"),
        ("Set.Add", "method"),
        ("Set.Len", "method"),
        ("New", "func"),
    ]


@pytest.mark.parametrize("found", go.parse(FILE).declarations, ids=lambda found: found.name)
def test_positions_count_characters_not_bytes(found: go.Declaration) -> None:
    assert FILE[found.start : found.end] == found.text
    assert FILE.split("\n")[found.line - 1].lstrip() in FILE[found.head :]
    assert found.name.rpartition(".")[2] in FILE[found.core : found.end]


def test_doc_comments_belong_to_a_declaration_but_detached_ones_do_not() -> None:
    assert declared("Set").text.startswith("// Set ひとまとまり.\n//\n// It holds")
    assert declared("ID").text == "// ID names a thing.\n\tID   int"
    assert declared("Set.Add").text.startswith("// Add adds")
    assert declared("B").text == "B"


def test_signatures() -> None:
    assert declared("Set.Add").signature == "func (s *Set[T]) Add(v T)"
    assert declared("New").signature == "func New[T comparable](\n\tvalues ...T,\n) *Set[T]"
    assert declared("Set").signature == "type Set[T comparable] struct {\n\tm map[T]struct{}\n}"
    assert declared("Name").signature == "type Name = string"
    assert declared("ErrNone").signature == "var ErrNone = fmt.Errorf("
    assert declared("A").signature == "const A = iota"


def test_groups_have_their_extent() -> None:
    group = declared("A").group
    assert group is not None and FILE[slice(*group)].startswith("const (") and declared("B").group == group
    assert declared("X").group is None
    assert (declared("X").start, declared("X").end) == (declared("Y").start, declared("Y").end)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("package p\nfunc a() {\n", 2, 10, "`{`"),
        ("package p\n\nfunc a() { x := }\n", 3, 16, "missing `identifier`"),
        ("package p\nfunc a() {}\n}\n", 3, 1, "`}`"),
        ("package p\nfunc a() {}\nNote\n", 3, 1, "not a declaration"),
        ('package p\nfunc a() { b("こんにちは" := ) }\n', 2, 22, ":="),
        ("package p\nfmt.Println(1)\n", 2, 1, "not a declaration"),
        ("package p\nvar x = (1\n", 2, 1, "(1"),
    ],
)
def test_faults_say_where(text: str, line: int, column: int, words: str) -> None:
    fault = go.parse(text).faults[0]
    assert (fault.line, fault.column) == (line, column)
    assert words in fault.message


@pytest.mark.parametrize("text", ["", "\n", "// only words\n", "func A() {}\n", "}{)(`", "\ud800", "\x00", "package"])
def test_any_text_can_be_read(text: str) -> None:
    source = go.parse(text)
    assert source.package == "" or text == "package"


def test_a_fragment_needs_no_package() -> None:
    source = go.parse("func A() {}\n")
    assert (source.package, source.faults, len(source.declarations)) == ("", (), 1)


def test_nesting_deeper_than_pythons_stack() -> None:
    text = "package p\n\nfunc f() int { return " + "(" * 3000 + "a.B" + ")" * 3000 + " + 1" * 3000 + " }\n"
    assert go.parse(text).declarations[0].name == "f"
    assert go.used_packages(text) == {"a"}
    assert go.can_fail({"p_test.go": text}, "f") is False


def test_tests_are_known_by_name_and_parameter() -> None:
    text = """package p
func TestA(t *testing.T) {}
func Test(t *testing.T) {}
func Test_b(tt *testing.T) {}
func Testify(t *testing.T) {}
func TestMain(m *testing.M) {}
func TestHelper(t *testing.T, n int) {}
func (s S) TestMethod(t *testing.T) {}
func BenchmarkA(b *testing.B) {}
"""
    assert go.test_names(text) == ["TestA", "Test", "Test_b"]
