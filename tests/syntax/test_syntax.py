"""Which syntax a file has; what is no code declares nothing and stays as it is."""

import inspect

import pytest

from guild.spec.languages import MODULES, language_of
from guild.syntax import Source, Syntax, syntax_for, syntax_of


def test_a_file_has_the_syntax_that_its_name_ends_with() -> None:
    go = syntax_of("a/b_test.go")
    assert (go.name, go.is_test("a/b_test.go"), go.is_test("a/b.go")) == ("Go", True, False)
    assert syntax_of("k.go") is go and go.is_offered("Stack.Push") and not go.is_offered("Stack.grow")
    assert go.is_test_name("BenchmarkSum") and not go.is_test_name("Testing")


@pytest.mark.parametrize("path", ["go.mod", "README.md", "k.go.txt", ""])
def test_what_is_no_code_is_plain(path: str) -> None:
    plain = syntax_of(path)
    assert (plain.name, plain.is_test("k_test.go"), plain.is_offered("A")) == ("", False, False)
    assert plain.parse("func A(") == Source("func A(", "", (), (), ())
    assert (plain.splice("a", "b"), plain.files_in("a"), plain.test_names("func TestA")) == ("b", ["a"], [])
    assert (plain.cases("if x"), plain.denied("x"), plain.written("1", "", "2")) == ([], "x", "")
    assert not (
        plain.begins_file("package k") or plain.begins_declaration("func A() {}") or plain.is_test_name("TestA")
    )


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        ("ok", "!ok"),
        ("f(1)", "!f(1)"),
        ("!ok", "ok"),
        ("!f(1)", "f(1)"),
        ("!(a && b)", "(a && b)"),
        ("a && b", "!(a && b)"),
        ("!a && b", "!(!a && b)"),
        ("a == b", "!(a == b)"),
    ],
)
def test_a_condition_of_go_is_denied(condition: str, opposite: str) -> None:
    assert syntax_of("k.go").denied(condition) == opposite


@pytest.mark.parametrize(
    ("path", "declared", "begun"),
    [
        ("k.go", "func f() int {\n\tn := 1\n\t// the end\n\treturn n\n}", "func f() int {\n\tn := 1\n\t// the end\n"),
        ("k.go", "func f() int {\n\treturn 1\n}", ""),
        ("k.go", "type T struct {\n\tn int\n}\n", "type T struct {\n\tn int\n"),
        ("k.go", "type T int", ""),
        ("k.py", "def f():\n    n = 1\n    return n\n", "def f():\n    n = 1\n"),
        ("k.py", "def f():\n    return 1\n", ""),
        ("k.rs", "fn f() -> i32 {\n    let n = 1;\n    n\n}\n", "fn f() -> i32 {\n    let n = 1;\n"),
        ("k.rs", "fn f() -> i32 {\n    1\n}\n", ""),
        ("k.js", "export function f() {\n  const n = 1;\n  return n;\n}\n", "export function f() {\n  const n = 1;\n"),
        ("k.js", "export const n = 1;\n", ""),
        ("k.txt", "a\nb\n", ""),
    ],
)
def test_a_declaration_can_be_left_to_be_finished(path: str, declared: str, begun: str) -> None:
    assert syntax_of(path).unfinished(declared) == begun


@pytest.mark.parametrize("syntax", [syntax_of(""), *(syntax_for(language_of([module])) for module in MODULES)])
def test_a_syntax_takes_what_the_protocol_gives(syntax: Syntax) -> None:
    """Types do not tell: a language's module is found by its name."""
    wanted = inspect.getmembers(Syntax, inspect.isfunction)
    for name, method in (each for each in wanted if not each[0].startswith("_")):
        given = list(inspect.signature(method).parameters.values())[1:]
        keywords = {each.name: None for each in given if each.kind is each.KEYWORD_ONLY}
        inspect.signature(getattr(syntax, name)).bind(
            *(None for each in given if each.name not in keywords), **keywords
        )
