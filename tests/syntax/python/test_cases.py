"""The cases of a Python test: what each asks and wants, where its value stands, and what cannot be told."""

import pytest

from guild.syntax.python.cases import Case, cases

LOOP = """for text, want in [("ab", "ba"), ("", "")]:
    got = back("text", text)
    assert got == want, text"""
DICTS = """rows = [
    {"in": 1, "want": 2},
    {"in": 3},
]
for row in rows:
    assert double(row["in"]) == row["want"]"""
RAISING = """for text, error in [("x", ValueError), ("", KeyError)]:
    with pytest.raises(error):
        parse(text)"""
UNITTEST = """for n, want in [(1, 2)]:
    with self.subTest(n=n):
        self.assertEqual(want, double(n))"""
PARAMETRIZED = """import pytest


@pytest.mark.parametrize("a, b, want", [(1, 2, 3), pytest.param(-1, 1, 0, id="x")])
def test_add(a, b, want):
    result = add(a, b)
    assert result == want
    assert is_small(a)
"""


def test_file(body: str) -> str:
    return "def test_it(self):\n" + "".join(f"    {line}\n" for line in body.split("\n"))


test_file.__test__ = False  # type: ignore[attr-defined]


def told(text: str) -> list[tuple[str, str, str]]:
    """Return what each case asks, what it wants, and what stands where its value does (`-` where nothing does)."""
    return [(case.call, case.want, text[slice(*case.span)] if case.span else "-") for case in cases(text)]


def only(body: str) -> Case:
    [case] = cases(test_file(body))
    return case


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("assert add(1, 2) == 3", ("add(1, 2)", "3", "3")),
        ("assert 3 == add(\n  1,\n  2,\n)", ("add(1, 2)", "3", "3")),
        ('want = "é"\ngot = up("ß")\nassert got == want', ('up("ß")', '"é"', '"é"')),
        ("n = 5\nassert fact(n) == -120", ("fact(5)", "-120", "-120")),
        ("assert f(1) == [\n  1,\n]", ("f(1)", "[1]", "[\n      1,\n    ]")),
        ("assert f(1) == pytest.approx(0.5, abs=1)", ("f(1)", "0.5", "0.5")),
        ("assert f(1) is None", ("f(1)", "None", "None")),
        ("self.assertIsNone(f(1))", ("f(1)", "None", "-")),
        ("assert f(1) is True", ("f(1)", "True", "True")),
        ("assert f(1) != 2", ("f(1)", "not 2", "2")),
        ("assert f(1)", ("f(1)", "True", "f(1)")),
        ("assert not f(1), 'why'", ("f(1)", "False", "not f(1)")),
        ('assert "a" not in f(1)', ('"a" in f(1)', "False", '"a" not in f(1)')),
        ("self.assertIn(1, f(1))", ("1 in f(1)", "True", "-")),
        ("self.assertFalse(f(1) > 2)", ("f(1) > 2", "False", "f(1) > 2")),
        ("assert f(1) == g(2)", ("f(1)", "g(2)", "-")),
        ('text = "ab"\nassert back(forth(text)) == text', ('back(forth("ab"))', '"ab"', "-")),
        ("with pytest.raises(ValueError, match='x') as e:\n    f(-1)", ("f(-1)", "error", "ValueError")),
        ("self.assertRaises(ValueError, f, -1, k=2)", ("f(-1, k=2)", "error", "ValueError")),
        ("self.assertAlmostEqual(f(1), 0.5)", ("f(1)", "0.5", "0.5")),
    ],
)
def test_a_plain_check_is_one_case(body, wanted):
    assert told(test_file(body)) == [wanted]


def test_rows_are_cases_with_their_values_in_them():
    assert told(test_file(LOOP)) == [('back("text", "ab")', '"ba"', '"ba"'), ('back("text", "")', '""', '""')]
    assert told(PARAMETRIZED) == [
        ("add(1, 2)", "3", "3"),
        ("add(-1, 1)", "0", "0"),
        ("is_small(1)", "True", "-"),
        ("is_small(-1)", "True", "-"),
    ]
    assert told(test_file(UNITTEST)) == [("double(1)", "2", "2")]
    assert told(test_file(RAISING)) == [('parse("x")', "error", "ValueError"), ('parse("")', "error", "KeyError")]


def test_a_row_that_leaves_its_want_out_is_a_case_whose_value_stands_nowhere():
    assert told(test_file(DICTS)) == [("double(1)", "2", "2"), ("double(3)", "", "-")]


def test_a_row_that_is_not_asked_about_is_named_by_what_it_holds():
    assert told(test_file("for a, want in [(1, 2)]:\n    s.push(a)\n    assert s.top() == want")) == [
        ("s.top() of 1", "2", "2")
    ]


def test_the_input_of_a_row_is_not_its_answer():
    body = "for text in ['x']:\n    assert back(forth(text)) == text"
    assert told(test_file(body)) == [("back(forth('x'))", "'x'", "-")]


@pytest.mark.parametrize(
    "body",
    [
        "s = Stack()\nassert s.pop() == 1",
        "assert self.stack.pop() == 1",
        "for i in range(3):\n    assert f(i) == 1",
        "n = 0\nn += 1\nassert f(n) == 1",
        "with pytest.raises(E):\n    s = f(1)\n    g(2)",
        "assert value == 1",
    ],
)
def test_what_hangs_on_the_place_where_it_is_asked_is_not_closed(body):
    assert not only(body).closed and only("assert f(1) == 1").closed


@pytest.mark.parametrize(
    "text",
    ["", "x = 1\n", "def helper():\n    assert f(1) == 1\n", test_file("assert True"), "words\n", "\ud800"],
)
def test_what_is_no_case(text):
    assert cases(text) == []


def test_a_text_that_does_not_parse_is_read_as_far_as_it_goes():
    assert ("f(1)", "1", "1") in told(test_file("assert f(1) == 1\nif broken(:\n    pass"))


def test_a_case_bears_the_line_the_test_and_the_number_of_its_check():
    text = f"class TestX:\n    def test_a(self):\n        assert f(1)\n\n\n{PARAMETRIZED}"
    assert [(case.line, case.test, case.check, case.row, case.truth) for case in cases(text)] == [
        (3, "TestX.test_a", 0, "", True),
        (9, "test_add", 1, "0", False),
        (9, "test_add", 1, "1", False),
        (9, "test_add", 2, "0", True),
        (9, "test_add", 2, "1", True),
    ]
