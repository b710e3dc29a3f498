import pytest

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


def test_remove_takes_the_doc_and_the_empty_line_too() -> None:
    assert go.remove(FILE, ["A"]) == FILE.replace(
        '// A says こんにちは.\nfunc A() string { return "こんにちは" }\n\n', ""
    )
    assert go.remove(FILE, ["T.Len", "B"]).endswith("type T struct{}\n")
    assert go.remove(FILE, []) == FILE
    assert go.remove(FILE, ["Nobody"]) == FILE


def test_remove_of_a_group_and_of_its_members() -> None:
    assert "const" not in go.remove(FILE, ["One", "Two"])
    assert "const (\n\tTwo // two\n)" in go.remove(FILE, ["One"])


def test_names_that_share_a_spec_go_together() -> None:
    assert go.remove(FILE, ["X"]) == FILE
    assert "var X" not in go.remove(FILE, ["X", "Y"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("package main\n\nfunc A() {}\n", "package p\n\nfunc A() {}\n"),
        ("func A() {}\n", "package p\n\nfunc A() {}\n"),
        ("// はい\npackage main // x\n", "// はい\npackage p // x\n"),
        ("package a\n\nvar X = 1\n\npackage b\n\nvar Y = 1\n", "package p\n\nvar X = 1\n\nvar Y = 1\n"),
        ("package p\n", "package p\n"),
        ("", "package p\n"),
    ],
)
def test_set_package(text: str, wanted: str) -> None:
    assert go.set_package(text, "p") == wanted


@pytest.mark.parametrize(
    ("text", "paths", "wanted"),
    [
        ("package p\n\nfunc A() {}\n", ["fmt"], 'package p\n\nimport "fmt"\n\nfunc A() {}\n'),
        ("package p\n", ["fmt"], 'package p\n\nimport "fmt"\n\n'),
        ('package p\n\nimport "fmt"\n\nvar X = 1\n', [], "package p\n\nvar X = 1\n"),
        (
            'package p\n\nimport "fmt"\nimport "os"\n\nvar X = 1\n',
            {"strings": "str", "m/a": ""},
            'package p\n\nimport (\n\tstr "strings"\n\n\t"m/a"\n)\n\nvar X = 1\n',
        ),
        ("func A() {}\n", ["os", "fmt"], 'import (\n\t"fmt"\n\t"os"\n)\n\nfunc A() {}\n'),
    ],
)
def test_with_imports(text: str, paths: list[str] | dict[str, str], wanted: str) -> None:
    assert go.with_imports(text, paths) == wanted


def test_split_packages() -> None:
    one, two = "package a\n\nfunc A() {}\n\n", "// b.go\npackage b\n\nfunc B() {}\n"
    assert go.split_packages(one + two) == [one, two]
    assert go.split_packages("func A() {}\n") == ["func A() {}\n"]
