"""Files to repair, beside a library that offers something."""

from guild.repairs import Repaired, Subject, repair

LIB = """use std::fmt;

pub fn to_roman(n: u32) -> String {
    n.to_string()
}

#[derive(Debug, Clone, PartialEq)]
pub struct Stock {
    pub n: u32,
}
"""
TEST = """use roman::*;

#[test]
fn test_a() {
    assert_eq!(to_roman(1), "1");
}
"""
CARGO = '[package]\nname = "roman"\n\n[dependencies]\nitoa = "1"\n'


def subject(text: str, path: str = "src/lib.rs", beside: dict[str, str] | None = None) -> Subject:
    siblings = {"Cargo.toml": CARGO, "src/lib.rs": LIB, "tests/roman_test.rs": "", **(beside or {})}
    siblings.pop(path, None)
    return Subject(path=path, text=text, package="roman", module="example.com/roman", siblings=siblings)


def repaired(text: str, path: str = "src/lib.rs", beside: dict[str, str] | None = None) -> Repaired:
    return repair(subject(text, path, beside))
