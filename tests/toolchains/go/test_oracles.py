"""Oracles of Go calls: the value takes the type of the result, and none hides another."""

from pathlib import Path

import pytest

from guild.toolchains.go import GoToolchain, acceptance, calls
from guild.values import Expect
from tests.toolchains.opened import toolchain

FILES = {
    "go.mod": "module example.org/n\n\ngo 1.22\n",
    "n.go": """package n

import (
	"errors"
	"math"
	"os"
)

var ErrEmpty = errors.New("empty")

func GCD(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func Parse(s string) (int, error) {
	if s == "" {
		return 0, errors.Join(errors.New("parse"), ErrEmpty)
	}
	return 1, nil
}

func Boom() int { panic("boom") }

func Check(n int) {
	if n < 0 {
		panic("negative")
	}
}

func Tenth() float64 { return 0.1 + 0.2 }
func NaN() float64   { return math.NaN() }
func List() []string { return []string{"a", "b"} }
func Nil() *int      { return nil }
func Any() any       { return nil }

func Pair[K comparable, V any](k K, v V) map[K]V { return map[K]V{k: v} }

type Point struct{ X, Y int }

func New(x int) *Point { return &Point{x, 1} }

func (p *Point) Sum() (int, error) { return p.X + p.Y, nil }

var calls int

func Luck() int {
	calls++
	return calls % 2
}

func Loop() int {
	for {
	}
}

func Leave() int {
	os.Exit(3)
	return 1
}
""",
    "n_test.go": "package n\n\nthis does not even parse\n",
}
HOLD = [
    ("GCD(12, 18)", "6"),
    ("GCD(12, 18) == 6", "true"),
    ('Parse("")', "error"),
    ('Parse("")', ["_", "error"]),
    ('Parse("")', ["0", "ErrEmpty"]),
    ('Parse("a")', ["1", "nil"]),
    ("Boom()", "error"),
    ("Check(-1)", "error"),
    ("Tenth()", "0.3"),
    ("NaN()", "math.NaN()"),
    ("List()", '[]string{"a", "b"}'),
    ("Nil()", "nil"),
    ("Any()", "nil"),
    ('Pair("a", 1)', 'map[string]int{"a": 1}'),
    ("New(2)", "&Point{2, 1}"),
    ("New(2).Sum()", ["3", "_"]),
    ("strings.ToUpper(List()[0])", '"A"'),
    ("GCD(1, 1)", "_"),
]
FAIL = [
    ("GCD(12, 18)", "5", "GCD(12, 18): got 6, want 5"),
    ('Parse("a")', "error", 'Parse("a"): got no error, want one'),
    ('Parse("")', ["1", "ErrEmpty"], 'Parse(""), result 1: got 0, want 1'),
    ("Boom()", "1", "Boom(): panicked: boom"),
    ("Check(1)", "error", "Check(1): returned, want a panic"),
    ("List()", '[]string{"a"}', 'List(): got []string{"a", "b"}, want []string{"a"}'),
]
UNASKED = [
    ('GCD(1, "x")', "5", "GCD", False),
    ("GCM(3)", "5", "GCM", True),
    ("New(2).Area()", "5", "Area", True),
    ("GCD(", "1", "GCD", False),
    ("GCD(1, 1)", "someValue", "GCD", False),
    ("GCD(count, 1)", "1", "GCD", False),
]


def expects(*pairs: tuple) -> list[Expect]:
    return [
        Expect(call=call, want=want if isinstance(want, list) else [want], line=line)
        for line, (call, want, *_) in enumerate(pairs, 1)
    ]


@pytest.mark.go
def test_each_oracle_gets_its_own_answer_whatever_the_others_do(tmp_path: Path) -> None:
    asked = expects(*HOLD, *FAIL, *UNASKED)
    results = toolchain().ask_oracles(FILES, asked)
    answers = {each["line"]: (each["ok"], each["message"]) for each in results}
    for line, pair in enumerate([*HOLD, *FAIL, *UNASKED], 1):
        ok = True if pair in HOLD else False if pair in FAIL else None
        assert answers[line][0] is ok, (pair, answers[line])
    assert [answers[len(HOLD) + number][1] for number in range(1, len(FAIL) + 1)] == [pair[2] for pair in FAIL]
    for expect, result, (_, _, symbol, missing) in zip(
        asked, results, [*[("", "", "", None)] * 24, *UNASKED], strict=True
    ):
        if missing is not None:
            subject = calls.subject(FILES, expect, result["message"])
            assert (subject.symbol, subject.missing) == (symbol, missing), result


