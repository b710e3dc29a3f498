"""What rustc has no sure offer for, and what it said of it: each mend fires on its words alone."""

import pytest

from guild.repairs.rust import FAMILY
from guild.syntax import edited
from guild.values import Diagnostic
from tests.repairs.rust.subjects import subject

CASES = {
    "a whole number and a length": (
        "numbers",
        "fn f(n: i32, v: &[i32]) -> i32 { n @+ v.len() }",
        "cannot add `usize` to `i32`: no implementation for `i32 + usize`",
        "n + v.len() as i32",
    ),
    "a whole number and a fraction": (
        "numbers",
        "fn f(n: i32) -> f64 { n @/ 2.0 }",
        "cannot divide `i32` by `{float}`: no implementation for `i32 / {float}`",
        "n as f64 / 2.0",
    ),
    "a sum in brackets of its own": (
        "numbers",
        "fn f(n: f64, m: u8) -> f64 { n @- -m }",
        "cannot subtract `u8` from `f64`: no implementation for `f64 - u8`",
        "n - (-m) as f64",
    ),
    "an index": (
        "numbers",
        "fn f(v: &[i32], i: i32) -> i32 { v[@i + 1] }",
        "the type `[i32]` cannot be indexed by `i32`",
        "v[(i + 1) as usize]",
    ),
    "an iterator for a text": (
        "chains",
        "fn f(t: &str) -> String { @t.chars().rev() }",
        "mismatched types: expected `String`, found `Rev<Chars<'_>>`",
        "t.chars().rev().collect()",
    ),
    "a join of an iterator": (
        "chains",
        'fn f(v: &[i32]) -> String { v.iter().map(|x| x.to_string()).@join(",") }',
        "no method named `join` found for struct `std::iter::Map<I, F>` in the current scope",
        '.collect::<Vec<_>>().join(",")',
    ),
    "letters for a letter": (
        "elements",
        "fn f(t: &str) -> String { t.chars().map(|c| c.to_lowercase()).filter(|c| true).collect::<@String>() }",
        "a value of type `std::string::String` cannot be built from an iterator over elements of type "
        "`std::char::ToLowercase`",
        "t.chars().flat_map(|c| c.to_lowercase()).filter",
    ),
    "letters by a function": (
        "elements",
        "fn f(t: &str) -> String { t.chars().map(char::to_uppercase).@collect() }",
        "a value of type `String` cannot be built from an iterator over elements of type `ToUppercase`",
        ".flat_map(char::to_uppercase).collect()",
    ),
    "lent values for owned ones": (
        "elements",
        "fn f(v: &[i32]) -> Vec<i32> { v.iter().rev().@collect() }",
        "a value of type `std::vec::Vec<i32>` cannot be built from an iterator over elements of type `&i32`",
        "v.iter().rev().cloned().collect()",
    ),
    "words for texts": (
        "elements",
        "fn f(t: &str) -> Vec<String> { t.split(' ').collect::<@Vec<String>>() }",
        "a value of type `Vec<String>` cannot be built from an iterator over elements of type `&str`",
        "t.split(' ').map(|each| each.to_string()).collect::<Vec<String>>()",
    ),
    "a word for a text that may be missing": (
        "elements",
        "fn f(t: &str) -> Option<String> { @t.split(' ').next() }",
        "mismatched types: expected `Option<String>`, found `Option<&str>`",
        "t.split(' ').next().map(|each| each.to_string())",
    ),
    "a number for a text that may have failed": (
        "elements",
        "fn f(n: f64) -> Result<String, String> { @half(n) }",
        "mismatched types: expected `std::result::Result<std::string::String, String>`, "
        "found `std::result::Result<f64, String>`",
        "{ half(n).map(|each| each.to_string()) }",
    ),
    "a list of texts": (
        "lists",
        'fn f() -> bool { g(@&vec!["a", "b"], &["c"]) }',
        "mismatched types: expected `&[String]`, found `&Vec<&str>`",
        'g(&vec!["a".to_string(), "b".to_string()], &["c"])',
    ),
    "a list in a macro": (
        "lists",
        'fn f() { assert_eq!(g(@&["a", "b"]), Ok(["c"])); }',
        "mismatched types: expected `&[std::string::String]`, found `&[&str; 2]`",
        'g(&["a".to_string(), "b".to_string()]), Ok(["c"])',
    ),
    "a copy of a word": (
        "elements",
        "fn f(t: &str) -> Option<String> { t.split(' ').next().@cloned() }",
        "no method named `cloned` found for enum `std::option::Option<&str>` in the current scope",
        "t.split(' ').next().map(|each| each.to_string())",
    ),
    "a sort of fractions": (
        "chains",
        "fn f(v: &mut Vec<f64>) { v.@sort(); }",
        "the trait bound `f64: std::cmp::Ord` is not satisfied",
        "v.sort_by(|a, b| a.total_cmp(b));",
    ),
    "an error for a text": (
        "errors",
        "fn f(t: &str) -> Result<i32, String> { Ok(t.parse::<i32>()@?) }",
        "`?` couldn't convert the error to `std::string::String`",
        "parse::<i32>().map_err(|error| error.to_string())?",
    ),
    "a match of an owned text": (
        "texts",
        'fn f(t: &String) -> i32 { match t { @"a" => 1, _ => 2 } }',
        "mismatched types: expected `&String`, found `&str`",
        "match t.as_str() {",
    ),
    "a look-up by two borrows": (
        "texts",
        "fn f(m: &HashMap<String, i32>, k: &str) -> bool { m.contains_key(@&k) }",
        "the trait bound `String: std::borrow::Borrow<&str>` is not satisfied",
        "contains_key(k)",
    ),
}
TEST = "#[test]\nfn test_a() {{\n    {}\n}}\n"
WANTS = {
    "owned texts in tuples": (
        'assert_eq!(top("a"), vec![("a", 1)]);',
        "can't compare `(std::string::String, usize)` with `(&str, {integer})`",
        'assert_eq!(top("a"), vec![("a".to_string(), 1)]);',
    ),
    "an owned text that may be missing": (
        'assert_eq!(f(1), Some("a"));',
        "mismatched types: expected `Option<String>`, found `Option<&str>`",
        'assert_eq!(f(1), Some("a".to_string()));',
    ),
    "a number that is lent": (
        'assert_eq!(m.get("a"), Some(1));',
        "mismatched types: expected `Option<&usize>`, found `Option<{integer}>`",
        'assert_eq!(m.get("a"), Some(&1));',
    ),
}


