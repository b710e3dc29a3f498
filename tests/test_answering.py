"""Cases that wait for an error in vain: on real Python, from the drafts to the gate."""

from functools import partial

import pytest

from guild.agreement import agreement, disputes, refuted
from guild.answering import answers
from guild.gate import refusal
from guild.syntax import syntax_of
from tests.nodes.samples import plan, proposal, task
from tests.toolchains.opened import toolchain

CODE = "def half(number: int) -> int:\n    return number // 2\n"
STRICT = CODE.replace("    return", "    if number < 0:\n        raise ValueError(number)\n    return")
TEST = """import pytest
from halves import half


def test_half() -> None:
    assert half(4) == 2
    with pytest.raises(ValueError):
        half(7)
    with pytest.raises(ValueError):
        half(-2)
"""
RIGHT = TEST.replace("    with pytest.raises(ValueError):\n        half(7)\n", "    assert half(7) == 3\n")
PATHS = ("halves.py", "test_halves.py")


def test_a_value_takes_the_place_of_an_error_that_the_drafts_do_not_raise() -> None:
    code = [STRICT, STRICT + "\n", STRICT + "\n\n"]
    found = agreement(toolchain("python"), {}, (PATHS[0], code), (PATHS[1], [TEST]))
    [case] = refuted(found, 0)
    given = answers(toolchain("python"), {}, (PATHS[0], code), (PATHS[1], TEST), [case])
    assert (case.call, given) == ("half(7)", {case.check: "3"})
    syntax = syntax_of(PATHS[1])
    assert syntax.answering(TEST, given) == RIGHT
    [dispute] = disputes(found, 0, TEST, PATHS[1])
    put = proposal({PATHS[1]: RIGHT}, disputes=[{**dispute, "new": "3"}])
    known = plan(task(PATHS[0]), task(PATHS[1], "test"))
    refused = partial(refusal, plan=known, files={PATHS[1]: TEST}, compiles=True)
    assert refused(put) == ""
    assert "half(7)" in refused({**put, "disputes": [dispute]})


@pytest.mark.parametrize(
    "code", [[CODE], [CODE, CODE.replace("// 2", "// 3")], [CODE.replace("number // 2", "object()")] * 3]
)
def test_one_voice_voices_apart_and_what_cannot_be_written_give_none(code: list[str]) -> None:
    cases = [case for case in syntax_of(PATHS[1]).cases(TEST) if case.call == "half(7)"]
    assert answers(toolchain("python"), {}, (PATHS[0], code), (PATHS[1], TEST), cases) == {}


PYTHON = [
    ("with pytest.raises(ValueError):\n        f('é')", "assert f('é') == 1"),
    ("with pytest.raises(ValueError):\n        x = 1\n        f(x)", ""),
    ("with pytest.raises(ValueError), open('a'):\n        f(1)", ""),
    ("with pytest.raises(ValueError):\n        y = f(1)", ""),
    ("pytest.raises(ValueError, f, 1)", ""),
    ("assert f(1) == 2", ""),
]
REACT = [
    ("expect(() => f('é')).toThrow();", "expect(f('é')).toEqual(1);"),
    ("expect(() => {\n    g();\n    f(1);\n  }).toThrow();", ""),
    ("await expect(f(1)).rejects.toThrow();", ""),
    ("expect(f(1)).toBe(2);", ""),
]


@pytest.mark.parametrize(
    ("path", "frame", "before", "after"),
    [("test_a.py", "def test_a():\n    {}\n", *each) for each in PYTHON]
    + [("a.test.js", 'test("a", async () => {{\n  {}\n}});\n', *each) for each in REACT]
    + [("a_test.go", "package p\n\nfunc TestA(t *testing.T) {{\n{}\n}}\n", "f(1)", "")],
)
def test_what_waits_for_an_error_and_does_nothing_else_is_turned(
    path: str, frame: str, before: str, after: str
) -> None:
    text = frame.format(before)
    assert syntax_of(path).answering(text, {0: "1"}) == frame.format(after or before)
    assert syntax_of(path).answering(text, {1: "1"}) == text
