"""Evidence: what the Spec says of a case, as an oracle, as a stated value, as a scenario in the prose of its test."""

import pytest

from guild.evidence import stated_want
from guild.syntax.go.cases import Case
from tests.nodes.samples import expect, plan, task

PROSE = """package k. TestAdd: s := New(); s.Add(1); assert s.Has(1) is true, s.Has(3) is false, and s.Len() == 2.
TestUnion: u := a.Union(b); u.Len() == 3 and u.Has(1), u.Has(2), u.Has(3) are all true; a.Len()   must be 2.
TestGet: v, ok := c.Get("a") returns 1.5 and !ok is false."""


def case(test: str, call: str, want: str) -> Case:
    return Case(check=0, row="", test=test, line=1, call=call, want=want, span=None, truth=False, closed=False)


def told(test: str, call: str, want: str) -> str:
    tests = {**task("k_test.go", "test"), "purpose": PROSE, "tests": ["TestAdd", "TestUnion", "TestGet"]}
    return stated_want(plan(task("k.go"), tests), case(test, call, want))


@pytest.mark.parametrize(
    ("test", "call", "want"),
    [
        ("TestAdd", "s.Has(1)", "true"),
        ("TestAdd", "s.Has(3)", "false"),
        ("TestAdd", "s.Len()", "2"),
        ("TestUnion", "u.Len()", "3"),
        ("TestUnion", "u.Has(1)", "true"),
        ("TestUnion", "u.Has(2)", "true"),
        ("TestUnion", "a.Len()", "2"),
        ("TestGet", 'c.Get("a") #1', "1.5"),
    ],
)
def test_a_scenario_that_the_prose_spells_out_is_stated(test, call, want):
    assert told(test, call, want) == want


@pytest.mark.parametrize(
    ("test", "call", "want"),
    [
        ("TestAdd", "s.Has(1)", "false"),
        ("TestAdd", "u.Len()", "3"),
        ("TestAdd", "s.Len()", ""),
        ("TestUnion", "u.Has(4)", "true"),
        ("TestUnion", "Len()", "3"),
        ("TestUnion", "u.Len()", "30"),
        ("TestGet", 'c.Get("a") #1', "1"),
        ("TestOther", "s.Len()", "2"),
    ],
)
def test_another_value_another_test_or_another_call_is_not(test, call, want):
    assert told(test, call, want) == ""


def test_an_oracle_and_a_stated_value_say_what_is_wanted_whatever_the_case_wants():
    known = plan(expect=[expect("F(1, 2)", "3")], stated=[expect('G("a b")', '"b a"'), expect("H(1)", "1", "nil")])
    assert stated_want(known, case("TestF", "F(1,2)", "4")) == "3"
    assert stated_want(known, case("TestG", 'G("a b")', '"x"')) == '"b a"'
    assert stated_want(known, case("TestG", 'G("ab")', '"x"')) == ""
    assert stated_want(known, case("TestH", "H(1)", "1")) == "", "which of two results is asked is not known"


def test_values_are_compared_as_cases_are_written():
    tests = {**task("tests/k.rs", "test"), "purpose": 'test_a: f(2) == Some("b".to_string()).', "tests": ["test_a"]}
    rust = {
        **plan(task("src/lib.rs"), tests, expect=[expect('f(&"x".to_string())', 'Some("a".into())')]),
        "language": "rust",
    }
    assert stated_want(rust, case("test_a", 'f("x")', "None")) == 'Some("a")'
    assert stated_want(rust, case("test_a", "f(2)", 'Some("b")')) == 'Some("b")'
    assert stated_want(rust, case("test_a", "f(2)", 'Some("c")')) == ""
