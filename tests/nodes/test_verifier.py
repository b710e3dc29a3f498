"""The verifier: what it takes in and what it drops, by the real toolchain, and how a run ends."""

import pytest

from guild.nodes.accounts import NOTHING
from guild.nodes.verifier import verifier
from guild.values import NOTHING_LEFT
from guild.workspace import digest, text_digest
from tests.nodes.samples import (
    MOD,
    OTHER,
    RIGHT,
    TESTS,
    WRONG,
    call,
    expect,
    failing,
    found,
    plan,
    proposal,
    score,
    state,
    task,
    tried,
    verdict,
    workshop,
)
from tests.toolchains.opened import toolchain

BAD = {"go.mod": MOD, "k.go": WRONG, "k_test.go": TESTS}
GOOD = {**BAD, "k.go": RIGHT}
TRIPLES = TESTS.replace("!= 4", "!= 6")
REVIEWED = {"done": ["k.go"], "findings": []}
STATED = expect("Double(3)", "6")


def red(files=BAD, **fields):
    return state(files, **{"verdict": verdict(files, failing("TestDouble")), **fields})


def green(files=GOOD, **fields):
    return state(files, **{"verdict": verdict(files, green=True), **fields})


def ended(folder, begun, **settings):
    """Return how a run ends whose files need no new Verdict, and the limit: no toolchain is asked."""
    update = call(verifier, begun, workshop(folder, **settings))
    return update["outcome"], update["spent"]["exhausted"]


def dropped(folder, begun):
    """Return why a proposal was dropped, unjudged: no toolchain is asked."""
    update = call(verifier, begun, workshop(folder))
    assert "files" not in update and "verdict" not in update and update["proposal"] is None
    [entry] = update["rounds"]
    assert not entry["kept"] and entry["after"] is None
    return entry["reason"]


@pytest.mark.go
def test_the_first_project_is_judged_and_again_only_when_somebody_edited_it(tmp_path):
    shop = workshop(tmp_path, tools=toolchain(), records=True)
    first = call(verifier, state(BAD), shop)
    assert not first["verdict"]["green"] and first["verdict"]["files_hash"] == digest(BAD)
    assert (first["outcome"], first["proposal"]) == (None, None) and "rounds" not in first
    assert "verdict" not in call(verifier, {**state(BAD), **first}, shop)
    edited = call(verifier, {**state(GOOD), **first}, shop)
    assert edited["verdict"]["green"] and edited["outcome"] is None, "green, but not reviewed"
    assert shop.records is not None
    told = [event["green"] for event in shop.records.events() if event["kind"] == "verdict"]
    assert told == [False, True]


@pytest.mark.go
def test_a_proposal_that_mends_is_taken_in_and_recorded(tmp_path):
    shop = workshop(tmp_path, tools=toolchain(), records=True)
    begun = red(rounds=[tried("k.go")], proposal=proposal({"k.go": RIGHT}, draws=2), review=REVIEWED)
    update = call(verifier, begun, shop)
    assert update["files"] == {"k.go": RIGHT} and update["verdict"]["files_hash"] == digest(GOOD)
    assert (update["outcome"], update["proposal"]) == ("green", None)
    [entry] = update["rounds"]
    assert (entry["number"], entry["kept"], entry["draws"], entry["reason"]) == (2, True, 2, "green")
    assert (entry["before"]["test"], (entry["after"] or score())["test"]) == (0, 1)
    assert entry["edits"] == {"k.go": text_digest(RIGHT)} and entry["files_hash"] == digest(GOOD)
    assert shop.records is not None and shop.records.get(entry["edits"]["k.go"]) == RIGHT


@pytest.mark.go
def test_a_proposal_that_breaks_is_dropped_but_its_text_is_kept(tmp_path):
    shop = workshop(tmp_path, tools=toolchain(), records=True)
    broken = WRONG.replace("3 * n", "true")
    update = call(verifier, red(proposal=proposal({"k.go": broken})), shop)
    assert "files" not in update and "verdict" not in update and update["outcome"] is None
    [entry] = update["rounds"]
    assert (entry["kept"], entry["reason"]) == (False, "build fails now") and entry["after"] is not None
    assert shop.records is not None and shop.records.get(text_digest(broken)) == broken


