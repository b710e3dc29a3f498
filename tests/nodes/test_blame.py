"""Blame: whom the user's stated values clear, where a missing symbol belongs, and who was tried least."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guild.nodes.blame import pick
from guild.nodes.targets import Target, writable
from guild.state import State
from guild.testing import ScriptedModel
from tests.nodes.samples import (
    MOD,
    OTHER,
    TESTS,
    WRONG,
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


def stating(said: bool, *diagnostics) -> State:
    """Return a red state whose Spec states a value, which holds or does not."""
    begun = red(*diagnostics, plan=plan(stated=[expect("Double(1)", "2")]))
    begun["verdict"]["stated"] = [{"oracle": "Double(1) = 2", "line": 0, "ok": said, "message": "Double(1) is wrong"}]
    return begun


def picked(folder: Path, begun: State, **settings: Any) -> Target:
    target = pick(begun, workshop(folder, **settings))
    assert target is not None
    return target


ALONE = {"without": ("agreement",)}


@pytest.mark.parametrize(
    ("said", "settings", "path", "mode", "why"),
    [
        (True, {}, "k.go", "agree", "stated values hold"),
        (True, ALONE, "k_test.go", "redraw", "stated values hold"),
        (False, {}, "k.go", "mend", "stated values fail"),
        (False, ALONE, "k.go", "mend", "stated values fail"),
    ],
)
def test_stated_values_decide_who_is_asked_first(tmp_path, said, settings, path, mode, why):
    target = picked(tmp_path, stating(said, failing("TestDouble")), **settings)
    assert (target.path, target.mode, target.why) == (path, mode, why)
    assert target.test == ("k_test.go" if mode == "agree" else "")
    assert [each["code"] for each in target.diagnostics] == ["failed" if said else "stated"]


@pytest.mark.parametrize(("settings", "mode"), [({}, "agree"), (ALONE, "mend")])
def test_where_nothing_is_stated_drafts_of_both_sides_decide(tmp_path, settings, mode):
    target = picked(tmp_path, red(failing("TestDouble")), **settings)
    assert (target.path, target.mode, target.why) == ("k.go", mode, "nothing is stated")


def test_an_oracle_that_fails_blames_the_implementation_and_one_that_holds_clears_it(tmp_path):
    told = plan(expect=[expect("Double(1)", "2")])
    broken = found("k.go", "Double(1) = 3, want 2", stage="test", code="oracle", symbol="Double")
    target = picked(tmp_path, red(failing("TestDouble"), broken, plan=told))
    assert (target.path, target.mode, target.why) == ("k.go", "mend", "stated values fail")
    holding = red(failing("TestDouble"), plan=told)
    holding["verdict"]["oracles"] = [{"oracle": "Double(1) = 2", "line": 1, "ok": True, "message": ""}]
    assert (picked(tmp_path, holding).mode, picked(tmp_path, holding).why) == ("agree", "stated values hold")
    assert picked(tmp_path, holding, **ALONE).path == "k_test.go"


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
    target = picked(tmp_path, stating(False, failing("TestDouble"), found("k_test.go", stage="vet")))
    assert (target.path, target.mode) == ("k_test.go", "mend")
    assert [each["stage"] for each in target.diagnostics] == ["vet"]


@pytest.mark.parametrize(
    ("code", "files"),
    [("missing-file", {"go.mod": MOD, "k.go": WRONG}), ("missing-test", FILES), ("hollow-test", FILES)],
)
def test_a_test_file_that_is_not_there_or_tests_nothing_is_drawn_afresh(tmp_path, code, files):
    target = picked(tmp_path, red(found("k_test.go", stage="test", code=code), files=files))
    assert (target.path, target.mode, target.why) == ("k_test.go", "redraw", code)


def tries(folder: Path, begun: State, **settings: Any) -> list[tuple[str, str, int]]:
    """Return what is picked, round after round of which none helps, until nothing is left."""
    seen: list[tuple[str, str, int]] = []
    while target := pick(begun, workshop(folder, **settings)):
        seen.append((target.path, target.mode, target.again))
        begun["rounds"] = [*begun.get("rounds", []), tried(target.path, mode=target.mode)]
    return seen


def test_the_least_tried_comes_first_then_the_other_modes_until_all_were_tried_twice(tmp_path):
    seen = tries(tmp_path, red(found("k.go"), found("k_test.go")))
    each = [(path, mode) for mode in ("mend", "anew", "redraw", "whole") for path in ("k.go", "k_test.go")]
    each.remove(("k_test.go", "anew"))
    assert seen == [(*one, 0) for one in each] + [(*one, 1) for one in each]


def test_a_disagreement_is_settled_then_mended_then_drawn_afresh(tmp_path):
    modes = [mode for path, mode, again in tries(tmp_path, red(failing("TestDouble"))) if path == "k.go" and not again]
    assert modes == ["agree", "mend", "anew", "redraw", "whole"]


def test_while_stated_values_fail_the_code_is_changed_and_nobody_is_asked_who_is_wrong(tmp_path):
    modes = [mode for _, mode, _ in tries(tmp_path, stating(False, failing("TestDouble")))]
    assert modes == ["mend", "anew", "redraw", "whole"] * 2


def test_a_test_whose_every_case_the_prose_spells_out_speaks_for_the_user(tmp_path):
    def why(purpose: str) -> tuple[str, str]:
        tests = task("k_test.go", "test", tests=["TestDouble"], purpose=purpose)
        target = picked(tmp_path, red(failing("TestDouble"), plan=plan(task("k.go"), tests)))
        return target.mode, target.why

    assert why("TestDouble: Double(2) == 4") == ("mend", "stated values fail")
    assert why("TestDouble: Double(3) == 6") == ("agree", "nothing is stated")


def test_drafts_are_not_heard_on_a_test_that_compares_nothing(tmp_path):
    files = {**FILES, "k_test.go": TESTS.replace("if Double(2) != 4 {", "Double(2)\n\t{")}
    assert picked(tmp_path, red(failing("TestDouble"), files=files)).mode == "mend"


def test_what_is_not_there_or_blames_no_function_is_not_written_anew(tmp_path):
    seen = tries(tmp_path, red(found("k.go", line=99)))
    assert "anew" not in {mode for _, mode, _ in seen}
    seen = tries(tmp_path, red(found("k.go"), files={"go.mod": MOD, "k_test.go": TESTS}))
    assert "anew" not in {mode for _, mode, _ in seen}


def test_without_strategy_only_what_is_blamed_is_tried(tmp_path):
    begun = red(found("k.go"))
    assert tries(tmp_path, begun, without=("strategy",)) == [("k.go", "mend", 0), ("k.go", "mend", 1)]


def spoken(folder: Path, begun: State, **settings: Any) -> list[tuple[str, str, str]]:
    """Return what is picked and who is asked, with another model for code, and a fleet of two, until all was tried."""
    shop = workshop(folder, **settings)
    small, fleet = ScriptedModel({}, "small"), (ScriptedModel({}, "big"), ScriptedModel({}, "bigger"))
    shop = replace(shop, models={**shop.models, "dev": small, "test": small}, fleet=fleet)
    seen: list[tuple[str, str, str]] = []
    while target := pick(begun, shop):
        seen.append((target.path, target.mode, target.speaker))
        begun["rounds"] = [*begun.get("rounds", []), tried(target.path, mode=target.mode, speaker=target.speaker)]
    return seen


def test_after_the_own_modes_another_roles_model_is_asked_then_the_fleet_in_turn_then_nothing_is_left(tmp_path):
    seen = spoken(tmp_path, red(found("k.go")))
    rungs = [("mend", ""), ("anew", ""), ("redraw", ""), ("whole", "")]
    rungs += [("mend", "dev"), ("mend", "fleet 0"), ("mend", "fleet 1")]
    assert seen == [("k.go", *rung) for rung in rungs] * 2, "a model that two roles share is asked once"


def test_others_are_asked_to_mend_not_to_settle_and_draw_afresh_what_is_not_there(tmp_path):
    seen = spoken(tmp_path, red(failing("TestDouble")))
    assert [(mode, who) for path, mode, who in seen if path == "k.go"][:5] == [
        ("agree", ""), ("mend", ""), ("anew", ""), ("redraw", ""), ("whole", ""),
    ]  # fmt: skip
    assert {mode for _, mode, who in seen if who} == {"mend"}
    gone = spoken(tmp_path, red(found("k_test.go", code="missing-file"), files={"go.mod": MOD, "k.go": WRONG}))
    assert gone[:2] == [("k_test.go", "redraw", ""), ("k_test.go", "redraw", "dev")]


def test_without_strategy_nobody_else_is_asked(tmp_path):
    assert spoken(tmp_path, red(found("k.go")), without=("strategy",)) == [("k.go", "mend", "")] * 2


def test_tries_are_counted_since_the_score_last_rose(tmp_path):
    begun = red(found("k.go"), found("k_test.go"), rounds=[tried("k.go", mode="mend")])
    begun["rounds"].append(tried("k.go", mode="mend", kept=True, after=score(1), before=score(1)))
    assert picked(tmp_path, begun).path == "k_test.go", "what is kept without a gain counts as a try"
    begun["rounds"].append(tried("k.go", mode="mend", kept=True, after=score(1, 1), before=score(1)))
    target = picked(tmp_path, begun)
    assert (target.path, target.mode, target.again) == ("k.go", "mend", 0)


def test_only_what_a_model_wrote_and_may_mend_is_blamed(tmp_path):
    told = plan(task("own.go", "given"), task("k.go"), task("k_test.go", "test"))
    assert writable(told) == ["k.go", "k_test.go"]
    users = found("k_test.go", owner="user")
    target = picked(tmp_path, red(users, found("own.go"), found("k_test.go", "mine"), plan=told))
    assert (target.path, [each["message"] for each in target.diagnostics]) == ("k_test.go", ["mine"])
    target = picked(tmp_path, red(found("own.go"), plan=told))
    assert (target.path, target.mode, target.why) == ("k.go", "redraw", "no file is blamed")
