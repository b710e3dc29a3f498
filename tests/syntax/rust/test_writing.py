"""Values that a program printed, written where a literal stood."""

import pytest

from guild.syntax.rust.writing import written


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        ("3", "4", "3"),
        ("-3", "4", "-3"),
        ('"x"', '"y"', '"x"'),
        ('"x"', '"y".to_string()', '"x".to_string()'),
        ('Ok("IV")', 'Ok(String::from("x"))', 'Ok("IV".to_string())'),
        ("[1, 2]", "vec![3]", "vec![1, 2]"),
        ("[1]", "&[2]", "&[1]"),
        ('[("a", 1)]', 'vec![("b".to_string(), 2)]', 'vec![("a".to_string(), 1)]'),
        ("Some(3)", "None", "Some(3)"),
        ("None", "Some(1)", "None"),
        ("Err(Bad)", "Ok(1)", ""),
        ('{"a": 1}', "x", ""),
        ("Point { x: 1 }", "y", ""),
        ("error", "1", ""),
    ],
)
def test_a_value_is_written_as_the_old_one_was(value: str, old: str, new: str) -> None:
    assert written(value, "", old) == new


def test_strings_are_owned_where_the_file_owns_them() -> None:
    assert written('Some("a")', 'f("x".to_string())', "None") == 'Some("a".to_string())'
