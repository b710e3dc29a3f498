"""What is cut as a loop, and what is honest repetition."""

import pytest

from guild.models.repetition import closed, repeats

LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEAD = "package k\n\nfunc f() {\n"
CASE = "\tcase 1:\n\t\treturn true\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "\tx = append(x, 1)\n" * 6,
        HEAD + CASE * 6,
        HEAD + (CASE + "\t// and\n\t// so on\n") * 6,
        HEAD + "\tx = append(x, 1)\n" * 9 + "\tx = app",
        HEAD + 'var x = "' + "ab" * 120,
        HEAD + "// " + "and then again " * 17,
        "=" * 240,
        HEAD + "".join(f"\t\t{{{number}, {number * 2}}},\n" for number in range(18)),
        HEAD + "".join(f"\tif got := f({number}); got != {number} {{\n\t\tt.Error()\n\t}}\n" for number in range(16)),
        HEAD + "".join(f'    with raises(SystemExit):\n        main(["--{letter}"])\n\n' for letter in LETTERS[:16]),
        HEAD + "".join(f'\tmain(["a.txt"{", 1" * number}])\n' for number in range(16)),
    ],
    ids=[
        "a line", "two lines", "four lines", "broken off", "a piece", "words", "a rule", "a table that runs on",
        "cases", "options", "a growing list",
    ],
)  # fmt: skip
def test_a_loop(text):
    assert repeats(text)


def test_a_loop_is_seen_wherever_a_stream_is_broken_off():
    assert repeats(HEAD + "".join(f"\tmain([{number}])\n\n" for number in range(16)) + "\tmain(")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 40,
        HEAD + "\t}\n" * 24,
        HEAD + "".join("\t" * depth + "}\n" for depth in range(9, -1, -1)),
        HEAD + "\t{0, 0, 0},\n" * 3,
        HEAD + "".join(f"\t\t{{{number}, {number * 2}}},\n" for number in range(17)),
        HEAD + CASE * 5,
        HEAD + "".join(f"\tcase {number}:\n\t\treturn true\n" for number in range(30)),
        HEAD + "".join(f'\tcase "{letter}":\n\t\treturn "{letter}x"\n' for letter in LETTERS),
        HEAD + "".join(f'\tassert f("{letter}") == 1\n' for letter in LETTERS[:15]),
        HEAD + "\tx = append(x, 1)\n" * 6 + "}\n",
        HEAD + 'var x = "' + "ab" * 100 + '"',
        HEAD + "".join(f"{number}, " for number in range(200)),
        HEAD + "// " + "-" * 77 + "\n// a heading\n// " + "-" * 77 + "\n",
    ],
    ids=[
        "nothing", "blank lines", "equal braces", "closing braces", "three rows", "many rows", "five times", "counting",
        "letters", "asserts", "it went on", "a short run", "a long list", "rules",
    ],
)  # fmt: skip
def test_honest_repetition(text):
    assert not repeats(text)


STRUCT = "struct {\n\t\tin, want int\n\t}{\n"
TABLES = [
    ("\ttests := []" + STRUCT, "\t}\n"),
    ("\ttests := []struct{ in, want int }{\n", "\t}\n"),
    ("\tfor _, tt := range []" + STRUCT, "\t} {\n"),
    ("\tfor _, tt := range []struct{ in, want int }{\n", "\t} {\n"),
]


def rows(count):
    return "".join(f"\t\t{{{number}, {number}}},\n" for number in range(count))


@pytest.mark.parametrize(("table", "end"), TABLES)
def test_a_table_that_ran_on_is_closed_behind_its_first_rows_so_that_the_model_can_go_on(table, end):
    text = "func Test(t *testing.T) {\n" + table
    assert closed(text + rows(18) + "\t\t{18,") == text + rows(6) + end
    assert closed(text + rows(2) + "\t\t{1, 1},\n" * 6) == text + rows(2) + end, "each row once"


def test_what_is_no_table_cannot_be_closed():
    assert closed(TABLES[0][0] + rows(3)) == closed("x\n" * 30) == closed("") == ""
