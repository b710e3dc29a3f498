"""Each repair of a file's form: where it fires, and where it does not."""

import pytest

from guild.repairs.react import commonjs, exporting, loose, matchers, repeated, throwing, types, waiting
from tests.repairs.react.subjects import subject


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("const f = (a: number, b?: string[]): string => a;\n", "const f = (a, b) => a;\n"),
        ("function f({ a }: { a: number }): void {}\n", "function f({ a }) {}\n"),
        ("const a: Map<string, number[]> = new Map<string, number>();\n", "const a = new Map();\n"),
        ("interface P {\n  a: string;\n}\nconst [a] = useState<P | null>(null);\n", "const [a] = useState(null);\n"),
        ("type A = string | number;\nconst a = b as A;\n", "const a = b;\n"),
        ("const A: React.FC<Props> = (p) => <b>{p.x!.y}</b>;\n", "const A = (p) => <b>{p.x.y}</b>;\n"),
    ],
)
def test_types_go(text: str, wanted: str) -> None:
    assert types.apply(subject(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "const a = { b: number, c: string };\n",
        "const f = (a) => (a ? b : c);\n",
        "switch (a) {\n  case b: string = 1;\n}\n",
        "const f = (a: ) => 1;\n",
        'const a = "x as y, (b: number)";\n',
    ],
)
def test_what_has_no_types_or_is_broken_without_them_stays(text: str) -> None:
    assert types.apply(subject(text)) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('const fs = require("fs");\n', 'import fs from "fs";\n'),
        ('const { a, b: c } = require("./a");\n', 'import { a, b as c } from "./a";\n'),
        ('const a = require("./a").default;\n', 'import a from "./a";\n'),
        ('require("./a");\n', 'import "./a";\n'),
        ("module.exports = { a, b };\n", "export { a, b };\n"),
        ("module.exports = a;\n", "export { a };\n"),
        ("exports.a = a;\nexports.b = 1;\n", "export { a };\nexport const b = 1;\n"),
    ],
)
def test_older_modules_are_written_as_newer_ones(text: str, wanted: str) -> None:
    assert commonjs.apply(subject(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        'function f() {\n  const a = require("a");\n}\n',
        "module.exports = { a: 1 };\n",
        'const a = require("a")(1);\n',
        'const [a] = require("a");\n',
        "const a = require(name);\n",
        "exported.a = 1;\n",
    ],
)
def test_what_cannot_be_told_so_stays(text: str) -> None:
    assert commonjs.apply(subject(text)) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("function f() {}\nconst a = 1;\n", "export function f() {}\nexport const a = 1;\n"),
        ("function F() {}\nexport default F;\n", "export function F() {}\nexport default F;\n"),
        ("export function f() {}\nexport { f };\n", "export function f() {}\n"),
        ("export const a = 1;\nconst b = 2;\nexport { a, b };\n", "export const a = 1;\nconst b = 2;\nexport { b };\n"),
    ],
)
def test_a_name_is_exported_once_and_at_least_once(text: str, wanted: str) -> None:
    assert exporting.apply(subject(text)) == wanted


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("export const a = 1;\nconst b = 2;\n", "src/app.js"),
        ("export default function F() {}\nexport { G } from './g.js';\n", "src/app.js"),
        ("const a = 1;\n", "src/main.js"),
        ("const a = 1;\n", "src/app.test.js"),
        ("export default () => 1;\n", "src/app.js"),
    ],
)
def test_what_is_offered_or_is_for_nobody_stays(text: str, path: str) -> None:
    wanted = text.replace("export default function F", "export function F") if "default function" in text else text
    assert exporting.apply(subject(text, path)) == wanted


SHOWN = "export const a = 1;\n"


@pytest.mark.parametrize(
    "tail",
    [
        "console.log(a);\n",
        "ReactDOM.render(<A />, root);\n",
        "ReactDOM.createRoot(document.body).render(<A />);\n",
        'const root = createRoot(document.getElementById("root"));\nroot.render(<A />);\n',
    ],
)
def test_what_is_shown_when_a_module_is_loaded_goes(tail: str) -> None:
    assert loose.apply(subject(SHOWN + tail)) == SHOWN
    assert loose.apply(subject(SHOWN + tail, "src/main.jsx")) == SHOWN + tail


