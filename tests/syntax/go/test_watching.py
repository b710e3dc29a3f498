"""Test files rewritten so that each check tells what it saw."""

import pytest

from guild.syntax.go import parse
from guild.syntax.go.watching import watched
from tests.syntax.go.test_cases import FLOATS, KEYED, NAMED, POSITIONAL, TWICE, test_file

SAW = [
    ("if F(1) != 1 { t.Fatal() }", 'if guildEqual(0, "", F(1), 1) { t.Error() }'),
    ("if got := F(1); got != 1 { t.Error() }", 'guildCompared(0, "", got, 1, got != 1)'),
    ("if got := F(1); got != `a` { t.Error() }", 'guildCompared[any](0, "", got, `a`, got != `a`)'),
    ("if n, ok := m[1]; !ok || n != 4 { t.Fatalf(`x`) }", 'if n, ok := m[1]; guildSaw(0, "", !ok) || guildCompared(1'),
    ("if err != nil { t.Fatal(err) }", 'if guildSaw(0, "", err != nil) { t.Fatal(err) }'),
    ("if F(1) == 2 { t.FailNow() }", 'if guildSaw(0, "", F(1) == 2) { t.Fail() }'),
    ("if F(1) != 1 { log.Fatal() }", "{ log.Fatal() }"),
    (POSITIONAL, "guildCompared[any](0, guildRow, got, tt.want, got != tt.want)"),
    (NAMED, "guildCompared[any](1, i, n, c.size, n != c.size)"),
]


@pytest.mark.parametrize(("body", "part"), SAW)
def test_a_check_reports_what_it_compares(body, part):
    assert part in watched(test_file(body))


@pytest.mark.parametrize("body", [POSITIONAL, KEYED, NAMED, FLOATS, TWICE, *(body for body, _ in SAW)])
def test_what_is_watched_parses(body):
    assert parse(watched(test_file(body))).faults == ()


def test_two_checks_of_a_loop_name_its_row_once():
    body = POSITIONAL.replace("if got", "if F(tt.in) != 1 { t.Error() }\nif got", 1)
    assert watched(test_file(body)).count("for guildRow, tt := range") == 1


def test_a_panic_ends_no_other_test():
    text = watched(test_file("t.Run(`a`, func(t *testing.T) { boom() })", "func helper(x int) {}\n"))
    assert text.count("recover()") == 2 and "func helper(x int) {}" in text
