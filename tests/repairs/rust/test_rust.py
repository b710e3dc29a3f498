"""The family as a whole: what a model's usual answer becomes, and what no repair may do."""

import pytest

from guild.repairs import REGISTRY, mend, names
from guild.repairs.rust.assertions import asserts_less
from guild.values import Diagnostic
from tests.repairs.rust.subjects import LIB, TEST, repaired, subject

TESTS = "tests/roman_test.rs"
ANSWER = """use my_crate::to_roman;

fn to_roman(n: u32) -> String {
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_a() {
        assert_eq!(crate::to_roman(1), "1");
    }
}

fn main() {}
"""


def said(code: str, *offers: tuple[int, int, int, int, str], path: str = "src/lib.rs", symbol: str = "") -> Diagnostic:
    found = Diagnostic(path=path, line=1, column=1, symbol=symbol, code=code, message="", stage="vet")
    return {**found, "offers": [[offer] for offer in offers]}


def mended(text: str, *diagnostics: Diagnostic, path: str = "src/lib.rs") -> str:
    off = set(REGISTRY["rust"].repairs)
    return mend(subject(text, path, {"src/store.rs": "pub struct Shelf;\n"}), diagnostics, without=off).text


def test_the_usual_answer_becomes_a_test() -> None:
    result = repaired(ANSWER, TESTS)
    assert result.fired == ("nested", "loose", "repeated", "imports")
    assert all(word not in result.text for word in ("my_crate", "fn to_roman", "mod tests", "fn main", "super"))
    assert "use roman::to_roman;" in result.text and 'assert_eq!(roman::to_roman(1), "1");' in result.text


@pytest.mark.parametrize("name", REGISTRY["rust"].repairs)
def test_no_repair_fires_on_a_sound_file(name: str) -> None:
    assert REGISTRY["rust"].repairs[name](subject(LIB)) == LIB
    assert REGISTRY["rust"].repairs[name](subject(TEST, TESTS)) == TEST


@pytest.mark.parametrize("name", REGISTRY["rust"].repairs)
@pytest.mark.parametrize(
    "text", ["", "fn", "use", "}{", "fn f(", "mod x", "struct A {", "use ;", "\ud800", "#[derive("]
)
def test_no_repair_stumbles_over_broken_text(name: str, text: str) -> None:
    for path in ("src/lib.rs", TESTS, "src/main.rs"):
        assert isinstance(REGISTRY["rust"].repairs[name](subject(text, path)), str)


def test_an_offer_is_taken() -> None:
    text = 'fn f() -> String {\n    "a"\n}\n'
    assert mended(text, said("mismatch", (2, 8, 2, 8, ".to_string()"))) == text.replace('"a"', '"a".to_string()')


def test_offers_of_one_place_are_put_there_together_each_once() -> None:
    lines = [(1, 1, 1, 1, "use a::B;\n"), (1, 1, 1, 1, "use c::D;\n"), (1, 1, 1, 1, "use a::B;\n")]
    assert mended("fn f() {}\n", *(said("undefined", line) for line in lines)) == "use a::B;\nuse c::D;\nfn f() {}\n"


def test_the_second_offer_is_taken_where_the_first_breaks_the_file() -> None:
    text = "fn f() -> u8 {\n    g(1)\n}\n"
    assert mended(text, said("mismatch", (2, 5, 2, 6, "g(("), (2, 5, 2, 6, "h"))) == text.replace("g(", "h(")
    assert mended(text, said("mismatch", (2, 5, 2, 6, "g(("))) == text


def test_an_offer_that_changes_what_a_test_wants_is_not_taken() -> None:
    wants = said("mismatch", (5, 30, 5, 33, 'Some("1")'), path=TESTS)
    assert 'assert_eq!(to_roman(1), "1");' in TEST
    assert mended(TEST, {**wants, "offers": [[(5, 29, 5, 32, 'Some("1")')]]}, path=TESTS) == TEST
    assert asserts_less(subject(TEST, TESTS), TEST.replace('"1"', '"2"'))
    assert not asserts_less(subject(TEST, TESTS), TEST.replace('"1"', '"1".to_string()'))


def test_what_was_said_of_another_file_or_without_an_offer_changes_nothing() -> None:
    assert mended(LIB, said("mismatch", (1, 1, 1, 4, "x"), path=TESTS), said("mismatch")) == LIB


def test_a_file_of_no_crate_gets_its_line() -> None:
    assert mended(LIB, said("stray-file", symbol="store")).startswith("pub mod store;\n")


def test_all_can_be_left_out() -> None:
    assert repaired(ANSWER, "notes.txt").text == ANSWER
    assert {"nested", "derives", "offers", "wants"} <= set(names("rust"))
