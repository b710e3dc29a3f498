"""Blame: whom the user's stated values clear, where a missing symbol belongs, and who was tried least."""

from pathlib import Path

import pytest

from guild.nodes.blame import Target, pick, writable
from guild.state import State
from tests.nodes.samples import (
    MOD,
    OTHER,
    TESTS,
    WRONG,
    Planted,
    expect,
    failing,
    found,
    plan,
    score,
    state,
    task,
    tried,
    verdict,
    workshop,
)

FILES = {"go.mod": MOD, "k.go": WRONG, "k_test.go": TESTS}


def red(*diagnostics, files=FILES, **fields) -> State:
    return state(files, verdict=verdict(files, *diagnostics), **fields)


def picked(folder: Path, begun: State, tools: Planted | None = None) -> Target:
    return pick(begun, workshop(folder, tools=tools))


@pytest.mark.parametrize(
    ("said", "path", "mode", "why"),
    [
        (True, "k_test.go", "redraw", "stated values hold"),
        (False, "k.go", "mend", "stated values fail"),
    ],
)
def test_stated_values_decide_whether_the_test_or_the_implementation_is_asked_first(tmp_path, said, path, mode, why):
    tools, stated = Planted(said), [expect("Double(1)", "2")]
    target = picked(tmp_path, red(failing("TestDouble"), plan=plan(stated=stated)), tools)
    assert (target.path, target.mode, target.why) == (path, mode, why)
    assert tools.asked == stated
    assert [each["code"] for each in target.diagnostics] == ["failed" if said else "stated"]


def test_where_nothing_is_stated_the_implementation_is_asked_and_no_oracle(tmp_path):
    tools = Planted()
    target = picked(tmp_path, red(failing("TestDouble")), tools)
    assert (target.path, target.mode, target.why, tools.asked) == ("k.go", "mend", "nothing is stated", [])


def test_an_oracle_that_fails_blames_the_implementation_and_one_that_holds_clears_it(tmp_path):
    told = plan(expect=[expect("Double(1)", "2")])
    broken = found("k.go", "Double(1) = 3, want 2", stage="test", code="oracle", symbol="Double")
    assert picked(tmp_path, red(failing("TestDouble"), broken, plan=told)).path == "k.go"
    holding = red(failing("TestDouble"), plan=told)
    holding["verdict"]["oracles"] = [{"oracle": "Double(1) = 2", "line": 1, "ok": True, "message": ""}]
    assert picked(tmp_path, holding).path == "k_test.go"


def test_of_several_implementations_the_one_that_the_failing_test_names_is_asked(tmp_path):
    told = plan(task("a.go"), task("k.go"), task("k_test.go", "test"))
    files = {**FILES, "a.go": OTHER}
    assert picked(tmp_path, red(failing("TestDouble"), files=files, plan=told)).path == "k.go"
    halves = {**files, "k_test.go": TESTS.replace("Double(2) != 4", "Half(4) != 2")}
    assert picked(tmp_path, red(failing("TestDouble"), files=halves, plan=told)).path == "a.go"


@pytest.mark.parametrize("promise", [{"declares": ["Twice"]}, {"signatures": ["func Twice(n int) int"]}])
def test_an_undefined_symbol_goes_to_the_file_that_promises_it(tmp_path, promise):
    told = plan(task("a.go"), task("k.go", **promise), task("k_test.go", "test"))
    missing = found("k_test.go", "undefined: Twice", stage="vet", code="undefined", symbol="Twice")
    assert picked(tmp_path, red(missing, files={**FILES, "a.go": OTHER}, plan=told)).path == "k.go"
    unpromised = {**missing, "symbol": "Thrice"}
    assert picked(tmp_path, red(unpromised, files={**FILES, "a.go": OTHER}, plan=told)).path == "k_test.go"


def test_what_does_not_compile_comes_before_what_does_not_agree(tmp_path):
    tools = Planted(False)
    begun = red(failing("TestDouble"), found("k_test.go", stage="vet"), plan=plan(stated=[expect("Double(1)", "2")]))
    target = picked(tmp_path, begun, tools)
    assert (target.path, target.mode, tools.asked) == ("k_test.go", "mend", [])
    assert [each["stage"] for each in target.diagnostics] == ["vet"]


@pytest.mark.parametrize(
    ("code", "files"),
    [("missing-file", {"go.mod": MOD, "k.go": WRONG}), ("missing-test", FILES), ("hollow-test", FILES)],
)
def test_a_test_file_that_is_not_there_or_tests_nothing_is_drawn_afresh(tmp_path, code, files):
    target = picked(tmp_path, red(found("k_test.go", stage="test", code=code), files=files))
    assert (target.path, target.mode, target.why) == ("k_test.go", "redraw", code)


def test_the_least_tried_comes_first_then_the_other_mode_until_the_score_rises(tmp_path):
    begun = red(found("k.go"), found("k_test.go"))
    seen: list[tuple[str, str, int]] = []
    for _ in range(4):
        target = picked(tmp_path, begun)
        seen.append((target.path, target.mode, target.again))
        begun["rounds"] = [*begun.get("rounds", []), tried(target.path)]
    assert seen == [("k.go", "mend", 0), ("k_test.go", "mend", 0), ("k.go", "redraw", 2), ("k_test.go", "redraw", 2)]
    begun["rounds"].append(tried("k.go", kept=True, after=score(1), before=score(1)))
    assert picked(tmp_path, begun).path == "k_test.go", "what is kept without a gain counts as a try"
    begun["rounds"].append(tried("k.go", kept=True, after=score(1, 1), before=score(1)))
    assert (picked(tmp_path, begun).path, picked(tmp_path, begun).mode) == ("k.go", "mend")


def test_only_what_a_model_wrote_and_may_mend_is_blamed(tmp_path):
    told = plan(task("own.go", "given"), task("k.go"), task("k_test.go", "test"))
    assert writable(told) == ["k.go", "k_test.go"]
    users = found("k_test.go", owner="user")
    target = picked(tmp_path, red(users, found("own.go"), found("k_test.go", "mine"), plan=told))
    assert (target.path, [each["message"] for each in target.diagnostics]) == ("k_test.go", ["mine"])
    target = picked(tmp_path, red(found("own.go"), plan=told))
    assert (target.path, target.mode, target.why) == ("k.go", "redraw", "no file is blamed")
