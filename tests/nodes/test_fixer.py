"""The fixer: one change to one file put forward, by mending or by drawing afresh."""

from guild.nodes.fixer import fixer
from guild.values import Drafted, key
from tests.nodes.samples import MOD, RIGHT, TESTS, WRONG, asked, call, failing, found, state, tried, verdict, workshop

FILES = {"go.mod": MOD, "k.go": WRONG + "\nfunc Kept() {}\n", "k_test.go": TESTS}
MENDED = "```go\nfunc Double(n int) int { return 2 * n }\n```\n"


def red(*diagnostics, **fields):
    return state(FILES, verdict=verdict(FILES, *diagnostics), **fields)


def test_a_mended_declaration_is_spliced_and_put_forward_not_applied(tmp_path):
    blamed = found("k.go", "3 * n looks wrong")
    shop = workshop(tmp_path, {"fix": {"k.go": [MENDED]}}, records=True)
    update = call(fixer, red(blamed), shop)
    assert set(update) == {"proposal", "spent"}
    put = update["proposal"]
    assert put is not None and put["edits"] == {"k.go": RIGHT + "\nfunc Kept() {}\n"}
    assert (put["origin"], put["role"], put["path"], put["draws"]) == ("fix", "fix", "k.go", 1)
    assert put["aims"] == [key(blamed)] and "mend" in put["note"]
    assert shop.records is not None
    node = next(event for event in shop.records.events() if event["kind"] == "node")
    assert (node["name"], node["path"], node["mode"]) == ("fixer", "k.go", "mend")


def test_a_second_try_draws_the_file_afresh_as_its_own_role_where_the_drafts_ended(tmp_path):
    shop = workshop(tmp_path, {"test": {"k_test.go": ["", f"```go\n{TESTS}// anew\n```\n"]}})
    begun = red(found("k_test.go"), drafts={"k_test.go": Drafted(draws=1, reason="")}, rounds=[tried("k_test.go")])
    put = call(fixer, begun, shop)["proposal"]
    assert put is not None and (put["role"], put["path"]) == ("test", "k_test.go")
    assert "anew" in (put["edits"]["k_test.go"] or "")
    [request] = asked(shop)
    assert (request.role, request.draw, request.round) == ("test", 1, 2)
    assert request.temperature > shop.settings.temperature, "bolder than the first time"


def test_where_nothing_usable_comes_the_proposal_is_empty_and_says_why(tmp_path):
    shop = workshop(tmp_path, {"fix": {"k.go": [{"text": MENDED, "finish": "length"}] * 2}})
    update = call(fixer, red(failing("TestDouble")), shop)
    put = update["proposal"]
    assert put is not None
    assert (put["edits"], put["draws"], put["note"]) == ({}, 2, "reply truncated")
    assert update["spent"]["calls"] == 2
