"""React behind the protocol of syntaxes."""

import pytest

from guild.syntax import syntax_for, syntax_of

REACT = syntax_for("react")


def test_files_and_tests_are_known_by_their_names() -> None:
    assert syntax_of("src/a.js") is syntax_of("B.jsx") is REACT and syntax_of("a.json") is not REACT
    assert (REACT.name, REACT.suffix, REACT.comment, REACT.fences[0]) == ("JavaScript", ".jsx", "//", "jsx")
    assert REACT.is_test("src/a.test.js") and REACT.is_test("A.test.jsx") and not REACT.is_test("src/testing.js")
    assert REACT.is_test_name("starts at zero") and not REACT.is_test_name("startsAtZero")
    assert not REACT.is_test_name("$total") and REACT.is_offered("a") and not REACT.is_offered("_a")
    assert REACT.test_names('it("a b", f);\ntest.skip("c", f);\ntest.todo("d");\ntest(name, f);\n') == ["a b", "c"]


def test_how_things_begin() -> None:
    assert REACT.begins_file('import a from "a";') and not REACT.begins_file("import of goods")
    assert REACT.begins_declaration("export const a = 1;") and not REACT.begins_declaration("The code:")
    assert REACT.body_start(REACT.test_head('a "b"')) == 'test("a \\"b\\"", () => {\n'
    assert REACT.body_start("export function f(a)") == "export function f(a) {\n"
    assert REACT.steps_start("export function f(a)") == "export function f(a) {\n  // "
    assert REACT.test_named(["slugify"]) == "slugify works" and REACT.file_start("x") == ""
    assert REACT.module_name("src/a.js") == "src/a.js"


def test_a_test_begins_with_its_imports() -> None:
    uses = {"src/bounds.js": ["clamp"], "src/ui/Box.jsx": ["Box"], "src/none.js": []}
    assert REACT.test_start("src/a.test.js", uses) == (
        'import { clamp } from "./bounds.js";\nimport { Box } from "./ui/Box.jsx";\n\n'
    )
    assert REACT.test_start("src/ui/Box.test.jsx", {"src/ui/Box.jsx": ["Box"]}) == (
        'import { fireEvent, render, screen } from "@testing-library/react";\nimport { Box } from "./Box.jsx";\n\n'
    )
    assert REACT.test_start("a.test.js", {}) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("f(1) === 2", ("f(1)", "2")),
        ("f(1, [2]) == { a: 1 } (why)", ("f(1, [2])", "{ a: 1 }")),
        ('f("a = b") -> "c"', ('f("a = b")', '"c"')),
        ("f(1) is 2", None),
        ("a == 2", None),
    ],
)
def test_an_equation_is_split(text: str, said: tuple[str, str] | None) -> None:
    assert REACT.equation(text) == said


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('"a"', '"a"'),
        ("[1, -2, { a: null }]", "[1, -2, { a: null }]"),
        ("NaN", "NaN"),
        ('new Set(["a"])', 'new Set(["a"])'),
        ("f(1)", ""),
        ("[a]", ""),
        ("1, 2", ""),
        ("", ""),
    ],
)
def test_only_values_are_written(value: str, written: str) -> None:
    assert REACT.written(value, "", "1") == written


@pytest.mark.parametrize(
    ("condition", "opposite"),
    [("ok", "!ok"), ("f(1)", "!f(1)"), ("!ok", "ok"), ("a && b", "!(a && b)"), ("!a && b", "!(!a && b)")],
)
def test_a_condition_is_denied(condition: str, opposite: str) -> None:
    assert REACT.denied(condition) == opposite


def test_an_expression_stands_in_one_line() -> None:
    assert REACT.one_line('f( [\n  1,\n  2,\n], " a  b ", { a: 1, } )') == 'f([1, 2], " a  b ", {a: 1})'
