"""A watched test tells what each check got, and goes on after one that fails."""

import pytest

from guild.toolchains.rust import RustToolchain
from tests.toolchains.rust.conftest import FILES

TEST = """use shapes::*;

#[test]
fn test_more() {
    for (side, want) in [(1, 1), (2, 5)] {
        assert_eq!(area(side), Ok(want));
    }
    assert!(double(1) > 3);
    let v: Vec<i64> = vec![];
    assert_eq!(v[v.len()], 1);
    assert_ne!(double(1), 2);
    assert!(area(1).is_err());
    assert!(area(-1).is_err());
    assert!(["x"].iter().find(|x| x.is_empty()).is_none());
    assert_eq!(names::upper("a\\"b"), "A");
}

#[test]
#[should_panic]
fn test_panics() {
    area(-1).unwrap();
}
"""

pytestmark = pytest.mark.rust


def test_each_check_tells_what_it_saw(tool: RustToolchain) -> None:
    seen = tool.watch({**FILES, "tests/shapes_test.rs": TEST}, "tests/shapes_test.rs")
    assert seen is not None
    assert [
        (each.check, each.row, each.failed, each.got, each.want) for each in sorted(seen, key=lambda each: each.check)
    ] == [
        (0, "0", False, "Ok(1)", "Ok(1)"),
        (0, "1", True, "Ok(4)", "Ok(5)"),
        (1, "", True, "false", "true"),
        (2, "", True, "error", "1"),
        (3, "", True, "", ""),
        (4, "", True, "Ok(1)", "error"),
        (5, "", False, "error", "error"),
        (6, "", False, "None", "None"),
        (7, "", True, '"A\\"B"', '"A"'),
        (8, "", False, "error", "error"),
    ]


def test_a_test_that_does_not_compile_tells_nothing(tool: RustToolchain) -> None:
    broken = TEST.replace("double(1)", "gone(1)")
    assert tool.watch({**FILES, "tests/shapes_test.rs": broken}, "tests/shapes_test.rs") is None
