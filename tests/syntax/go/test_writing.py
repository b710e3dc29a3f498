"""Values as a program prints them, written into a text."""

import pytest

from guild.syntax.go.writing import written

INSIDE = 'package k\n\nimport (\n\t"image"\n\tother "example.org/x"\n)\n'
OUTSIDE = 'package k_test\n\nimport "example.org/k"\n'


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        ("6", "7", "6"),
        ("-6", "7", "-6"),
        ('"é \\"x\\""', '"y"', '"é \\"x\\""'),
        ("true", "false", "true"),
        ("6", "7.0", "6.0"),
        ("6.5", "7.0", "6.5"),
        ("97", "'b'", "'a'"),
        ("10", "'b'", "'\\n'"),
        ("39", "'b'", "'\\''"),
        ("-1", "'b'", "-1"),
        ('[]string{"a"}', "nil", '[]string{"a"}'),
        ("[]int(nil)", "[]int{}", "[]int(nil)"),
        ('map[string]int{"a":1}', "nil", 'map[string]int{"a":1}'),
        ("k.Point{X:1, y:2}", "Point{}", "Point{X:1, y:2}"),
        ('[]k.Point{k.Point{X:1, Name:"k.Point{"}}', "nil", '[]Point{Point{X:1, Name:"k.Point{"}}'),
        ("&k.Point{X:1}", "nil", "&Point{X:1}"),
        ("image.Point{X:1, Y:2}", "nil", "image.Point{X:1, Y:2}"),
        ("other.T{A:1}", "nil", "other.T{A:1}"),
    ],
)
def test_a_value_that_can_be_written(value, old, new):
    assert written(value, INSIDE, old) == new


@pytest.mark.parametrize(
    "value",
    [
        "<nil>",
        "+Inf",
        "NaN",
        "[]float64{1, NaN}",
        '&errors.errorString{s:"bad"}',
        "time.Time{wall:1}",
        "other.T{a:1}",
        "image.point{X:1}",
        "(*k.Point)(nil), 2",
        "1\n2",
        "",
    ],
)
def test_a_value_that_cannot_be_written(value):
    assert written(value, INSIDE, "7") == ""


def test_a_test_from_outside_names_the_package():
    assert written("k.Point{X:1}", OUTSIDE, "nil") == "k.Point{X:1}"
    assert written("k.Point{x:1}", OUTSIDE, "nil") == ""
