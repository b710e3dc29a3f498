"""Rust behind the protocol of syntaxes."""

import pytest

from guild.syntax import syntax_for, syntax_of

RUST = syntax_for("rust")


def test_files_of_tests_stand_in_their_folder() -> None:
    assert syntax_of("src/lib.rs") is RUST
    assert [RUST.is_test(path) for path in ("tests/a.rs", "src/a_test.rs", "src/lib.rs")] == [True, False, False]
    assert RUST.is_test_name("tests::test_a") and not RUST.is_test_name("it")
    assert RUST.is_offered("Stock.add") and not RUST.is_offered("_hidden")


def test_answers_begin_as_the_language_does() -> None:
    assert RUST.body_start(RUST.test_head("test_a")) == "#[test]\nfn test_a() {\n"
    assert RUST.steps_start("pub fn f()") == "pub fn f() {\n    // "
    assert RUST.steps_start("impl S {\n    fn f(&self)") == "impl S {\n    fn f(&self) {\n        // "
    assert RUST.test_named(["Add", "two"]) == "test_add_two"
    assert RUST.begins_file("use std::fmt;") and not RUST.begins_file("use it well")
    assert RUST.begins_declaration("#[derive(Debug)]") and not RUST.begins_declaration("Here it is:")
    assert RUST.file_start("k") == ""


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [
        ("ok", "!ok"),
        ("f(1)", "!f(1)"),
        ("!ok", "ok"),
        ("a && b", "!(a && b)"),
        ("a.b()", "!a.b()"),
        ("a == b", "!(a == b)"),
    ],
)
def test_a_condition_is_denied(condition: str, opposite: str) -> None:
    assert RUST.denied(condition) == opposite


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ('Ok( "a".to_string() )', 'Ok("a")'),
        ('vec![String::from("a"),\n "b  c".into()]', '["a", "b  c"]'),
        ("&[1,  2,]", "[1, 2]"),
        ("Some(vec![])", "Some([])"),
        ('f("vec![", x.to_string())', 'f("vec![", x.to_string())'),
    ],
)
def test_expressions_are_spelled_as_values_are_printed(written: str, plain: str) -> None:
    assert RUST.one_line(written) == plain