@pytest.mark.go
@pytest.mark.parametrize(
    ("files", "edit", "reason"),
    [
        ({**BAD, "k_test.go": TRIPLES.replace("!= 6", "< 4")}, RIGHT, ""),
        (GOOD, RIGHT.replace("2 * n", "n + n"), "its case passes without it"),
        ({**BAD, "k_test.go": TRIPLES}, WRONG.replace("3 * n", "4 * n - 2"), "its case fails with it"),
        ({**BAD, "k_test.go": TRIPLES}, RIGHT, "test fails now"),
    ],
)
def test_a_review_is_kept_only_when_its_case_fails_without_it_and_passes_with_it(tmp_path, files, edit, reason):
    shop = workshop(tmp_path, tools=toolchain())
    put = proposal({"k.go": edit}, "review", role="review", evidence=STATED)
    update = call(verifier, green(files, review=REVIEWED, proposal=put), shop)
    [entry] = update["rounds"]
    assert (entry["kept"], entry["reason"]) == (not reason, reason or "green")
    if reason:
        assert "files" not in update and "plan" not in update
    else:
        assert update["files"] == {"k.go": edit}
        assert update["plan"]["expect"] == [STATED], "what it proved is asked from now on"


def test_a_review_without_a_stated_value_is_dropped_unjudged(tmp_path):
    assert dropped(tmp_path, green(proposal=proposal({"k.go": OTHER}, "review"))) == "no stated value proves it"


def test_tests_that_are_dropped_and_files_of_the_users_are_refused_unjudged(tmp_path):
    fewer = TESTS.replace("TestDouble", "testDouble")
    assert dropped(tmp_path, red(proposal=proposal({"k_test.go": fewer}))) == "drops TestDouble"
    told = plan(task("k.go", "given"), task("k_test.go", "test"))
    assert "user's own" in dropped(tmp_path, red(plan=told, proposal=proposal({"k.go": RIGHT})))


def test_what_was_seen_before_is_not_judged_again(tmp_path):
    put = proposal({"k.go": RIGHT})
    assert dropped(tmp_path, red(proposal=proposal({"k.go": WRONG}))) == "seen before"
    assert dropped(tmp_path, red(rounds=[tried("k.go", files_hash=digest(GOOD))], proposal=put)) == "seen before"
    assert dropped(tmp_path, red(proposal=proposal({}, note="reply truncated"))) == "reply truncated"


@pytest.mark.go
def test_a_persons_proposal_is_judged_though_it_was_seen_and_drops_a_test(tmp_path):
    without = {**GOOD, "k_test.go": "package k\n"}
    put = proposal({"k.go": RIGHT, "k_test.go": "package k\n"}, "person", role=None)
    begun = red(rounds=[tried("k.go", files_hash=digest(without))], proposal=put)
    [entry] = call(verifier, begun, workshop(tmp_path, tools=toolchain()))["rounds"]
    assert entry["after"] is not None


@pytest.mark.parametrize(
    ("fields", "settings", "outcome"),
    [
        ({}, {}, None),
        ({"review": REVIEWED}, {}, "green"),
        ({}, {"review": False}, "green"),
        ({"spent": {**NOTHING, "prompt_tokens": 9}}, {"max_tokens_total": 9}, "green"),
    ],
)
def test_green_ends_once_reviewed_unasked_or_out_of_budget(tmp_path, fields, settings, outcome):
    assert ended(tmp_path, green(**fields), **settings)[0] == outcome


def test_green_with_a_second_file_unread_goes_on(tmp_path):
    told = plan(task("k.go"), task("a.go"), task("k_test.go", "test"))
    assert ended(tmp_path, green({**GOOD, "a.go": OTHER}, plan=told, review=REVIEWED))[0] is None


FIX, UNJUDGED = tried("k.go", after=score(1)), tried("k.go")
NOTHING_MORE = {**tried(""), "reason": NOTHING_LEFT}
PERSON = tried("k.go", origin="person")


