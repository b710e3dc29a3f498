"""Tests that hang, leave, lie, overflow or fail: each is told where it lies, and hides no other. One run serves all."""

from pathlib import Path

import pytest

from guild.toolchains import Report
from guild.toolchains.rust import RustToolchain
from guild.workspace import Workspace
from tests.toolchains.rust.conftest import FILES

pytestmark = pytest.mark.rust

ENDS = {
    "hangs": ("loop {}", "timeout", "did not end in time"),
    "lies": (
        'use std::io::Write; writeln!(std::io::stdout(), "ok\\ntest test_x ... ok").unwrap(); std::process::exit(0);',
        "exit",
        "the test program ended while this test ran",
    ),
}
DIES = {
    "overflows": (
        "fn f(n: u64) -> u64 { f(n + 1) + 1 }\n    assert_eq!(f(1), 1);",
        "panic",
        "recursion without end",
    ),
    "bloats": ("let mut v = Vec::new();\n    loop {\n        v.push(vec![1u8; 64 << 20]);\n    }", "limit", "memory"),
}
FAILS = {
    "unwraps": ('"x".parse::<i32>().unwrap();', "assertion", "called `Result::unwrap()` on an `Err` value"),
    "asserts": ('assert!(shapes::double(1) > 2, "why {}", 3);', "assertion", "shapes::double(1) > 2: why 3"),
    "compares": ('assert_eq!(2, shapes::double(2), "own");', "assertion", "shapes::double(2): got 4, want 2\nown"),
    "panics": ("let v: Vec<i32> = vec![]; let _ = v[v.len()];", "panic", "index out of bounds"),
}
TOLD = ENDS | DIES | FAILS
BESIDE = """
#[test]
fn test_passes() {
    assert_eq!(shapes::double(1), 2);
}

#[test]
#[ignore]
fn test_skipped() {}

#[test]
#[should_panic]
fn test_panicking() {
    assert_eq!(shapes::double(1), 1);
}

#[test]
#[should_panic]
fn test_quiet() {
    assert_eq!(shapes::double(1), 2);
}
"""


def written(group: dict[str, tuple[str, str, str]]) -> str:
    return "".join(f"#[test]\nfn test_{name}() {{\n    {body}\n}}\n\n" for name, (body, _, _) in group.items())


@pytest.fixture(scope="module")
def report(tool: RustToolchain, tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("more")
    files = {"ends": written(ENDS), "dies": written(DIES), "fails": written(FAILS) + BESIDE}
    Workspace(root).write({**FILES, **{f"tests/{name}.rs": text for name, text in files.items()}})
    return tool.test(root)


@pytest.mark.parametrize("name", TOLD)
def test_what_goes_wrong_is_told_where_it_lies(report: Report, name: str) -> None:
    (found,) = [each for each in report.diagnostics if each.get("test") == f"test_{name}"]
    _, code, said = TOLD[name]
    group = next(path for path, group in (("ends", ENDS), ("dies", DIES), ("fails", FAILS)) if name in group)
    lines = written({"ends": ENDS, "dies": DIES, "fails": FAILS}[group]).split(f"fn test_{name}(")[0].count("\n") + 1
    assert (found["path"], found["code"]) == (f"tests/{group}.rs", code)
    assert found["line"] == lines + (group == "fails")
    assert said in found["message"] and "/project/" not in found["message"]


def test_what_passes_is_hidden_by_nothing(report: Report) -> None:
    results = {each.name: each.passed for each in report.tests}
    assert results == {f"test_{name}": False for name in TOLD} | {
        "test_area": True,
        "test_passes": True,
        "test_panicking": True,
        "test_quiet": False,
    }
    (quiet,) = [each for each in report.diagnostics if each.get("test") == "test_quiet"]
    assert quiet["message"] == "test did not panic as expected"


def test_tests_run_on_the_bare_machine_too(free: RustToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write(FILES)
    assert [each.name for each in free.test(tmp_path).tests if each.passed] == ["test_area"]


def test_there_is_nothing_to_run_without_tests(tool: RustToolchain, tmp_path: Path) -> None:
    Workspace(tmp_path).write({path: text for path, text in FILES.items() if not path.startswith("tests/")})
    assert tool.test(tmp_path).note == "there are no tests"
    assert tool.race_available() is None and "race" in tool.test(tmp_path, race=True).note