@pytest.mark.parametrize("tail", ["register(a);\n", "function f() {\n  console.log(a);\n}\n", "render(<A />, more\n"])
def test_what_does_something_stays(tail: str) -> None:
    assert loose.apply(subject(SHOWN + tail, "src/a.test.js")) == SHOWN + tail


def test_functions_that_wait_say_so() -> None:
    text = 'test("a", () => {\n  const f = function () {\n    await b;\n  };\n  expect(await f()).toBe(1);\n});\n'
    wanted = text.replace("() =>", "async () =>").replace("function", "async function")
    assert waiting.apply(subject(text, "src/a.test.js")) == wanted
    assert waiting.apply(subject(wanted, "src/a.test.js")) == wanted
    assert waiting.apply(subject("await a;\n")) == "await a;\n"


SLUGS = 'test("slugs are plain", () => {\n  expect(slugify("a")).toBe("a");\n});\n'


def test_a_test_file_loses_its_copies_of_the_code_under_test() -> None:
    copies = "function slugify(text) {\n  return 1;\n}\n\nfunction Counter() {}\n\n"
    assert repeated.apply(subject(copies + SLUGS, "src/slug.test.js")).strip() == SLUGS.strip()


def test_code_loses_the_tests_among_it_and_what_stands_twice() -> None:
    code = "export function f() {\n  return 2;\n}\n"
    assert repeated.apply(subject(f"function f() {{\n  return 1;\n}}\n\n{code}\n{SLUGS}")).strip() == code.strip()


def test_tests_that_differ_and_files_of_copies_alone_stay() -> None:
    both = SLUGS + SLUGS.replace('"a"', '"b"') + "\nbeforeEach(f);\nbeforeEach(g);\n"
    assert repeated.apply(subject(both, "src/slug.test.js")) == both
    assert repeated.apply(subject(SLUGS + SLUGS, "src/slug.test.js")).count("test(") == 1
    for text in ("function slugify() {}\n", "function own() {}\n" + SLUGS):
        assert repeated.apply(subject(text, "src/slug.test.js")) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("expect(cut('é', 0)).toThrow();\n", "expect(() => cut('é', 0)).toThrow();\n"),
        ("expect(new Box(0)).not.toThrowError('x');\n", "expect(() => new Box(0)).not.toThrowError('x');\n"),
    ],
)
def test_what_is_to_throw_is_called_where_it_can_be_caught(text: str, wanted: str) -> None:
    assert throwing.apply(subject(text, "src/a.test.js")) == wanted


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("expect(() => cut('a', 0)).toThrow();\n", "src/a.test.js"),
        ("expect(cut).toThrow();\n", "src/a.test.js"),
        ("await expect(load(1)).rejects.toThrow();\n", "src/a.test.js"),
        ("expect(cut('a', 0)).toBe(1);\n", "src/a.test.js"),
        ("expect(cut('a', 0)).toThrow(\n", "src/a.test.js"),
        ("expect(cut('a', 0)).toThrow();\n", "src/a.js"),
    ],
)
def test_functions_promises_and_other_files_stay(text: str, path: str) -> None:
    assert throwing.apply(subject(text, path)) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("expect(lines[0]).startsWith('é');\n", "expect(lines[0].startsWith('é')).toBe(true);\n"),
        ("expect(slug('a')).toBeEqual('a');\n", "expect(slug('a')).toEqual('a');\n"),
    ],
)
def test_matchers_that_are_none_are_written_as_what_they_mean(text: str, wanted: str) -> None:
    assert matchers.apply(subject(text, "src/a.test.js")) == wanted


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("expect(lines[0].startsWith('a')).toBe(true);\n", "src/a.test.js"),
        ("expect(a).toEqual(b);\nassert(a).equal(b);\n", "src/a.test.js"),
        ("expect(a).equal(\n", "src/a.test.js"),
        ("expect(a).equal(b);\n", "src/a.js"),
    ],
)
def test_matchers_of_jest_and_of_others_stay(text: str, path: str) -> None:
    assert matchers.apply(subject(text, path)) == text
