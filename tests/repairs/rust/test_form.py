"""The form of Rust files: each repair fires on what it is for, and leaves the rest alone."""

from textwrap import indent

from guild.repairs.rust import derives, examples, imports, loose, modules, nested, public, repeated
from tests.repairs.rust.subjects import LIB, TEST, subject

TESTS = "tests/roman_test.rs"


def test_a_module_of_tests_in_a_test_file_is_opened() -> None:
    inner = TEST.removeprefix("use roman::*;\n\n")
    wrapped = f"#[cfg(test)]\nmod tests {{\n    use super::*;\n\n{indent(inner, '    ')}}}\n"
    assert nested.apply(subject(wrapped, TESTS)).strip() == inner.strip()
    assert "mod tests" not in nested.apply(subject(wrapped, TESTS))
    assert nested.apply(subject(wrapped, "src/lib.rs")) == wrapped
    helpers = "mod helpers {\n    pub fn f() {}\n}\n"
    assert nested.apply(subject(helpers, TESTS)) == helpers


def test_a_start_where_no_program_begins_is_dropped() -> None:
    text = f"{TEST}\nfn main() {{\n    test_a();\n}}\n"
    assert loose.apply(subject(text, TESTS)) == TEST
    program = "fn main() {}\n\nfn f() {}\n"
    assert loose.apply(subject(program, "src/main.rs")) == program
    assert loose.apply(subject("fn main() {}\n", "src/lib.rs")) == "fn main() {}\n"


def test_tests_among_the_code_go_where_there_is_a_file_of_tests() -> None:
    inline = f"{LIB}\n#[cfg(test)]\nmod tests {{\n    #[test]\n    fn t() {{}}\n}}\n"
    assert loose.apply(subject(inline)) == LIB
    alone = subject(inline)
    assert loose.apply(type(alone)(**{**alone.__dict__, "siblings": {}})) == inline


def test_copies_of_the_code_under_test_go() -> None:
    copies = "pub fn to_roman(n: u32) -> String {\n    String::new()\n}\n\nstruct Stock;\n\nimpl Stock {}\n\n"
    assert repeated.apply(subject(copies + TEST, TESTS)).strip() == TEST.strip()
    assert repeated.apply(subject(copies, TESTS)) == copies
    own = f"fn help() {{}}\n\n{TEST}"
    assert repeated.apply(subject(own, TESTS)) == own
    assert repeated.apply(subject(f"{LIB}\n{LIB}")).count("fn to_roman") == 1
    assert repeated.apply(subject("fn f() {}\nfn f() { 1; }\n")).count("fn f") == 2


def test_each_file_of_a_crate_has_its_line_where_the_crate_begins() -> None:
    beside = {"src/store.rs": "pub struct S;\n"}
    assert modules.apply(subject(LIB, beside=beside)).startswith("pub mod store;\n\nuse std::fmt;")
    declared = f"mod store;\n{LIB}"
    assert modules.apply(subject(declared, beside=beside)) == declared
    assert modules.apply(subject("mod store;\nfn main() {}\n", "src/main.rs", beside)) == "\nfn main() {}\n"
    assert modules.apply(subject("mod store;\npub struct T;\n", "src/more.rs", beside)) == "\npub struct T;\n"
    inner = subject("mod store;\n", "src/more.rs", {"src/more/store.rs": "fn f() {}\n"})
    assert modules.apply(inner) == "mod store;\n"
    assert modules.apply(subject(LIB, beside={"src/store.rs": ""})) == LIB


def test_paths_begin_with_the_name_that_the_library_has() -> None:
    for wrong in ("super", "crate", "my_crate", "roman_numerals"):
        text = TEST.replace("use roman::*", f"use {wrong}::to_roman")
        assert imports.apply(subject(text, TESTS)).startswith("use roman::to_roman;")
    qualified = TEST.replace("to_roman(1)", "crate::to_roman(1)")
    assert "roman::to_roman(1)" in imports.apply(subject(qualified, TESTS))
    assert imports.apply(subject("use roman::Stock;\nfn f() {}\n", "src/more.rs")).startswith("use crate::Stock;")
    beside = {"src/store.rs": "pub struct Shelf;\n"}
    assert imports.apply(subject("use store::Shelf;\nfn main() {}\n", "src/main.rs", beside)).startswith(
        "use roman::store::Shelf;"
    )


