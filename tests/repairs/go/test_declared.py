import pytest

from guild.repairs.go.declared import members, plain_types, types, zero
from tests.repairs.go.subjects import subject

TEXT = """package numkit

type Level int
type Deep Level
type Any interface{ Do() }
type Box[T any] struct {
	value, other T
}

func (b *Box[T]) Get() T { return b.value }
"""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int", "0"),
        ("string", '""'),
        ("bool", "false"),
        ("[]int", "nil"),
        ("map[string]int", "nil"),
        ("*Pair", "nil"),
        ("error", "nil"),
        ("func() int", "nil"),
        ("Pair", "Pair{}"),
        ("Deep", "0"),
        ("Any", "nil"),
        ("time.Duration", "0"),
        ("T", "*new(T)"),
        ("[2]int", "*new([2]int)"),
        ("http.Client", "*new(http.Client)"),
    ],
)
def test_every_type_has_a_zero_value(kind: str, value: str) -> None:
    assert zero(kind, types(subject(TEXT))) == value


def test_a_type_that_is_itself_ends() -> None:
    assert zero("T", types(subject("package p\n\ntype T T\n"))) == "*new(T)"


def test_members_of_a_type_with_and_without_a_name() -> None:
    given = subject(TEXT)
    assert members(given, "*Box[int]") == {"value", "other", "Get"}
    assert members(given, "Pair") == {"A", "B", "Sum"}
    assert members(given, "struct{in int; want string}") == {"in", "want"}
    assert members(given, "Nobody") == set()


def test_named_plain_types() -> None:
    assert plain_types(subject(TEXT)) == {"Level": "int", "time.Duration": "int64"}
