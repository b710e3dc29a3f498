"""A replacement's declarations put into a JavaScript text."""

import pytest

from guild.syntax.react.splicing import splice
from tests.syntax.react.test_source import FILE


@pytest.mark.parametrize(
    "text", [FILE, FILE.replace("\n", "\r\n"), "", "// words\n", "const x = 1", "export default f;\n"]
)
def test_a_text_over_itself_changes_nothing(text: str) -> None:
    assert splice(text, text) == text


def test_a_function_takes_the_place_of_its_namesake_and_stays_exported() -> None:
    result = splice(FILE, "function Counter() {\n  return null;\n}\n")
    assert " */\nexport default function Counter() {\n  return null;\n}\n\nexport const twice" in result
    assert "// New.\nexport const twice = () => 3;\n" in splice(FILE, "// New.\nconst twice = () => 3;\n")
    assert splice("function f() {}\n", "export function f() {}\n") == "export function f() {}\n"


def test_what_is_new_goes_before_what_follows_it_else_to_the_end() -> None:
    result = splice(FILE, "function first() {}\n\nclass Stack {}\n\nfunction last() {}\n")
    assert "function first() {}\n\nclass Stack {}\n\ndescribe" in result and result.endswith("function last() {}\n")


def test_a_test_inside_a_set_is_replaced_there() -> None:
    result = splice(FILE, 'test("starts at zero", () => {\n  expect(\n    1,\n  ).toBe(`a\n  b`);\n});\n')
    wanted = (
        '  // About it.\n  test("starts at zero", () => {\n    expect(\n      1,\n    ).toBe(`a\n  b`);\n  });\n});\n'
    )
    assert wanted in result and "twice(0)" not in result


def test_imports_are_merged_and_lists_of_exports_added_once() -> None:
    result = splice(
        FILE, 'import React, { useState, useRef } from "react";\nimport "./a.js";\nexport default Counter;\n'
    )
    assert 'import React, { useState, useRef } from "react";\nimport "./a.js";\n' in result
    assert result.count("export default") == 1
    assert splice("const a = 1;\n", "const b = 1;\nexport { b };\n").endswith("const b = 1;\n\nexport { b };\n")


def test_the_last_of_two_stands_and_doubles_go() -> None:
    assert splice("function a() {}\n", "function a() { return 1; }\n\nfunction a() { return 2; }\n") == (
        "function a() { return 2; }\n"
    )
    assert splice("function a() {}\n\nfunction a() {}\n", "const a = 1;\n").strip() == "const a = 1;"
    assert splice("const a = 1, b = 2;\n", "const a = 3;\n") == "const a = 1, b = 2;\n", "b would be lost"


def test_nothing_to_splice_changes_nothing() -> None:
    assert [splice(FILE, each) for each in ("", "words of it", "f();\n", "}{")] == [FILE] * 4
    assert splice("", "  const a = 1;\n") == "const a = 1;\n"
