"""The reviewer: clean, reported, or proposed where somebody else stated the value; fresh drafts where nobody did."""

import pytest

from guild.findings import Finding
from guild.nodes.reviewer import opinion_wanted, reviewer
from tests.nodes.samples import (
    MOD,
    OTHER,
    RIGHT,
    TESTS,
    WRONG,
    asked,
    call,
    expect,
    plan,
    state,
    task,
    tried,
    verdict,
    workshop,
)
from tests.toolchains.opened import toolchain

FILES = {"go.mod": MOD, "k.go": WRONG, "k_test.go": TESTS}
MENDED = WRONG.replace("3 * n", "2 * n")
FOUND = "3: triples instead of doubling\n"
FENCE = "\n```go\nfunc Double(n int) int { return 2 * n }\n```\n"
STATED = [expect("Double(2)", "4")]


ALONE = {"without": ("opinion",)}


def reviewed(folder, reply, *, stated=(), **fields):
    shop = workshop(folder, {"review": {"k.go": [reply]}}, **ALONE)
    begun = state(FILES, **{"plan": plan(stated=list(stated)), "verdict": verdict(FILES, green=True), **fields})
    update = call(reviewer, begun, shop)
    return update["review"], update.get("proposal"), update


def test_clean_is_noted_and_nothing_is_proposed(tmp_path):
    review, proposal, update = reviewed(tmp_path, "CLEAN")
    assert (review, proposal) == ({"done": ["k.go"], "findings": []}, None)
    assert update["spent"]["calls"] == 1


def test_a_case_that_the_spec_states_is_proposed_with_its_evidence(tmp_path):
    review, proposal, _ = reviewed(tmp_path, f"{FOUND}Case: Double( 2 ) = 4\n{FENCE}", stated=STATED)
    assert proposal is not None and proposal["edits"] == {"k.go": MENDED}
    assert (proposal["origin"], proposal["role"], proposal["evidence"]) == ("review", "review", STATED[0])
    assert review["done"] == ["k.go"]


@pytest.mark.parametrize(
    ("reply", "stated"),
    [
        (f"{FOUND}Case: Double(2) = 4\n{FENCE}", []),
        (f"{FOUND}Case: Double(2) = 5\n{FENCE}", STATED),
        (f"{FOUND}Case: Double(3) = 4\n{FENCE}", STATED),
        (f"{FOUND}{FENCE}", STATED),
        (f"{FOUND}Case: Double(2) = 4\n", STATED),
        (f"{FOUND}Case: Double(2) = 4\n{FENCE.replace('2 * n', '3 * n')}", STATED),
    ],
)
def test_what_nobody_else_stated_or_mends_nothing_is_reported_not_proposed(tmp_path, reply, stated):
    review, proposal, _ = reviewed(tmp_path, reply, stated=stated)
    assert proposal is None
    assert review["findings"] == [Finding(path="k.go", line=3, message="triples instead of doubling")]


@pytest.mark.parametrize(
    "reply", [{"text": f"{FOUND}Case: Double(2) = 4\n{FENCE}", "finish": "length"}, "I rather like this file."]
)
def test_a_reply_that_was_cut_or_says_nothing_is_told_as_no_review(tmp_path, reply):
    review, proposal, _ = reviewed(tmp_path, reply, stated=STATED)
    assert proposal is None
    [finding] = review["findings"]
    assert (finding["line"], finding["message"][:12]) == (0, "not reviewed")


def test_a_file_that_does_not_fit_the_context_is_told_and_does_not_end_the_run(tmp_path):
    shop = workshop(tmp_path, context=600, **ALONE)
    review = call(reviewer, state(FILES, verdict=verdict(FILES, green=True)), shop)["review"]
    assert review["done"] == ["k.go"] and "600 tokens" in review["findings"][0]["message"]


def test_each_file_is_read_once_and_earlier_findings_stay(tmp_path):
    told = plan(task("k.go"), task("a.go"), task("k_test.go", "test"))
    files = {**FILES, "a.go": OTHER}
    shop = workshop(tmp_path, {"review": {"k.go": ["3: one\n4: two\n5: three\n"], "a.go": ["CLEAN"]}}, **ALONE)
    begun = state(files, plan=told, verdict=verdict(files, green=True))
    first = call(reviewer, begun, shop)["review"]
    assert [finding["message"] for finding in first["findings"]] == ["one", "two"], "no more than it was asked for"
    second = call(reviewer, {**begun, "review": first}, shop)["review"]
    assert second == {"done": ["k.go", "a.go"], "findings": first["findings"]}
    assert ["return 3 * n" in request.prompt for request in asked(shop)] == [True, False]


TRIPLES = TESTS.replace("Double(2) != 4", "Double(2) != 6")
THRICE = {**FILES, "k_test.go": TRIPLES}


@pytest.mark.go
def test_a_green_file_of_which_nothing_is_stated_is_judged_by_fresh_drafts_before_it_is_read(tmp_path):
    script = {"dev": {"k.go": [f"```go\n{RIGHT}```"] * 3}, "test": {"k_test.go": [f"```go\n{TESTS}```"]}}
    shop = workshop(tmp_path, {**script, "review": {"k.go": ["CLEAN"]}}, tools=toolchain())
    begun = state(THRICE, verdict=verdict(THRICE, green=True))
    first = call(reviewer, begun, shop)
    assert first["review"] == {"done": [], "findings": [], "opinions": ["k.go"]}
    put = first["proposal"]
    assert put is not None and (put["origin"], put["mode"], put["path"]) == ("opinion", "agree", "k.go")
    assert put["edits"] == {"k.go": RIGHT, "k_test.go": TESTS}, "both sides were wrong in the same way"
    assert [(each["old"], each["new"]) for each in put["disputes"]] == [("6", "4")]
    assert first["spent"]["calls"] == 4
    second = call(reviewer, {**begun, **first}, shop)
    assert second["review"] == {"done": ["k.go"], "findings": [], "opinions": ["k.go"]} and not second["proposal"]


def test_an_opinion_that_changes_nothing_is_not_put_forward(tmp_path):
    review = call(reviewer, state(FILES, verdict=verdict(FILES, green=True)), workshop(tmp_path, context=600))
    assert review["review"]["opinions"] == ["k.go"] and review["proposal"] is None


@pytest.mark.parametrize(
    ("fields", "settings"),
    [
        ({}, ALONE),
        ({"plan": plan(expect=STATED)}, {}),
        ({"plan": plan(stated=STATED)}, {}),
        ({"plan": plan(task("k.go"), task("sub/k_test.go", "test"))}, {}),
        ({"files": {**FILES, "k_test.go": "package k\n"}}, {}),
        ({"review": {"done": [], "findings": [], "opinions": ["k.go"]}}, {}),
        ({"rounds": [tried("k.go", mode="agree", kept=True)]}, {}),
    ],
    ids=["off", "oracles", "prose", "no test beside", "no cases", "heard", "settled before"],
)
def test_no_opinion_is_wanted_where_something_is_stated_or_it_was_heard(tmp_path, fields, settings):
    assert opinion_wanted(state(FILES), workshop(tmp_path), "k.go") is not None
    assert opinion_wanted(state(**{"files": FILES, **fields}), workshop(tmp_path, **settings), "k.go") is None
