"""Oracles of Rust: what each result is compared with, and what an oracle that cannot be asked says."""

import pytest

from guild.toolchains.rust import RustToolchain
from guild.toolchains.rust.calls import agrees, subject
from guild.values import Expect, OracleResult
from tests.toolchains.rust.conftest import FILES

LIB = (
    FILES["src/lib.rs"]
    + """
pub fn third(n: f64) -> f64 {
    n / 3.0
}

pub fn name(n: i64) -> Option<String> {
    (n > 0).then(|| format!("n{n}"))
}

pub fn words(text: &str) -> Vec<(String, usize)> {
    vec![(text.to_string(), 1)]
}

pub fn boxed(n: i64) -> Result<i64, Box<dyn std::error::Error>> {
    if n > 0 { Ok(n) } else { Err("no".into()) }
}

pub fn crash() -> i64 {
    let rows: Vec<i64> = vec![];
    rows[rows.len()]
}

pub struct Bare(pub i64);

pub fn bare() -> Bare {
    Bare(1)
}

pub fn leave() -> i64 {
    std::process::exit(0)
}

pub fn pair() -> (i64, Result<i64, String>) {
    (1, Err("x".into()))
}
"""
)
ASKED: dict[tuple[str, ...], tuple[bool | None, str]] = {
    ("area(3)", "Ok(9)"): (True, ""),
    ("area(3)", "Err(NegativeError)"): (False, "area(3): got Ok(9), want Err(NegativeError)"),
    ("third(1.0)", "0.3333333333"): (True, ""),
    ("third(1.0)", "0.34"): (False, "got 0.3333333333333333, want 0.34"),
    ("name(1)", 'Some("n1")'): (True, ""),
    ("name(0)", "None"): (True, ""),
    ('words("a")', 'vec![("a", 1)]'): (True, ""),
    ("boxed(1)", "Ok(1)"): (True, ""),
    ("boxed(0)", "error"): (True, ""),
    ("boxed(0)", "Ok(0)"): (False, "got an error, want Ok(0)"),
    ("boxed(1)", "error"): (False, "boxed(1): got no error, want one"),
    ("crash()", "error"): (True, ""),
    ("crash()", "1"): (
        False,
        "crash(): panicked: index out of bounds: the len is 0 but the index is 0 at crash (src/lib.rs)",
    ),
    ("bare()", "Bare(1)"): (False, "can't compare"),
    ("pair()", "1", "error"): (True, ""),
    ("pair()", "_", "error"): (True, ""),
    ("{ let n = double(2); double(n) }", "8"): (True, ""),
    ("leave()", "1"): (False, "it ends the whole program"),
    ("gone(1)", "1"): (None, "does not compile: cannot find function `gone`"),
    ("double(", "1"): (None, "'double(' is not an expression"),
}


def expect(call: str, *want: str) -> Expect:
    return Expect(call=call, want=list(want), line=3)


@pytest.fixture(scope="module")
def results(tool: RustToolchain) -> dict[tuple[str, ...], OracleResult]:
    told = tool.ask_oracles({**FILES, "src/lib.rs": LIB}, [expect(*asked) for asked in ASKED])
    return dict(zip(ASKED, told, strict=True))


@pytest.mark.rust
@pytest.mark.parametrize("asked", ASKED, ids=" = ".join)
def test_an_oracle_holds_or_says_why_not(results: dict[tuple[str, ...], OracleResult], asked: tuple[str, ...]) -> None:
    ok, said = ASKED[asked]
    assert results[asked]["ok"] is ok and said in results[asked]["message"]


@pytest.mark.rust
def test_a_library_that_does_not_compile_is_no_answer(tool: RustToolchain) -> None:
    (told,) = tool.ask_oracles({**FILES, "src/lib.rs": LIB + "fn f() -> i64 { true }\n"}, [expect("double(1)", "2")])
    assert told["ok"] is None and told["message"].startswith("the project does not compile: src/lib.rs:")


@pytest.mark.rust
def test_a_program_without_a_library_is_asked_too(tool: RustToolchain) -> None:
    files = {"Cargo.toml": FILES["Cargo.toml"], "src/main.rs": "pub fn two() -> i64 {\n    2\n}\n\nfn main() {}\n"}
    (told,) = tool.ask_oracles(files, [expect("two()", "2")])
    assert told["ok"] is True


@pytest.mark.parametrize(
    ("call", "message", "symbol", "missing"),
    [
        ("area(1)", "got 1", "area", False),
        ("gone(1)", "cannot find function `gone` in this scope", "gone", True),
        ("area(1).size()", "no method named `size` found", "size", True),
        ("f(1)", "got 1", "", False),
    ],
)
def test_an_oracle_is_about_a_symbol(call: str, message: str, symbol: str, missing: bool) -> None:
    found = subject(FILES, expect(call, "1"), message)
    assert (found.symbol, found.missing) == (symbol, missing)


def test_a_head_agrees_in_its_types() -> None:
    assert agrees(FILES, "area", "pub fn area(n: i64) -> Result<i64, NegativeError>")
    assert not agrees(FILES, "area", "fn area(side: i64) -> i64")
    assert agrees(FILES, "area", "fn double(n: u8)") and agrees(FILES, "area", "pub struct Area")
