"""What prose spells out in JavaScript."""

import pytest

from guild.syntax.react.spelling import shown, spelled_out


@pytest.mark.parametrize(
    ("prose", "signatures"),
    [
        ("gcd(a, b) returns the divisor of two numbers.", ["export function gcd(a, b)"]),
        ("pad(text, { width = 3, fill } = {}) pads.", ["export function pad(text, { width = 3, fill } = {})"]),
        ("sum(...numbers) adds; gcd(12, 18) is 6; min(a, b) + 1 too.", ["export function sum(...numbers)"]),
        ("async function load(path) reads.", ["export async function load(path)"]),
        ("function now() tells the time.", ["export function now()"]),
        ("Counter({ start = 0 }) is a component.", ["export function Counter({ start = 0 })"]),
        ("The component Clock shows the time.", ["export function Clock()"]),
        ("The component shows a Clock component.", ["export function Clock()"]),
        ("class Stack keeps items. Its methods: push(item) adds.", ["export class Stack"]),
        ("e.g. f(a) or if (x) and test(a), f(a, b) and f(a)", []),
        ("It calls now() and nothing else.", []),
    ],
)
def test_heads_are_taken_where_they_are_sure(prose: str, signatures: list[str]) -> None:
    assert list(spelled_out(prose, methods=(), tests=False).signatures) == signatures


def test_a_test_file_spells_out_what_is_code_alone() -> None:
    assert spelled_out("f(a) and function g(b)", methods=(), tests=True).signatures == ("export function g(b)",)
    assert spelled_out("push(item) adds", methods=["push"], tests=False).symbols == frozenset()


def test_values_are_shown_where_one_function_of_one_argument_can_be_meant() -> None:
    assert list(shown('"ab" becomes "ba".', ["export function back(text)"])) == [('back("ab")', '"ba"')]
    assert list(shown('"ab" becomes "ba".', ["export function back(text, more)"])) == []
    assert list(shown('"ab" becomes "ba".', ["export function a(x)", "export function b(x)"])) == []
