"""The fixer: one change to one file put forward, by mending or by drawing afresh."""

from dataclasses import replace

import pytest

from guild.nodes.fixer import fixer
from guild.testing import ScriptedModel
from guild.values import NOTHING_LEFT, Drafted, key
from tests.nodes.samples import MOD, RIGHT, TESTS, WRONG, asked, call, found, state, tried, verdict, workshop
from tests.toolchains.opened import toolchain

FILES = {"go.mod": MOD, "k.go": WRONG + "\nfunc Kept() {}\n", "k_test.go": TESTS}
MENDED = "```go\nfunc Double(n int) int { return 2 * n }\n```\n"


def red(*diagnostics, **fields):
    return state(FILES, verdict=verdict(FILES, *diagnostics), **fields)


@pytest.mark.go
def test_a_mended_declaration_is_spliced_and_put_forward_not_applied(tmp_path):
    blamed = found("k.go", "3 * n looks wrong")
    shop = workshop(tmp_path, {"fix": {"k.go": [MENDED]}}, tools=toolchain(), records=True)
    update = call(fixer, red(blamed), shop)
    assert set(update) == {"proposal", "spent"}
    put = update["proposal"]
    assert put is not None and put["edits"] == {"k.go": RIGHT + "\nfunc Kept() {}\n"}
    assert (put["origin"], put["role"], put["path"], put["draws"]) == ("fix", "fix", "k.go", 1)
    assert put.get("mode") == "mend"
    assert put["aims"] == [key(blamed)] and "mend" in put["note"]
    assert shop.records is not None
    node = next(event for event in shop.records.events() if event["kind"] == "node")
    assert (node["name"], node["path"], node["mode"]) == ("fixer", "k.go", "mend")


def test_a_second_try_draws_the_file_afresh_as_its_own_role_where_the_drafts_ended(tmp_path):
    script = {"test": {"k_test.go": ["", f"```go\n{TESTS}// anew\n```\n"]}}
    shop = workshop(tmp_path, script, without=("ranking",))
    mended = [tried("k_test.go", mode="mend")]
    begun = red(found("k_test.go"), drafts={"k_test.go": Drafted(draws=1, reason="")}, rounds=mended)
    put = call(fixer, begun, shop)["proposal"]
    assert put is not None and (put["role"], put["path"]) == ("test", "k_test.go")
    assert "anew" in (put["edits"]["k_test.go"] or "")
    [request] = asked(shop)
    assert (request.role, request.draw, request.round) == ("test", 1, 2)
    assert request.temperature > shop.settings.temperature, "bolder than the first time"


SAID = "Evidence: 1\nHypothesis: It triples.\nAction: edit"


@pytest.mark.parametrize(
    ("settings", "roles"), [({}, ["fix"]), ({"diagnose": True}, ["diagnose", "fix"]), ({"diagnose": False}, ["fix"])]
)
def test_only_where_it_is_wished_for_a_model_first_says_what_is_wrong(tmp_path, settings, roles):
    script = {"diagnose": {"k.go": [SAID]}, "fix": {"k.go": [MENDED]}}
    shop = workshop(tmp_path, script, **settings, without=("ranking",))
    update = call(fixer, red(found("k.go", "3 * n looks wrong")), shop)
    assert [request.role for request in asked(shop)] == roles
    assert ("It triples." in asked(shop)[-1].prompt) == ("diagnose" in roles)
    assert update["spent"]["calls"] == len(roles)
    if "diagnose" in roles:
        assert "3 * n looks wrong" in asked(shop)[0].prompt and "return 3 * n" in asked(shop)[0].prompt
        assert asked(shop)[0].max_tokens < asked(shop)[1].max_tokens


def test_nothing_is_diagnosed_where_a_file_is_drawn_afresh(tmp_path):
    shop = workshop(tmp_path, {"dev": {"k.go": [f"```go\n{RIGHT}```"]}}, diagnose=True, without=("ranking",))
    call(fixer, red(found("k.go"), rounds=[tried("k.go", mode="mend")]), shop)
    assert [request.role for request in asked(shop)] == ["dev"]


def test_who_speaks_in_the_roles_place_is_asked_and_named(tmp_path):
    big = ScriptedModel({"fix": {"k.go": [MENDED]}}, "big")
    shop = replace(workshop(tmp_path, without=("ranking",)), fleet=(big,))
    modes = [tried("k.go", mode=mode) for mode in ("mend", "anew", "redraw", "whole")]
    rounds = [{**each, "draws": 0} for each in modes]
    update = call(fixer, red(found("k.go"), rounds=rounds), shop)
    put = update["proposal"]
    assert put is not None and put.get("speaker") == "fleet 0"
    assert asked(shop) == [] and [request.speaker for request in big.requests] == ["fleet 0"]
    assert update["spent"].get("models", {}).keys() == {"big"}, "its cost is told apart"


def test_where_nothing_usable_comes_the_proposal_is_empty_and_says_why(tmp_path):
    shop = workshop(tmp_path, {"fix": {"k.go": [{"text": MENDED, "finish": "length"}] * 2}}, candidates=2)
    update = call(fixer, red(found("k.go")), shop)
    put = update["proposal"]
    assert put is not None
    assert (put["edits"], put["draws"], put["note"]) == ({}, 2, "reply truncated")
    assert update["spent"]["calls"] == 2


def test_where_all_was_tried_it_says_so_and_asks_nobody(tmp_path):
    shop = workshop(tmp_path, without=("strategy",))
    put = call(fixer, red(found("k.go"), rounds=[tried("k.go", mode="mend")] * 2), shop)["proposal"]
    assert put is not None and (put["edits"], put["path"], put["note"]) == ({}, "", NOTHING_LEFT)
    assert asked(shop) == []
