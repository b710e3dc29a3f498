"""The cases of a JavaScript test: what each asks and wants, where its value stands, and what cannot be told."""

import pytest

from guild.syntax import Case
from guild.syntax.react.cases import cases


def of_test(body: str) -> str:
    return 'test("asks it", async () => {\n' + "".join(f"  {line}\n" for line in body.split("\n")) + "});\n"


def told(text: str) -> list[tuple[str, str, str]]:
    """Return what each case asks, what it wants, and what stands where its value does (`-` where nothing does)."""
    return [(case.call, case.want, text[slice(*case.span)] if case.span else "-") for case in cases(text)]


def only(body: str) -> Case:
    [case] = cases(of_test(body))
    return case


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("expect(add(1, 2)).toBe(3);", ("add(1, 2)", "3", "3")),
        ("expect(add(\n  1,\n  2,\n)).toEqual([3]);", ("add(1, 2)", "[3]", "[3]")),
        ('const want = "é";\nconst got = up("ß");\nexpect(got).toStrictEqual(want);', ('up("ß")', '"é"', '"é"')),
        ("let n = 5;\nexpect(fact(n)).toBe(-120);", ("fact(5)", "-120", "-120")),
        ("expect(3).toBe(add(1, 2));", ("add(1, 2)", "3", "3")),
        ("expect(f(1)).not.toBe(2);", ("f(1)", "not 2", "2")),
        ("expect(f(1)).toBe(undefined);", ("f(1)", "undefined", "undefined")),
        ("expect(f(1)).toBe(g(2));", ("f(1)", "g(2)", "-")),
        ("expect(f(1)).toBeNull();", ("f(1) toBeNull()", "true", "-")),
        ("expect(f(1)).not.toContain(2);", ("f(1) toContain(2)", "false", "-")),
        ("expect(f(1)).toBeCloseTo(0.5, 3);", ("f(1) toBeCloseTo(0.5, 3)", "true", "-")),
        ("expect(() => f(-1)).toThrow(RangeError);", ("f(-1)", "error", "-")),
        ("expect(() => {\n  f(-1);\n}).toThrow();", ("f(-1)", "error", "-")),
        ("await expect(f(1)).resolves.toBe(2);", ("f(1) resolves.toBe(2)", "true", "-")),
        ("expect(await f(1)).toBe(2);", ("await f(1)", "2", "2")),
        (
            'expect(screen.getByText("1")).toBeInTheDocument();',
            ('screen.getByText("1") toBeInTheDocument()', "true", "-"),
        ),
    ],
)
def test_a_plain_check_is_one_case(body: str, wanted: tuple[str, str, str]) -> None:
    assert told(of_test(body)) == [wanted]


LOOPS = [
    "for (const [text, want] of [['ab', 'ba'], ['', '']]) {\n  expect(back(text)).toBe(want);\n}",
    "const rows = [['ab', 'ba'], ['', '']];\nrows.forEach(([text, want]) => {\n  expect(back(text)).toBe(want);\n});",
    "[{ in: 'ab', want: 'ba' }, { in: '', want: '' }].forEach((row) => {\n  expect(back(row.in)).toBe(row.want);\n});",
    "for (const { text, want: value } of [{ text: 'ab', want: 'ba' }, { text: '', want: '' }]) {\n"
    "  expect(back(text)).toBe(value);\n}",
]
EACH = """test.each([[1, 2], [3, 7]])("doubles %i", (n, want) => {
  expect(double(n)).toBe(want);
});
test.each([{ n: 4, want: 8 }])("doubles $n", ({ n, want }) => {
  expect(double(n)).toBe(want);
});
test.each([5])("holds %i", (n) => {
  expect(double(n)).toBe(10);
});
"""


@pytest.mark.parametrize("body", LOOPS)
def test_rows_of_a_loop_are_cases_with_their_values_in_them(body: str) -> None:
    assert told(of_test(body)) == [("back('ab')", "'ba'", "'ba'"), ("back('')", "''", "''")]


def test_rows_of_a_test_are_cases_with_their_values_in_them() -> None:
    assert told(EACH) == [
        ("double(1)", "2", "2"),
        ("double(3)", "7", "7"),
        ("double(4)", "8", "8"),
        ("double(5)", "10", "-"),
    ]
    assert [(case.test, case.row, case.line, case.check) for case in cases(EACH)] == [
        ("doubles %i", "0", 1, 0),
        ("doubles %i", "1", 1, 0),
        ("doubles $n", "0", 4, 1),
        ("holds %i", "0", 7, 2),
    ]


def test_the_input_of_a_row_is_not_its_answer() -> None:
    assert told(of_test("for (const text of ['x']) {\n  expect(back(forth(text))).toBe(text);\n}")) == [
        ("back(forth('x'))", "'x'", "-")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "const s = new Stack();\nexpect(s.pop()).toBe(1);",
        "let n = 0;\nn += 1;\nexpect(f(n)).toBe(1);",
        "for (let i = 0; i < 3; i++) {\n  expect(f(i)).toBe(1);\n}",
        'render(<Counter />);\nexpect(screen.getByText("1")).toBeInTheDocument();',
        "expect(value).toBe(1);",
    ],
)
def test_what_hangs_on_the_place_where_it_is_asked_is_not_closed(body: str) -> None:
    assert not only(body).closed and only("expect(f(1)).toBe(1);").closed


@pytest.mark.parametrize("text", ["", "const x = 1;\n", "expect(1).toBe(1);\n", "words\n", "\ud800", of_test("f(1);")])
def test_what_is_no_case(text: str) -> None:
    assert cases(text) == []