@pytest.mark.go
def test_an_oracle_that_hangs_or_leaves_or_passes_by_luck_hides_no_other(tool: GoToolchain, tmp_path: Path) -> None:
    asked = expects(("Loop()", "1"), ("GCD(12, 18)", "6"), ("Leave()", "1"), ("Luck()", "1"))
    results = tool.ask_oracles(FILES, asked)
    assert [each["ok"] for each in results] == [False, True, False, False]
    assert "timed out" in results[0]["message"]
    assert "ends the whole program" in results[2]["message"]
    assert "luck" in results[3]["message"]


@pytest.mark.go
def test_a_project_that_does_not_compile_leaves_oracles_unasked(tmp_path: Path) -> None:
    broken = {**FILES, "more.go": "package n\n\nvar x int = true\n"}
    results = toolchain().ask_oracles(broken, expects(("GCD(12, 18)", "6")))
    assert results[0]["ok"] is None
    assert results[0]["message"].startswith("the project does not compile: more.go:3: cannot use true")


@pytest.mark.go
def test_a_broken_package_leaves_the_oracles_of_others_asked(tmp_path: Path) -> None:
    broken = {**FILES, "other/other.go": "package other\n\nvar x int = true\n\nfunc Two() int { return 2 }\n"}
    results = toolchain().ask_oracles(broken, expects(("GCD(12, 18)", "6"), ("Two()", "2")))
    assert [each["ok"] for each in results] == [True, None]


@pytest.mark.go
def test_oracles_find_their_package(tmp_path: Path) -> None:
    files = {
        "go.mod": "module example.org/m\n\ngo 1.22\n",
        "cmd/app/main.go": "package main\n\nfunc main() {}\n\nfunc flags() int { return 3 }\n",
        "internal/store/store.go": "package store\n\nfunc Size() int { return 2 }\n",
    }
    asked = expects(("store.Size()", "2"), ("Size()", "2"), ("flags()", "3"), ("store.Gone()", "2"))
    rendered = toolchain().acceptance(files, asked[:3])
    assert set(rendered) == {f"{folder}guild_acceptance_test.go" for folder in ("", "internal/store/", "cmd/app/")}
    results = toolchain().ask_oracles(files, asked)
    assert [each["ok"] for each in results] == [True, True, True, None]
    assert calls.subject(files, asked[0], "").path == "internal/store/store.go"
    assert calls.subject(files, asked[3], results[3]["message"]).missing


def test_the_rendered_test_says_what_it_is() -> None:
    text = acceptance.render(FILES, {3: expects(("GCD(12, 18)", "6"))[0]})["guild_acceptance_test.go"]
    assert text.startswith("// Code generated by guild from the expect: entries of the Spec. DO NOT EDIT.")
    assert "// Oracle 3, line 1 of the Spec.\nfunc TestAcceptance03(t *testing.T) {" in text
    assert acceptance.numbers_in(text) == [3]
    assert acceptance.number_at(text, 4) == 0


@pytest.mark.parametrize(
    ("signature", "agrees"),
    [
        ("func GCD(x, y int64) int64", True),
        ("func GCD(x int64, y int64) int64", True),
        ("func GCD(a, b int) int", False),
        ("func GCD(a int64) int64", False),
        ("func Other(a int) int", True),
        ("type GCD struct{}", True),
    ],
)
def test_signatures_agree_by_their_types(signature: str, agrees: bool) -> None:
    assert calls.agrees(FILES, "GCD", signature) is agrees


def test_a_method_agrees_by_its_receiver() -> None:
    assert calls.agrees(FILES, "Sum", "func (q *Point) Sum() (int, error)")
    assert not calls.agrees(FILES, "Sum", "func (q *Point) Sum() int")
