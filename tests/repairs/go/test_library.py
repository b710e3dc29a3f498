import pytest

from guild.repairs.go.library import owners
from guild.syntax.go import is_standard


@pytest.mark.parametrize(
    ("member", "paths"),
    [
        ("Itoa", ["strconv"]),
        ("RuneCountInString", ["unicode/utf8"]),
        ("Contains", ["bytes", "slices", "strings"]),
        ("itoa", []),
    ],
)
def test_who_has_a_member(member: str, paths: list[str]) -> None:
    assert owners(member) == paths
    assert all(is_standard(path) for path in paths)
