"""What Go prints, read into diagnostics: no path, position, duration or address that would change from run to run."""

from pathlib import Path

import pytest

from guild.toolchains.go import output
from guild.toolchains.go.layout import Package, packages
from guild.toolchains.go.stacks import death, stable

ROOT = Path("/srv/p")
FILES = {
    "go.mod": "module example.org/p\n",
    "p.go": "package p\n",
    "cmd/main.go": "package main\n",
    "api/v2/api.go": "package api\n",
    "testdata/x.go": "package x\n",
    ".hidden/x.go": "package x\n",
    "nested/go.mod": "module example.org/nested\n",
    "nested/x.go": "package x\n",
    "only/x_test.go": "package only_test\n",
}
ORIGIN = output.Origin(ROOT, packages(FILES))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("./p.go:3:4: undefined: Area", ("p.go", 3, 4, "undefined", "Area", "undefined: Area")),
        ("/srv/p/p.go:3: missing return", ("p.go", 3, 0, "missing-return", "", "missing return")),
        ("vet: ./p.go:3:4: undefined: X", ("p.go", 3, 4, "undefined", "X", "undefined: X")),
        (
            "p.go:3:4: method T.M already declared at ./p.go:1:2",
            ("p.go", 3, 4, "redeclared", "T.M", "method T.M already declared at p.go"),
        ),
        (
            "p.go:2:8: package no/such is not in std (/usr/go/src/no/such)",
            ("p.go", 2, 8, "missing-package", "no/such", "package no/such is not in std"),
        ),
        (
            "p.go:1:1: t.x undefined (type T has no field or method x)",
            ("p.go", 1, 1, "no-member", "t.x", "t.x undefined (type T has no field or method x)"),
        ),
        ("p.go:9:1: something never seen", ("p.go", 9, 1, "other", "", "something never seen")),
        (
            "go: go.mod requires go >= 1.99 (running go 1.26)",
            ("go.mod", 0, 0, "go-mod", "", "go.mod requires go >= 1.99 (running go 1.26)"),
        ),
        ("# example.org/p/cmd\nlinker is unhappy", ("cmd/main.go", 0, 0, "other", "", "linker is unhappy")),
        (
            "p.go:4:2: not enough return values\n\thave ()\n\twant (int)",
            ("p.go", 4, 2, "mismatch", "", "not enough return values; have (); want (int)"),
        ),
    ],
)
def test_lines_become_diagnostics(line: str, expected: tuple) -> None:
    found = output.read(line + "\n", ORIGIN, "build")
    fields = ("path", "line", "column", "code", "symbol", "message")
    assert [tuple(each[name] for name in fields) for each in found] == [expected]


def test_noise_says_nothing_and_what_is_said_twice_counts_once() -> None:
    noise = "go: finding module for package x\n# example.org/p\n# [example.org/p]\nFAIL\texample.org/p [build failed]\n"
    assert output.read(noise, ORIGIN, "vet") == []
    assert len(output.read("p.go:1:1: undefined: A\nvet: ./p.go:1:1: undefined: A\n", ORIGIN, "vet")) == 1


def test_the_packages_that_three_dots_name() -> None:
    found = {each.folder: each for each in packages(FILES)}
    assert set(found) == {".", "cmd", "api/v2", "only"}
    assert found["api/v2"] == Package(
        folder="api/v2", import_path="example.org/p/api/v2", name="api", sources=("api/v2/api.go",), tests=()
    )
    assert found["api/v2"].binary == "api.test"
    assert found["only"].name == "only"


STACK = """panic: runtime error: index out of range [5] with length 3 [recovered, repanicked]

goroutine 7 [running]:
testing.tRunner.func1.2({0x5123, 0xc000012})
\ttesting/testing.go:1545 +0x238
example.org/p/api.(*Set[...]).Add.func1(0xc00001c0a8)
\texample.org/p/api/set.go:12 +0x1d
example.org/p.Fill(...)
\texample.org/p/p.go:9
created by example.org/p.Start in goroutine 1
\texample.org/p/p.go:3 +0x25
"""


def test_a_stack_gives_the_projects_frames() -> None:
    found = death(STACK, "example.org/p")
    assert found
    assert (found.code, found.message) == ("panic", "panic: runtime error: index out of range [5] with length 3")
    assert [(each.symbol, each.path, each.line) for each in found.frames] == [
        ("Set.Add", "api/set.go", 12),
        ("Fill", "p.go", 9),
    ]


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("panic: test timed out after 3s", "timeout"),
        ("fatal error: all goroutines are asleep - deadlock!", "deadlock"),
        ("fatal error: concurrent map writes", "fatal"),
        ("WARNING: DATA RACE", "race"),
    ],
)
def test_deaths_have_their_codes(first: str, code: str) -> None:
    found = death(f"noise\n{first}\n", "example.org/p")
    assert found
    assert found.code == code
    assert death("all is well", "example.org/p") is None


def test_what_differs_between_runs_is_left_out() -> None:
    text = "at 0xc000012345 in goroutine 12 after 1.234567ms (0.02s) in /tmp/TestA123/001"
    assert stable(text) == "at 0x? in goroutine after ?ms in /tmp/?/001"
    assert stable("got 1.5s, want 20ms, 0x1F") == "got 1.5s, want 20ms, 0x1F"


def test_what_vet_repeats_is_the_compilers() -> None:
    said = output.read("p.go:1:2: undefined: A\n", ORIGIN, "build")
    assert [each["code"] for each in said] == ["undefined"]
    repeated = [{**each, "code": "vet"} for each in said]
    assert output.distinct([*repeated, *said]) == output.distinct([*said, *repeated]) == said
    elsewhere = [{**repeated[0], "line": 2}]
    assert output.distinct([*said, *elsewhere]) == [*said, *elsewhere]