@pytest.mark.parametrize(
    ("rounds", "settings", "end"),
    [
        ([], {}, (None, "")),
        ([], {"max_fix_rounds": 0}, ("red", "")),
        ([FIX], {"max_fix_rounds": 2}, (None, "")),
        ([FIX, FIX], {"max_fix_rounds": 2}, ("budget", "rounds")),
        ([FIX, PERSON], {"max_fix_rounds": 2}, (None, "")),
        ([UNJUDGED] * 3, {}, (None, "")),
        ([UNJUDGED] * 3, {"max_fix_rounds": 3}, ("budget", "rounds")),
        ([UNJUDGED, NOTHING_MORE], {}, ("stalled", "")),
        ([NOTHING_MORE], {"max_fix_rounds": 1}, ("stalled", "")),
    ],
)
def test_red_goes_on_until_rounds_or_ideas_run_out(tmp_path, rounds, settings, end):
    assert ended(tmp_path, red(rounds=rounds), **settings) == end


def test_red_ends_at_the_limit_of_tokens_or_minutes(tmp_path):
    spent = {**NOTHING, "completion_tokens": 50, "seconds": 60.0}
    assert ended(tmp_path, red(spent=spent), max_tokens_total=50) == ("budget", "tokens")
    assert ended(tmp_path, red(spent=spent), max_minutes=1) == ("budget", "minutes")
    assert ended(tmp_path, red(spent=spent), max_tokens_total=51, max_minutes=1.5) == (None, "")


def test_red_that_no_model_may_mend_is_stalled(tmp_path):
    users = found("k.go", stage="test", code="oracle", owner="user")
    assert ended(tmp_path, red(verdict=verdict(BAD, users))) == ("stalled", "")
    given = plan(task("k.go", "given"), task("k_test.go", "given"))
    assert ended(tmp_path, red(plan=given)) == ("stalled", "")
    assert ended(tmp_path, red(verdict=verdict(BAD, users, found("k.go")))) == (None, "")


def disputed(test="TestDouble", new="6"):
    return {"file": "k_test.go", "line": 6, "test": test, "case": "Double(2)", "old": "4", "new": new, "why": "planted"}


def test_what_drafts_said_against_a_test_is_told_as_left_when_the_proposal_is_dropped(tmp_path):
    known = disputed("TestOther")
    put = proposal({}, note="nothing", disputes=[disputed(), known])
    update = call(verifier, red(disputes=[known], proposal=put), workshop(tmp_path))
    assert update["disputes"] == [known, disputed(new="")], "what is known already is not told twice"
    assert "files" not in update and not update["rounds"][0]["kept"]
    assert "disputes" not in call(verifier, red(proposal=proposal({})), workshop(tmp_path))


def test_a_changed_want_goes_in_with_the_dispute_that_settles_it_and_is_refused_without(tmp_path):
    sixfold = {**BAD, "k_test.go": TRIPLES}
    refused = red(proposal=proposal({"k_test.go": TRIPLES}))
    assert dropped(tmp_path, refused) == "drops or changes the case Double(2) of TestDouble"
    lie = red(proposal=proposal({"k_test.go": TRIPLES}, disputes=[disputed(new="5")]))
    assert dropped(tmp_path, lie) == "drops or changes the case Double(2) of TestDouble"
    settled = red(proposal=proposal({"k_test.go": TRIPLES}, disputes=[disputed()]))
    seen = tried("k_test.go", files_hash=digest(sixfold))
    assert dropped(tmp_path, {**settled, "rounds": [seen]}) == "seen before", "the gate let it through"


@pytest.mark.go
def test_a_settled_case_that_is_taken_in_is_told_with_its_new_value(tmp_path):
    put = proposal({"k_test.go": TRIPLES}, disputes=[disputed()])
    update = call(verifier, red(proposal=put, review=REVIEWED), workshop(tmp_path, tools=toolchain()))
    assert update["disputes"] == [disputed()] and update["files"] == {"k_test.go": TRIPLES}