def test_paths_that_lead_somewhere_stay() -> None:
    for text in (TEST, f"use itoa::Buffer;\nuse std::fmt::Display;\nuse rand::Rng;\n{TEST}"):
        assert imports.apply(subject(text, TESTS)) == text
    inside = "use crate::Stock;\nuse super::to_roman;\nfn f() {}\n"
    assert imports.apply(subject(inside, "src/more.rs")) == inside


def test_a_test_that_imports_nothing_of_the_library_imports_it() -> None:
    bare = TEST.removeprefix("use roman::*;\n\n")
    assert imports.apply(subject(bare, TESTS)) == TEST
    qualified = bare.replace("to_roman(1)", "roman::to_roman(1)")
    assert imports.apply(subject(qualified, TESTS)) == qualified
    foreign = bare.replace("to_roman(1)", "own(1)")
    assert imports.apply(subject(foreign, TESTS)) == foreign


def test_what_others_use_is_public() -> None:
    text = "fn a() {}\n\npub fn b() {}\n\npub struct S {\n    n: u32,\n    m: u32,\n}\n\n"
    text += "impl S {\n    fn get(&self) {}\n}\n"
    user = {TESTS: "fn t() { a(); s.get(); s.n; }"}
    got = public.apply(subject(text, beside=user))
    assert "pub fn a()" in got and "pub fn get(&self)" in got and "pub n: u32" in got and "    m: u32" in got
    assert public.apply(subject(text)) == text
    assert public.apply(subject("fn a() {}\n\nstruct S;\n")) == "pub fn a() {}\n\npub struct S;\n"
    trait = "pub struct S;\n\nimpl Clone for S {\n    fn clone(&self) -> S {\n        S\n    }\n}\n"
    assert public.apply(subject(trait, beside={TESTS: "s.clone()"})) == trait
    assert public.apply(subject("fn main() {}\n\nfn f() {}\n", "src/main.rs")) == "fn main() {}\n\nfn f() {}\n"


def test_types_of_plain_values_derive_what_tests_need() -> None:
    text = "pub struct A {\n    rows: Vec<B>,\n}\n\n#[derive(Debug, Copy)]\npub enum B {\n    One,\n    Two(f64),\n}\n"
    got = derives.apply(subject(text))
    assert "#[derive(Debug, Clone, PartialEq)]\npub struct A" in got
    assert "#[derive(Clone, PartialEq, Debug, Copy)]\npub enum B" in got
    assert derives.apply(subject(got)) == got == derives.apply(subject(got))


def test_types_that_cannot_derive_stay() -> None:
    for text in (
        "pub struct A {\n    error: Box<dyn std::error::Error>,\n}\n",
        "pub struct A {\n    file: File,\n}\n",
        "pub struct A {\n    f: fn(u8) -> u8,\n}\n",
        "pub struct A {\n    inner: C,\n}\n\npub struct C {\n    file: File,\n}\n",
    ):
        assert derives.apply(subject(text)) == text
    written = "pub struct A;\n\nimpl std::fmt::Debug for A {}\n"
    assert "#[derive(Clone, PartialEq)]" in derives.apply(subject(written))
    assert derives.apply(subject("struct A;\n", TESTS)) == "struct A;\n"


def test_code_in_what_is_said_is_not_run() -> None:
    text = "/// Adds.\n/// ```\n/// assert_eq!(f(), 3);\n/// ```\n/// ```rust\n/// f();\n/// ```\npub fn f() {}\n"
    assert examples.apply(subject(text)).count("```text") == 2
    sound = "/// ```text\n/// f();\n/// ```\n/// ```sh\n/// ls\n/// ```\npub fn f() {}\n// ```\n"
    assert examples.apply(subject(sound)) == sound
