"""What a JavaScript file declares, exports and imports."""

from itertools import pairwise

import pytest

from guild.syntax.react.source import default_of, exports, parse, split_files

FILE = """#!/usr/bin/env node
// The counter.
import { useState } from "react";

const LIMIT = 3, other = 4; // at most

/**
 * Counts こんにちは.
 */
export default function Counter({ start = 0 }) {
  const [n, setN] = useState(start);
  return <button onClick={() => setN(n + 1)}>{n}</button>;
}

export const twice = (n) => 2 * n;

let { a, b: [c] } = other;

class Stack extends Base {
  items = [];

  push(x) {
    this.items.push(x);
  }
}

describe("a set", () => {
  beforeEach(() => {
    clear();
  });

  // About it.
  test("starts at zero", () => {
    expect(twice(0)).toBe(0);
  });
});

it.each([[1, 2]])("doubles %i", (n, want) => {
  expect(twice(n)).toBe(want);
});
"""


def test_declarations_bear_their_names_kinds_and_heads():
    found = {each.name: (each.kind, each.line, each.signature) for each in parse(FILE).declarations}
    assert found == {
        "LIMIT": ("const", 5, "const LIMIT = 3, other = 4;"),
        "other": ("const", 5, "const LIMIT = 3, other = 4;"),
        "Counter": ("func", 10, "export default function Counter({ start = 0 })"),
        "twice": ("func", 15, "export const twice = (n) =>"),
        "a": ("var", 17, "let { a, b: [c] } = other;"),
        "c": ("var", 17, "let { a, b: [c] } = other;"),
        "Stack": ("type", 19, "class Stack extends Base {\n  items = []\n  push(x)\n}"),
        "beforeEach": ("var", 28, "beforeEach(() => {"),
        "starts at zero": ("func", 33, 'test("starts at zero", () => {'),
        "doubles %i": ("func", 38, 'it.each([[1, 2]])("doubles %i", (n, want) => {'),
    }
    assert not any(each.broken for each in parse(FILE).declarations) and parse(FILE).faults == ()


def test_a_declaration_begins_with_what_is_said_of_it():
    found = {each.name: each for each in parse(FILE).declarations}
    assert found["Counter"].text.startswith("/**\n * Counts こんにちは.") and found["Counter"].text.endswith("}")
    assert FILE[found["Counter"].head :].startswith("export default")
    assert found["starts at zero"].text.startswith("// About it.")
    spans = sorted({(each.start, each.end) for each in parse(FILE).declarations})
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("function f( {\n", 1, "`function f( {`"),
        ("const x = ;\n", 1, "`= ;`"),
        ("f(1;\n", 1, "missing `)`"),
        ("function f(a: number) {}\n", 1, ":"),
        ("\n\n}\n", 3, "`}`"),
    ],
)
def test_what_does_not_parse_is_told_where(text: str, line: int, words: str):
    fault = parse(text).faults[0]
    assert fault.line == line and words in fault.message


def test_a_head_without_its_body_is_broken_and_no_more():
    [head] = parse("export function f(a, b)").declarations
    assert (head.name, head.broken, head.signature) == ("f", True, "export function f(a, b)")
    assert parse("function f() {}").declarations[0].broken is False


@pytest.mark.parametrize(
    ("text", "names", "default"),
    [
        (FILE, {"default", "twice"}, "Counter"),
        ("function f() {}\nclass G {}\nexport { f, G as H };\nexport default f;\n", {"f", "H", "default"}, "f"),
        ('export * from "./a.js";\nexport { b } from "./b.js";\n', {"*", "b"}, ""),
        ("export default () => 1;\n", {"default"}, ""),
        ("export const { a, b } = c, d = 1;\n", {"a", "b", "d"}, ""),
        ("const a = 1;\n", set(), ""),
    ],
)
def test_exports_are_known_by_their_names(text: str, names: set[str], default: str):
    assert (exports(text), default_of(text)) == (names, default)


def test_imports_tell_what_they_bind():
    text = 'import R, * as Q from "q";\nimport { a as b, c } from "./z.js";\nimport "s";\n'
    assert [(each.path, each.alias, each.line) for each in parse(text).imports] == [
        ("q", "R", 1),
        ("q", "Q", 1),
        ("./z.js", "b", 2),
        ("./z.js", "c", 2),
        ("s", "", 3),
    ]


def test_files_behind_each_other_are_cut_at_their_names():
    one, two = "// src/a.js\nconst a = 1;\n", "/* file: src/B.jsx */\nconst b = 1;\n"
    assert split_files(one + two) == [one, two]
    assert split_files("const a = 1; // src/a.js\n") == ["const a = 1; // src/a.js\n"]