def found(text: str, message: str, path: str = "src/lib.rs") -> Diagnostic:
    line = text[: text.index("@")].count("\n") + 1 if "@" in text else 3
    column = text.index("@") - text.rfind("\n", 0, text.index("@")) if "@" in text else 5
    return Diagnostic(path=path, line=line, column=column, symbol="", code="x", message=message, stage="vet")


@pytest.mark.parametrize("name", CASES)
def test_it_fires_where_the_compiler_points_at_it(name: str) -> None:
    mend, text, message, wanted = CASES[name]
    plain = text.replace("@", "")
    assert wanted in edited(plain, FAMILY.mends[mend](subject(plain), [found(text, message)]))


@pytest.mark.parametrize("name", CASES)
def test_it_does_not_fire_on_other_words_or_elsewhere(name: str) -> None:
    mend, text, message, _ = CASES[name]
    plain = text.replace("@", "")
    assert FAMILY.mends[mend](subject(plain), [found(text, "mismatched types")]) == []
    assert FAMILY.mends[mend](subject(plain), [{**found(text, message), "line": 7}]) == []


@pytest.mark.parametrize("name", WANTS)
def test_a_wanted_value_takes_the_type_that_it_is_compared_with(name: str) -> None:
    body, message, wanted = WANTS[name]
    text, path = TEST.format(body), "tests/roman_test.rs"
    edits = FAMILY.mends["wants"](subject(text, path), [found(text, message, path)])
    assert edited(text, edits) == TEST.format(wanted)
    assert not FAMILY.asserts_less(subject(text, path), edited(text, edits))
    assert FAMILY.mends["wants"](subject(text, path), [found(text, "mismatched types", path)]) == []


def test_the_rows_of_a_table_take_it_too() -> None:
    loop = (
        'for (t, want) in [("a", vec!["a"]), ("b", vec!["b".to_string()])] {{\n        assert_eq!(f(t), want);\n    }}'
    )
    text = TEST.format(loop.replace("{{", "{").replace("}}", "}"))
    said = {**found(text, "can't compare `String` with `&str`", "tests/roman_test.rs"), "line": 4}
    got = edited(text, FAMILY.mends["wants"](subject(text, "tests/roman_test.rs"), [said]))
    assert '("a", vec!["a".to_string()]), ("b", vec!["b".to_string()])' in got
