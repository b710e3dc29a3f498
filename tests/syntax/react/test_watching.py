"""A test file rewritten so that every check tells what it got; that it then runs is a matter of the toolchain."""

import pytest

from guild.syntax.react.source import parse
from guild.syntax.react.watching import watched
from tests.syntax.react.test_cases import EACH, LOOPS, of_test


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("expect(f(1)).toBe(2);", 'guildWatch.equal(0, "", () => (f(1)), () => (2), "toBe");'),
        ("expect(f(1)).not.toBe(2);", 'guildWatch.held(0, "", () => { expect(f(1)).not.toBe(2); });'),
        ("expect(() => f()).toThrow();", 'guildWatch.raises(0, "", () => { expect(() => f()).toThrow(); });'),
        (
            "expect(await f(1)).toBe(2);",
            'await guildWatch.equal(0, "", async () => (await f(1)), async () => (2), "toBe");',
        ),
        (
            "await expect(f(1)).resolves.toBe(2);",
            'await guildWatch.held(0, "", async () => { await expect(f(1)).resolves.toBe(2); });',
        ),
    ],
)
def test_a_check_reports(body: str, wanted: str) -> None:
    assert watched(of_test(body)) == of_test(wanted)


@pytest.mark.parametrize("text", [*map(of_test, LOOPS), EACH])
def test_rows_know_their_numbers(text: str) -> None:
    result = watched(text)
    assert parse(result).faults == () and "guildWatch.equal(0, guildRow" in result and "expect(" not in result


def test_what_checks_nothing_stays() -> None:
    assert watched("const a = 1;\n") == "const a = 1;\n"
