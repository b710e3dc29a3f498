"""What a Rust file declares: where, as what, with which words; and where it does not parse."""

from itertools import pairwise

import pytest

from guild.syntax.rust.source import each_test, parse, split_files
from guild.syntax.rust.tree import tree

TEXT = """//! A shop.
use std::collections::{BTreeMap as Map, HashMap};
use crate::store::*;

/// What is sold.
// Few things.
#[derive(Debug)]
pub struct Item<T> {
    /// Its name.
    pub name: T,
} // the end

impl<T: Clone> Item<T> {
    /// Makes one.
    #[inline]
    pub fn new(name: T) -> Self {
        Item { name }
    }

    fn hidden(&self) {}
}

impl std::fmt::Display for Item<String> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}", self.name)
    }
}

pub const MOST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_works() {}
}

pub mod store;
"""


def test_each_declaration_is_found_with_its_kind_and_signature() -> None:
    assert [(each.name, each.kind, each.line) for each in parse(TEXT).declarations] == [
        ("Item", "type", 8),
        ("Item.new", "method", 16),
        ("Item.hidden", "method", 20),
        ("Item.fmt", "method", 24),
        ("MOST", "const", 29),
        ("tests", "type", 32),
    ]
    item, new, _, fmt, most, _ = parse(TEXT).declarations
    assert item.signature == "pub struct Item<T> {\n    pub name: T,\n}"
    assert new.signature == "impl<T: Clone> Item<T> {\n    pub fn new(name: T) -> Self"
    assert fmt.signature.startswith("impl std::fmt::Display for Item<String> {\n    fn fmt(")
    assert most.signature == "pub const MOST: usize = 3"


def test_comments_and_attributes_belong_to_what_they_stand_above() -> None:
    item, new, hidden, *_ = parse(TEXT).declarations
    assert item.text.startswith("/// What is sold.\n// Few things.\n#[derive(Debug)]\npub struct")
    assert TEXT[item.head :].startswith("#[derive(Debug)]")
    assert new.text.startswith("    /// Makes one.\n    #[inline]\n    pub fn new")
    assert hidden.text == "    fn hidden(&self) {}"


def test_declarations_never_overlap() -> None:
    spans = [(each.start, each.end) for each in parse(TEXT).declarations]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_imports_are_listed_path_by_path() -> None:
    assert [(each.path, each.alias) for each in parse(TEXT).imports] == [
        ("std::collections::BTreeMap", "Map"),
        ("std::collections::HashMap", "HashMap"),
        ("crate::store", "*"),
    ]
    assert [each.path for each in parse("use std::{fmt, io::{self, Read}};").imports] == [
        "std::fmt",
        "std::io",
        "std::io::Read",
    ]


def test_tests_are_what_is_marked_as_such() -> None:
    more = "#[test]\n#[ignore]\nfn a() {}\n\nfn test_b() {}\n\n#[tokio::test]\nasync fn c() {}"
    assert [name for name, _ in each_test(tree(TEXT))] == ["tests::it_works"]
    assert [name for name, _ in each_test(tree(more))] == ["a", "c"]


@pytest.mark.parametrize("text", ["pub fn f( {", "fn f() { 1 +; }", "}", "struct", "let x = ", "fn f() {", "\ud800 fn"])
def test_what_does_not_parse_has_faults(text: str) -> None:
    assert parse(text).faults
    assert not parse(TEXT).faults


def test_a_head_without_a_body_is_a_broken_function() -> None:
    (found,) = parse("pub fn f(a: i32) -> i32").declarations
    assert (found.name, found.broken, found.text) == ("f", True, "pub fn f(a: i32) -> i32")
    assert not parse("pub fn f() {}").declarations[0].broken


def test_files_behind_one_another_are_cut_at_the_comments_that_name_them() -> None:
    text = "// src/lib.rs\npub fn f() {}\n// src/main.rs\nfn main() {}\n"
    assert split_files(text) == ["// src/lib.rs\npub fn f() {}\n", "// src/main.rs\nfn main() {}\n"]
    assert split_files("pub fn f() {} // see lib.rs\n") == ["pub fn f() {} // see lib.rs\n"]
