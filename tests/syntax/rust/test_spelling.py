"""What prose spells out in Rust, and what it only speaks of."""

import pytest

from guild.syntax.rust.spelling import shown, spelled_out


@pytest.mark.parametrize(
    ("prose", "heads"),
    [
        ("to_roman(n: u32) -> Result<String, String> converts.", ["pub fn to_roman(n: u32) -> Result<String, String>"]),
        (
            "fn first(rows: &[(u8, char)]) -> Option<char>: the first.",
            ["pub fn first(rows: &[(u8, char)]) -> Option<char>"],
        ),
        ("pub fn swap<T>(a: &mut T, b: &mut T) swaps.", ["pub fn swap<T>(a: &mut T, b: &mut T)"]),
        ("fn main() prints it.", ["fn main()"]),
        ("It calls to_roman(4) and parse(text).", []),
        ("enum Side has Left. struct Pair keeps two.", ["pub enum Side", "pub struct Pair"]),
        ("struct S; its methods: new() -> S; add(&mut self, n: u8) adds.", ["pub struct S"]),
        ("struct S. The function total(all: &[S]) -> u8 sums.", ["pub struct S", "pub fn total(all: &[S]) -> u8"]),
        ("f(a: u8) -> u8 or f(a: u16) -> u8.", []),
    ],
)
def test_heads_are_what_is_spelled_out(prose: str, heads: list[str]) -> None:
    assert list(spelled_out(prose, methods=(), tests=False).signatures) == heads


def test_a_test_file_spells_out_code_alone() -> None:
    assert spelled_out("f(a: u8) -> u8 is 1; struct S", methods=(), tests=True).signatures == ()
    assert "f" not in spelled_out("f(a: u8) -> u8", methods=("f",), tests=False).symbols


def test_values_are_shown_of_one_function_of_one_argument() -> None:
    head = ["pub fn f(text: &str) -> u32"]
    assert list(shown('Turns "IX" into 9, and "a" into true.', head)) == [('f("IX")', "9")]
    assert list(shown('"IX" into 9', ["pub fn f(text: &str, n: u8) -> u32"])) == []
    assert list(shown("2 -> 4.5", ["pub fn f(n: u8) -> u32"])) == []
