import time

import pytest

from guild.errors import SpecError
from guild.spec.document import Scalar, parse, spelled


def fault(text: str) -> str:
    with pytest.raises(SpecError) as caught:
        parse(text, "x.yaml")
    return str(caught.value)


def test_values_know_their_lines():
    document, value = parse("a: 1\nb:\n  - c: x\n  - true\n", "x.yaml")
    assert value == {"a": Scalar("1", "int"), "b": [{"c": Scalar("x", "str")}, Scalar("true", "bool")]}
    assert [document.line("b"), document.line("b", 0, "c"), document.line("b", 1)] == [2, 3, 4]
    assert document.line("b", 0, "missing") == 3


def test_a_place_is_spelled_as_people_write_it():
    assert spelled(("files", 1, "path")) == "files[1].path"
    assert spelled((0,)) == "[0]"
    assert spelled(()) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "x.yaml:2: a: stands here twice"),
        ("a:\n  b: 1\n  b: 2\n", "x.yaml:3: a.b: stands here twice"),
        ("a:\n\t- b\n", "x.yaml:2: is not YAML"),
        ("a: 1\nb: \x01\n", "x.yaml:2: is not YAML: it holds a control character"),
        ("a: b: c\n", "quote a text that holds ': '"),
        ("a: 1\n---\nb: 2\n", "expected a single document"),
        ("a: *unknown\n", "x.yaml:1: is not YAML"),
        ("? [a]\n: b\n", "has a key that is no text"),
        ("# nothing\n", "x.yaml: is empty"),
        ("[" * 100_000, "nested too deep"),
        ("a: &a [*a]\n", "nested too deep"),
        ("a: " + "[" * 30 + "]" * 30, "nested too deep"),
        ("a" * 3_000_000, "is longer than"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str, said: str):
    assert said in fault(text)


def test_aliases_cannot_blow_up():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefghij", "abcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    begun = time.monotonic()
    assert "holds too much" in fault(bomb)
    assert "holds too much" in fault("a: &a " + "x" * 2000 + "\nb: [" + "*a, " * 1000 + "]\n")
    assert time.monotonic() - begun < 5


def test_an_alias_is_a_value_like_any_other():
    assert parse("a: &a x\nb: *a\n", "x.yaml")[1] == {"a": Scalar("x", "str"), "b": Scalar("x", "str")}
