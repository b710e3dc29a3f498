import time

import pytest

from guild.spec.prose import (
    bare,
    callee,
    contradicted,
    examples,
    mentions,
    named_tests,
    quoted,
    statements,
    unfolded,
    unquoted,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("coprime numbers (GCD(8,15)=1), a common factor", [("GCD(8,15)", "1")]),
        ("GCD(8, 15) = 1, GCD(0, 5) = 5.", [("GCD(8,15)", "1"), ("GCD(0,5)", "5")]),
        ('Reverse("a b") == "b a"; Reverse("") == ""', [('Reverse("a b")', '"b a"'), ('Reverse("")', '""')]),
        ('Encode(4)="IV"', [("Encode(4)", '"IV"')]),
        ('`Encode(62) == "10"` (because', [("Encode(62)", '"10"')]),
        ("algorithm; GCD(0,0) is 0. Clamp", [("GCD(0,0)", "0")]),
        ("F(-1, 2.5) returns -3.5.", [("F(-1,2.5)", "-3.5")]),
        ("Next('a') -> 'b'", [("Next('a')", "'b'")]),
        ("Sum([]int{1, 2}) = 3", [("Sum([]int{1,2})", "3")]),
        ('Count("a a") == map[string]int{"a": 2}.', [('Count("a a")', 'map[string]int{"a": 2}')]),
    ],
)
def test_a_stated_value_is_found(text: str, said: list[tuple[str, str]]):
    assert list(statements(text, "go")) == said


@pytest.mark.parametrize(
    "text",
    [
        'never Encode(62) == "01"',
        'a result of Encode(62) == "01" is wrong',
        "Do not expect F(1) = 2",
        'if Reverse("abc") == "abc" { t.Fatal() }',
        "F(1) = 2 || F(1) = 3",
        "F(1) = 1 + 2",
        "F(1) == 2.String()",
        "F(1) is 3 items long",
        "F(1) is 0 or 1.",
        "F(1) returns 0, ErrBad",
        "F(1) = 0, 5",
        "F(1) != 2",
        "F(x) = 2",
        "F() = 2",
        "F(G(1)) = 2",
        "b.Test(1) is true",
        "New(2).Len() = 0",
        "F(1) = x",
        "GCD(8,15)",
    ],
)
def test_what_states_no_value_is_left(text: str):
    assert list(statements(text, "go")) == []


def test_long_nonsense_costs_no_time():
    begun = time.monotonic()
    for text in ("F(" + "1" * 20_000, "F([]int{" + "1 " * 10_000, 'F("' + "\\" * 20_000, "F(1)=" * 5_000):
        assert not list(statements(text, "go"))
    assert time.monotonic() - begun < 2


def test_each_test_that_is_named_counts_once():
    text = (
        "TestGCD: table-driven. See TestGCD, `TestClamp`. Testing TestMain and MyTestX, all TestStore* tests. TestA1_b"
    )
    assert named_tests(text, "go") == ["TestGCD", "TestClamp", "TestA1_b"]


def test_small_readings():
    assert bare('F( 1, "a b" )') == 'F(1,"a b")'
    assert unfolded(' F(\n  "a  b",\n\t1)\n') == 'F( "a  b", 1)'
    assert (callee("New(2).Len()"), callee("(1)")) == ("New", "")
    assert mentions("the Store keeps", "Store")
    assert not mentions("the MemStore keeps", "Store")
    assert contradicted([("F(1, 2)", "3"), ("F(1,2)", "4"), ("G(1)", "3"), ("G(1)", "3")]) == {"F(1,2)"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('expands "a2b1" into "aab" (a letter, then its count)', [('"a2b1"', '"aab"')]),
        ('"ab" becomes "ba"; "" -> "".', [('"ab"', '"ba"'), ('""', '""')]),
        ("4 -> 16; -3 => 9", [("4", "16"), ("-3", "9")]),
        ("'a' gives 'b'.", [("'a'", "'b'")]),
        ('never turns "ab" into "ba"', []),
        ('"ab" into "ba" would be wrong', []),
        ('"ab" gives "b" + "a"', []),
        ('Join("a", "b") -> "ab"', []),
        ("x1 to 10, [1] -> 2", []),
        ('from 0 to 10, "a" to "z".', []),
    ],
)
def test_what_becomes_what_is_found(text: str, said: list[tuple[str, str]]):
    assert list(examples(text, "go")) == said


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("Words alone, and a ```go word.", "", "Words alone, and a ```go word."),
        ("Answer in one ```go block.\n\n```go\na := 1\n```\nEnd.", "a := 1\n", "Answer in one ```go block.\n\n \nEnd."),
        ("A\n```\nx\n```\nB\n  ```go\n  y\n  ```\n", "  y\n", "A\n \nB\n \n"),
        ("Open\n```go\nz\n", "z\n", "Open\n "),
        ("Folded: ```go z := 1 ``` so.", "", "Folded:   so."),
    ],
)
def test_code_that_stands_in_a_fence_of_its_own_lines_is_quoted(text: str, code: str, rest: str) -> None:
    assert (quoted(text), unquoted(text)) == (code, rest)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gcd(12, 18) == 6 and f('') == ''", [("gcd(12,18)", "6"), ("f('')", "''")]),
        ("chunks([1, 2, 3], 2) == [[1, 2], [3]].", [("chunks([1,2,3],2)", "[[1, 2], [3]]")]),
        (
            "count('aab') -> {'a': 2, 'b': (1,)}, true(1) is True",
            [("count('aab')", "{'a': 2, 'b': (1,)}"), ("true(1)", "True")],
        ),
        ("f(1) == 2 + 1, f(nil) == true, f(x) == 1", []),
    ],
)
def test_values_that_python_prose_states(text: str, said: list[tuple[str, str]]) -> None:
    assert list(statements(text, "python")) == said


def test_python_tests_are_told_from_files_and_patterns() -> None:
    assert named_tests("test_gcd and test_clamp in test_numkit.py, no test_* else", "python") == [
        "test_gcd",
        "test_clamp",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('roman(4) == Ok("IV"); ', [("roman(4)", 'Ok("IV")')]),
        ('top("a b", 2) == vec![("a", 1), ("b", 1)];', [('top("a b",2)', 'vec![("a", 1), ("b", 1)]')]),
        ("sum(&[1, 2]) is 3.", [("sum(&[1,2])", "3")]),
        ("area(-1) == None.", [("area(-1)", "None")]),
        ("f(x) == 2", []),
        ('f(1) == Some("a".to_string())', []),
    ],
)
def test_values_are_stated_in_rust(text, said):
    assert list(statements(text, "rust")) == said
    assert named_tests("test_a: see tests/test_b.rs", "rust") == ["test_a"]
