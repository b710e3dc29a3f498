"""Declarations put in the place of their namesakes, and nothing else changed."""

from guild.syntax.rust.source import parse
from guild.syntax.rust.splicing import splice
from tests.syntax.rust.test_source import TEXT

STOCK = """//! Stock.
use std::fmt;

/// Some.
#[derive(Debug)]
pub struct Stock {
    count: u32,
}

impl Stock {
    /// Makes it.
    pub fn new() -> Self {
        Stock { count: 0 }
    }

    pub fn count(&self) -> u32 {
        self.count
    }
}

pub fn total() -> u32 {
    1
}
"""


def test_a_text_spliced_into_itself_stays() -> None:
    assert splice(STOCK, STOCK) == STOCK
    assert splice(TEXT, TEXT) == TEXT


def test_a_function_takes_the_place_of_its_namesake_whose_comment_stays() -> None:
    assert splice(STOCK, "pub fn total() -> u32 {\n    2\n}") == STOCK.replace("    1\n", "    2\n")
    assert "/// New.\n#[derive(Debug)]\npub struct Stock;" in splice(STOCK, "/// New.\npub struct Stock;")
    assert "/// Some.\n#[derive(Clone)]\npub struct Stock;" in splice(STOCK, "#[derive(Clone)]\npub struct Stock;")


def test_an_impl_keeps_what_is_not_shown() -> None:
    text = splice(STOCK, "impl Stock {\n    pub fn count(&self) -> u32 {\n        7\n    }\n\n    fn more(&self) {}\n}")
    assert [each.name for each in parse(text).declarations] == [
        "Stock",
        "Stock.new",
        "Stock.count",
        "Stock.more",
        "total",
    ]
    assert "        7\n" in text and "self.count" not in text and text.count("impl Stock") == 1


def test_a_method_without_its_impl_goes_home() -> None:
    assert splice(STOCK, "pub fn count(&self) -> u32 {\n    9\n}").count("fn count") == 1
    text = splice(STOCK, "fn more(&mut self) {}")
    assert [each.name for each in parse(text).declarations][3] == "Stock.more"
    assert parse(splice(STOCK, "pub fn count() -> u32 { 1 }")).declarations[-1].name == "count"


def test_an_impl_of_a_trait_is_another_one() -> None:
    text = splice(STOCK, "impl fmt::Display for Stock {\n    fn fmt(&self) {}\n}")
    assert text.endswith("impl fmt::Display for Stock {\n    fn fmt(&self) {}\n}\n")
    assert splice(text, "impl std::fmt::Display for Stock {\n    fn fmt(&self) { todo!() }\n}").count("Display") == 1


def test_what_is_used_is_merged() -> None:
    text = splice(STOCK, "use std::fmt;\nuse std::io::{self, Read};\nmod more;\nfn f() {}")
    assert text.startswith("//! Stock.\nuse std::io::{self, Read};\nmod more;\nuse std::fmt;\n")
    assert splice(text, "use std::io;\nfn f() {}") == text


def test_of_two_namesakes_the_last_stands() -> None:
    text = splice(STOCK, "pub fn total() -> u32 { 2 }\npub fn total() -> u32 { 3 }\nfn g() {}\nfn g() { 1; }")
    assert text.count("fn total") == text.count("fn g") == 1 and "{ 3 }" in text and "{ 1; }" in text


def test_an_empty_file_becomes_the_replacement_and_words_change_nothing() -> None:
    assert splice("// nothing yet\n", "fn f() {}\n") == "fn f() {}\n"
    assert splice(STOCK, "// only words\n") == STOCK
