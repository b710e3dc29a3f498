"""The checks of Python tests, in whichever way they ask."""

import pytest

from guild.syntax.python.checks import checks
from guild.syntax.python.tree import tree


def found(body: str) -> list[tuple[str, str, str, bool]]:
    """Return the kind of each check, what it asks, what it wants, and whether that is to hold."""
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    parsed = tree(f"class TestIt(TestCase):\n    def test_it(self):\n{lines}\n")
    told = checks(parsed)
    return [
        (each.kind, (each.joint or "|").join(map(parsed.of, each.asked)), parsed.of(each.want), each.holds)
        for each in told
    ]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("assert f(1) == 2, 'why'", ("equal", "f(1)", "2", True)),
        ("assert 2 == f(1)", ("equal", "f(1)", "2", True)),
        ("assert want == 3", ("equal", "want", "3", True)),
        ("assert want == f(1)", ("equal", "f(1)", "want", True)),
        ("assert row['expected'] == f(1)", ("equal", "f(1)", "row['expected']", True)),
        ("assert pytest.approx(1) == f(1)", ("equal", "f(1)", "pytest.approx(1)", True)),
        ("assert f(1) is None", ("equal", "f(1)", "None", True)),
        ("assert f(1) is not None", ("unlike", "f(1)", "None", True)),
        ("assert (f(1) != 2)", ("unlike", "f(1)", "2", True)),
        ("assert not f(1) == 2", ("unlike", "f(1)", "2", True)),
        ("assert not not f(1)", ("truth", "f(1)", "", True)),
        ("assert not f(1)", ("truth", "f(1)", "", False)),
        ("assert a not in f(1)", ("truth", "a in f(1)", "", False)),
        ("assert 0 <= f(1) < 2", ("truth", "0 <= f(1) < 2", "", True)),
        ("assert f(1) or g(1)", ("truth", "f(1) or g(1)", "", True)),
        ("self.assertEqual(2, f(1), 'why')", ("equal", "f(1)", "2", True)),
        ("self.assertNotEqual(f(1), 2)", ("unlike", "f(1)", "2", True)),
        ("self.assertIsNone(f(1))", ("equal", "f(1)", "", True)),
        ("self.assertFalse(f(1) == 2)", ("unlike", "f(1)", "2", True)),
        ("self.assertNotIn(1, f(1), msg='why')", ("truth", "1 in f(1)", "", False)),
        ("self.assertLess(f(1), 2)", ("truth", "f(1) < 2", "", True)),
        ("self.assertAlmostEqual(f(1), 0.5, places=3)", ("near", "f(1)", "0.5", True)),
        ("with pytest.raises(E):\n    f(1)", ("raises", "f(1)", "E", True)),
        ("with open(x), self.assertRaisesRegex((E, F), 'x') as e:\n    y = f(1)", ("raises", "f(1)", "(E, F)", True)),
        ("with pytest.raises(E):\n    d[1] = f(1)", ("raises", "d[1] = f(1)", "E", True)),
        ("with pytest.raises(E):\n    del d[1]", ("raises", "del d[1]", "E", True)),
        ("self.assertRaises(E, f, 1, k=2)", ("raises", "f()1()k=2", "E", True)),
        ("pytest.raises(E, lambda: f(1))", ("raises", "f(1)", "E", True)),
    ],
)
def test_a_check_in_each_way_to_ask(body, wanted):
    assert found(body) == [wanted]


def test_each_side_of_an_and_is_a_check():
    assert [each[1] for each in found("assert a(1) and (b(2) == 2 and not c(3))")] == ["a(1)", "b(2)", "c(3)"]


@pytest.mark.parametrize(
    "body",
    [
        "assert True",
        "assert (f(1), 'why')",
        "f(1)",
        "with pytest.raises(E): pass",
        "with pytest.raises():\n    f(1)",
        "self.assertEqual(1)",
        "other.assertEqual(1, 2)",
        "self.assertRaisesRegex(E, 'x', f, 1)",
        "assert",
    ],
)
def test_what_is_no_check(body):
    assert found(body) == []


def test_checks_bear_number_and_test_and_whether_they_stand_alone():
    text = (
        "def test_a():\n    assert f(1)\n\n\ndef helper():\n    assert f(2)\n\n\ndef test_b():\n    with raises(E):\n"
    )
    told = checks(tree(text + "        x = f(3)\n        g(x)\n"))
    assert [(each.number, each.test, each.alone) for each in told] == [(0, "test_a", True), (1, "test_b", False)]
