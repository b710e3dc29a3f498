"""What the files of a Rust project say without being compiled."""

import pytest

from guild.toolchains.rust.hollow import can_fail
from guild.toolchains.rust.layout import completed, public_modules, roots, stray
from guild.toolchains.rust.reading import census, parse
from tests.toolchains.samples import CARGO, RUST


def test_a_path_that_leads_nowhere_is_found_and_others_are_not() -> None:
    text = "use rand::Rng;\nuse std::fmt;\nuse crate::a::B;\nuse shapes::C;\nuse itoa::Buffer;\nuse Side::*;\n"
    text += "enum Side {}\n"
    report = parse({"Cargo.toml": f'{CARGO}\n[dependencies]\nitoa = "1"\n', "src/lib.rs": text})
    assert [(each["code"], each["line"], each["symbol"]) for each in report.diagnostics] == [
        ("missing-package", 1, "rand")
    ]
    (found,) = parse({"src/lib.rs": "fn f( {\n"}).diagnostics
    assert (found["code"], found["line"]) == ("syntax", 1)


def test_methods_are_known_by_their_type_and_alone() -> None:
    symbols = census({"src/lib.rs": "pub struct S;\nimpl S {\n    pub fn add(&self) {}\n}\n"}).symbols
    assert symbols == {"S", "S.add", "S::add", "add"}


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("assert_eq!(f(1), 2);", True),
        ("assert!(f(1));", True),
        ("f(1).unwrap();", True),
        ("check(f(1));", True),
        ('panic!("no");', True),
        ("f(1);", False),
        ("assert!(true);", False),
        ("assert_eq!(1, 1);", False),
        ('println!("{}", f(1));', False),
    ],
)
def test_a_test_that_cannot_fail_is_hollow(body: str, fails: bool) -> None:
    text = f"fn check(n: i32) {{\n    assert!(n > 0);\n}}\n\n#[test]\nfn test_a() {{\n    {body}\n}}\n"
    assert can_fail(text, "test_a") is fails
    assert census({"tests/a.rs": text}).hollow == (() if fails else ("tests/a.rs:test_a",))


def test_a_test_that_is_to_panic_can_fail() -> None:
    assert can_fail("#[test]\n#[should_panic]\nfn test_a() {\n    f(0);\n}\n", "test_a")


def test_crates_begin_with_the_library_then_the_programs() -> None:
    files = {**RUST.files, "src/bin/x.rs": "", "src/bin/y/main.rs": "", "src/bin/y/z.rs": ""}
    assert roots(files) == ["src/lib.rs", "src/main.rs", "src/bin/x.rs", "src/bin/y/main.rs"]
    assert public_modules(files) == ["names"]


def test_a_file_that_no_crate_holds_is_stray_until_it_is_declared() -> None:
    files = {"src/lib.rs": "mod a;\n", "src/a.rs": "mod b;\n", "src/a/b.rs": "", "src/c.rs": ""}
    assert stray(files) == ["src/c.rs"]
    assert completed(files)["src/lib.rs"] == "mod a;\npub mod c;\n"
    assert completed({"src/c.rs": ""})["src/lib.rs"] == "\npub mod c;\n"
    assert completed({"src/lib.rs": "fn f() {}"}) == {"src/lib.rs": "fn f() {}"}
