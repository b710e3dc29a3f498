"""Search: which draw is taken, what is drawn again and how, and that nothing recorded is asked twice."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from guild.errors import ScriptExhausted
from guild.models.request import ignore
from guild.search import LADDER, Drawn, Order, search
from guild.testing import ScriptedModel
from guild.workshop import Desk, Workshop
from tests.nodes.samples import (
    MOD,
    OTHER,
    RIGHT,
    TESTS,
    WRONG,
    Planted,
    asked,
    expect,
    failing,
    plan,
    task,
    verdict,
    workshop,
)
from tests.toolchains.opened import toolchain

FAULTY = WRONG.replace("3 * n", "3 *")


def fenced(text: str) -> str:
    return f"Sure.\n\n```go\n{text}```\n"


def cut(text: str) -> dict[str, str]:
    return {"text": fenced(text), "finish": "length"}


def order(**fields: Any) -> Order:
    known: dict[str, Any] = {"role": "dev", "path": "k.go", "round": 0, "system": "You write Go.", "package": "k"}
    known |= {"replaces": True, "prompt": "Write it.\nFile: k.go", "plan": plan(), "files": {"go.mod": MOD}}
    return Order(**{**known, **fields})


def drawn(shop: Workshop, **fields: Any) -> Drawn:
    return search(Desk(shop), order(**fields))


def shop_of(folder: Path, *draws: str | dict[str, str], **fields: Any) -> Workshop:
    return workshop(folder, {"dev": {"k.go": list(draws)}}, **fields)


def test_the_first_usable_draw_is_taken_repaired(tmp_path):
    shop = shop_of(tmp_path, "I cannot.", fenced(RIGHT.replace("package k\n", 'package main\n\nimport "fmt"\n')), "no")
    found = drawn(shop)
    assert (found.text, found.draws, found.reason) == (RIGHT, 2, "")
    assert [reply["text"][:9] for reply in found.replies] == ["I cannot.", "Sure.\n\n``"]


def test_a_truncated_reply_is_never_used_however_whole_it_looks(tmp_path):
    assert drawn(shop_of(tmp_path, cut(WRONG), fenced(RIGHT))).text == RIGHT
    found = drawn(shop_of(tmp_path, cut(WRONG), cut(RIGHT), cut(RIGHT)))
    assert (found.text, found.draws, found.reason) == (None, 3, "reply truncated")


def test_where_none_is_usable_the_best_there_was_is_handed_over_with_what_is_wrong(tmp_path):
    found = drawn(shop_of(tmp_path, "I cannot.", fenced(FAULTY), cut(RIGHT)))
    assert found.text is not None and "3 *" in found.text and found.draws == 3
    assert found.reason.startswith("k.go:3: ")


def times(factor: int) -> str:
    return WRONG.replace("3 * n", f"{factor} * n")


BROKEN = {"3 * n": 2, "4 * n": 1, "5 * n": 3}


def test_it_stops_at_the_first_that_is_good_enough(tmp_path):
    shop = shop_of(tmp_path, *map(fenced, (WRONG, RIGHT, times(4))), tools=Planted(broken=BROKEN))
    found = drawn(shop)
    assert (found.text, found.draws, len(asked(shop))) == (RIGHT, 2, 2)


@pytest.mark.parametrize("factors", [(3, 4, 5), (4, 3, 5), (5, 3, 4)])
def test_where_none_is_good_enough_the_one_with_the_fewest_errors_is_handed_over(tmp_path, factors):
    found = drawn(shop_of(tmp_path, *(fenced(times(n)) for n in factors), tools=Planted(broken=BROKEN)))
    assert (found.text, found.draws, found.reason) == (times(4), 3, "")


def test_a_draft_that_lacks_a_promised_name_gives_way_to_one_that_has_it(tmp_path):
    told = plan(task("k.go", declares=["Double"], signatures=["func Half(n int) int"]))
    both = RIGHT + OTHER.removeprefix("package k\n")
    found = drawn(shop_of(tmp_path, fenced(OTHER), fenced(both), "no"), plan=told)
    assert (found.text, found.draws) == (both, 2)
    assert drawn(shop_of(tmp_path, *map(fenced, ("package k\n", OTHER, "package k\n"))), plan=told).text == OTHER


def test_a_test_file_that_lacks_a_test_or_holds_one_that_cannot_fail_gives_way(tmp_path):
    hollow = TESTS.replace("t.Fatal", "t.Log")
    renamed = TESTS.replace("TestDouble", "TestTwice")
    shop = workshop(tmp_path, {"test": {"k_test.go": [fenced(text) for text in (hollow, renamed, TESTS)]}})
    beside = {"go.mod": MOD, "k.go": RIGHT}
    found = drawn(shop, role="test", path="k_test.go", prompt="Write it.\nFile: k_test.go", files=beside)
    assert (found.text, found.draws) == (TESTS, 3)


@pytest.mark.go
def test_what_the_prose_states_decides_between_first_drafts(tmp_path):
    told = plan(stated=[expect("Double(1)", "2"), expect("Double(0)", "0")])
    neither, nothing = times(4).replace("4 * n", "4*n + 1"), times(5).replace("5 * n", "5*n + 1")
    draws = [fenced(neither), fenced(WRONG), "no"]
    found = drawn(shop_of(tmp_path, *draws, tools=toolchain()), plan=told, draws=3)
    assert (found.text, found.draws) == (WRONG, 2), "half of it holds: the rest is left to a smaller question"
    found = drawn(
        shop_of(tmp_path, fenced(neither), fenced(nothing), fenced(RIGHT), tools=toolchain()), plan=told, draws=3
    )
    assert (found.text, found.draws) == (RIGHT, 3)


@pytest.mark.go
def test_a_first_test_that_wants_less_than_half_of_what_its_prose_states_gives_way(tmp_path):
    prose = "TestDouble: Double(2) == 4 and Double(3) == 6, and Double(1) is no matter."
    stated = [expect("Double(2)", "4"), expect("Double(9)", "18")]
    told = plan(
        task("k.go"), task("k_test.go", "test", purpose=prose), stated=stated, expect=[expect("Double(3)", "6")]
    )
    none, wrong = TESTS.replace("Double(2) != 4", "Double(0) != 0"), TESTS.replace("!= 4", "!= 5")

    def found(*texts: str) -> Drawn:
        shop = workshop(tmp_path, {"test": {"k_test.go": list(map(fenced, texts))}}, tools=toolchain())
        beside = {"go.mod": MOD, "k.go": RIGHT}
        return drawn(shop, role="test", path="k_test.go", prompt="File: k_test.go", files=beside, plan=told)

    assert (found(none, wrong, TESTS).text, found(none, TESTS, "no").draws) == (TESTS, 2)
    assert (found(none, wrong, "no").text, found(TESTS, "no").draws) == (none, 1)


QUOTING = f"Make Double double. What there is:\n```go\n{WRONG}```"


def test_a_first_draft_that_is_but_the_code_to_be_changed_gives_way_and_is_taken_only_where_none_differs(tmp_path):
    told = plan(task("k.go", purpose=QUOTING))
    found = drawn(shop_of(tmp_path, fenced(WRONG), fenced(RIGHT), "no"), plan=told)
    assert (found.text, found.draws) == (RIGHT, 2)
    found = drawn(shop_of(tmp_path, *[fenced(WRONG)] * 3), plan=told)
    assert (found.text, found.draws, found.reason) == (WRONG, 3, "unchanged")
    assert drawn(shop_of(tmp_path, fenced(WRONG), "no"), plan=plan(task("k.go", purpose="As it is."))).draws == 1
    assert drawn(shop_of(tmp_path, fenced(WRONG), "no", without=("quoting",)), plan=told).draws == 1


@pytest.mark.go
def test_a_first_test_that_passes_on_the_code_to_be_changed_gives_way(tmp_path):
    told = plan(task("k.go", purpose=QUOTING), task("k_test.go", "test", purpose=QUOTING))
    passing = TESTS.replace("Double(2) != 4", "Double(0) != 0")
    beside = {"go.mod": MOD, "k.go": RIGHT}

    def found(*texts: str) -> Drawn:
        shop = workshop(tmp_path, {"test": {"k_test.go": list(map(fenced, texts))}}, tools=toolchain())
        return drawn(shop, role="test", path="k_test.go", prompt="File: k_test.go", files=beside, plan=told)

    assert (found(passing, TESTS, "no").text, found(passing, TESTS, "no").draws) == (TESTS, 2)
    assert (found(passing, passing, passing).text, found(TESTS, "no").draws) == (passing, 1)


def test_every_second_draw_is_asked_in_the_other_way(tmp_path):
    shop = shop_of(tmp_path, *["no"] * 6)
    other = order(prompt="Write it in steps.\nFile: k.go", opening="```go\n// ")
    drawn(shop, otherwise=other, first_draw=3)
    assert [call.prompt.splitlines()[0] for call in asked(shop)] == ["Write it.", "Write it in steps.", "Write it."]
    assert [call.draw for call in asked(shop)] == [3, 4, 5]


def test_another_way_that_does_not_fit_loses_no_draft(tmp_path):
    shop = shop_of(tmp_path, fenced(WRONG), "no", tools=Planted(broken=BROKEN), context=2000)
    found = drawn(shop, otherwise=order(prompt=f"Write it in {'small ' * 2000}steps.\nFile: k.go"))
    assert (found.text, found.draws, found.reason) == (WRONG, 1, "")


def test_a_mend_that_changes_nothing_is_not_asked_for_again(tmp_path):
    files = {"go.mod": MOD, "k.go": WRONG}
    shop = workshop(tmp_path, {"fix": {"k.go": [fenced(WRONG), fenced(RIGHT)]}})
    assert drawn(shop, files=files, role="fix", draws=2).draws == 1
    shop = shop_of(tmp_path, fenced(WRONG), fenced(RIGHT), "no")
    assert drawn(shop, files=files, draws=3).draws == 2, "a fresh draft is drawn again"


@pytest.mark.go
def test_once_there_was_a_verdict_a_draft_has_to_better_it(tmp_path):
    files = {"go.mod": MOD, "k.go": WRONG, "k_test.go": TESTS}
    before = verdict(files, failing("TestDouble"))
    shop = shop_of(tmp_path, *map(fenced, (times(5), RIGHT)), "no", tools=toolchain())
    found = drawn(shop, files=files, verdict=before)
    assert (found.text, found.draws) == (RIGHT, 2)


class Continuing(ScriptedModel):
    """A scripted model that goes on from a begun answer."""

    @property
    def continues(self) -> bool:
        return True


OPENING = "```go\npackage k\n\n"


def begun(folder: Path, **settings: Any) -> tuple[Drawn, Any]:
    """Draw once, with the answer begun, from a model that goes on from there."""
    model = Continuing({"dev": {"k.go": [RIGHT.removeprefix("package k\n\n")]}})
    shop = replace(workshop(folder, **settings), models={"dev": model})
    return drawn(shop, opening=OPENING, draws=1), model.requests[0]


def test_an_answer_is_begun_for_a_model_that_goes_on_from_there(tmp_path):
    found, request = begun(tmp_path, stop="// end")
    assert (found.text, request.prefill, request.stop) == (RIGHT, OPENING, ("// end", "\n```"))
    assert found.replies[0]["text"].startswith(OPENING + "func Double")
    shop = shop_of(tmp_path, fenced(RIGHT))
    drawn(shop, opening=OPENING)
    assert (asked(shop)[0].prefill, asked(shop)[0].stop) == ("", ()), "another would begin anew"


class Onwards(Continuing):
    """Adds rows until it is cut; ends at once where it is begun behind a closed table."""

    def ask(self, request, on_text=ignore):
        reply = super().ask(request, on_text)
        return {**reply, "text": f"{request.prefill}\n", "finish": "stop"} if request.prefill.endswith("}\n") else reply


def test_an_answer_that_ran_on_in_a_table_goes_on_behind_it_and_both_are_paid_for(tmp_path):
    table = "var rows = []struct{ in, want int }{\n"
    model = Onwards({"dev": {"k.go": [{"text": table + "\t{1, 2},\n" * 9, "finish": "repetition"}]}})
    shop = replace(workshop(tmp_path), models={"dev": model})
    found = drawn(shop, opening=OPENING, draws=1)
    assert found.text == f"package k\n\n{table}\t{{1, 2}},\n}}\n"
    assert [request.prefill for request in model.requests] == [OPENING, f"{OPENING}{table}\t{{1, 2}},\n}}\n"]
    [reply] = found.replies
    assert reply["completion_tokens"] == 2 * ((len(table) + 9 * len("\t{1, 2},\n")) // 4)
    found = drawn(replace(shop, settings=replace(shop.settings, without=("prefill",))), draws=1)
    assert (found.text, found.reason) == (None, "the reply repeats itself")


def test_prefill_and_cut_can_be_switched_off(tmp_path):
    found, request = begun(tmp_path)
    assert (request.prefill, request.cut, found.reason) == (OPENING, True, "")
    request = begun(tmp_path, without=("prefill",))[1]
    assert (request.prefill, request.stop, request.cut) == ("", (), True)
    request = begun(tmp_path, without=("cut",))[1]
    assert (request.prefill, request.cut) == (OPENING, False)


def test_without_ranking_the_first_that_parses_is_taken_and_nothing_is_compiled(tmp_path):
    for settings, text, compiled in (({}, times(4), [WRONG, times(4)]), ({"without": ("ranking",)}, WRONG, [])):
        tools = Planted(broken=BROKEN)
        found = drawn(shop_of(tmp_path, "no", fenced(WRONG), fenced(times(4)), tools=tools, **settings))
        assert (found.text, tools.compiled) == (text, compiled)


def test_without_form_a_draft_stays_as_it_was_written(tmp_path):
    foreign = RIGHT.replace("package k", "package main")
    for settings, text in (({}, RIGHT), ({"without": ("form",)}, foreign)):
        assert drawn(shop_of(tmp_path, fenced(foreign), **settings), draws=1).text == text


def test_no_draw_follows_that_cannot_be_afforded(tmp_path):
    shop = shop_of(tmp_path, "I cannot.", "I cannot.", fenced(RIGHT))
    found = drawn(shop, affordable=lambda replies: len(replies) < 2)
    assert (found.text, found.draws, len(asked(shop))) == (None, 2, 2)


def test_what_changes_nothing_is_drawn_again(tmp_path):
    files = {"go.mod": MOD, "k.go": WRONG}
    assert drawn(shop_of(tmp_path, fenced(WRONG), fenced(RIGHT)), files=files).text == RIGHT
    assert drawn(shop_of(tmp_path, *[fenced(WRONG)] * 3), files=files).reason == "unchanged"


@pytest.mark.parametrize(
    ("replaces", "reply", "names"),
    [
        (False, OTHER, ["Double", "Half"]),
        (True, OTHER, ["Half"]),
        (True, OTHER.removeprefix("package k\n\n"), ["Double", "Half"]),
    ],
)
def test_a_fragment_is_spliced_and_a_whole_file_replaces_where_it_may(tmp_path, replaces, reply, names):
    text = drawn(shop_of(tmp_path, fenced(reply)), files={"go.mod": MOD, "k.go": WRONG}, replaces=replaces).text
    assert text is not None and [name for name in ("Double", "Half") if f"func {name}" in text] == names


def test_every_draw_is_another_bolder_one_and_a_retry_goes_on_where_the_last_ended(tmp_path):
    shop = shop_of(tmp_path, *["no"] * 9, temperature=0.2, seed=7)
    drawn(shop, draws=4)
    drawn(shop, draws=3, first_draw=4, boldness=2)
    seen = asked(shop)
    assert [request.draw for request in seen] == list(range(7))
    assert [request.seed for request in seen] == [7000 + draw for draw in range(7)]
    warmth = [round(request.temperature - 0.2, 6) for request in seen]
    assert warmth == [*LADDER, LADDER[2], LADDER[3], LADDER[3]] and len(set(LADDER)) == 4
    hot = shop_of(tmp_path, "no", "no", temperature=1.9)
    drawn(hot, draws=2)
    assert [request.temperature for request in asked(hot)] == [1.9, 2.0]


def test_a_reply_that_was_recorded_is_found_again_by_another_process(tmp_path):
    draws = ("I cannot.", cut(WRONG), fenced(RIGHT))
    first = drawn(shop_of(tmp_path, *draws, records=True))
    again = shop_of(tmp_path, records=True)
    events: list[Any] = []
    found = search(Desk(again, events.append), order())
    assert (found.text, found.draws, found.replies) == (first.text, first.draws, first.replies)
    assert asked(again) == []
    assert [event["recorded"] for event in events if event["kind"] == "reply"] == [True] * 3


@pytest.mark.parametrize(
    "other", [{"prompt": "Other.\nFile: k.go"}, {"system": "Other."}, {"round": 1}, {"boldness": 1}, {"first_draw": 1}]
)
def test_anything_else_is_asked_anew(tmp_path, other):
    drawn(shop_of(tmp_path, fenced(RIGHT), records=True))
    with pytest.raises(ScriptExhausted):
        drawn(shop_of(tmp_path, records=True), **other)


def test_a_reply_is_recorded_before_it_is_used(tmp_path):
    shop = shop_of(tmp_path, "I cannot.", fenced(FAULTY), records=True)
    drawn(shop, draws=2)
    records = shop.records
    assert records is not None
    events = list(records.events())
    assert [event["kind"] for event in events] == ["prompt", "reply", "draft"] * 2
    assert records.get(events[0]["prompt"]) == "Write it.\nFile: k.go"
    assert records.get(events[1]["text"]) == "I cannot."
    assert "3 *" in records.get(events[5]["hash"]) and not events[5]["parses"]
    assert "return 3" not in json.dumps(events), "texts lie by hash"


def test_a_prompt_that_does_not_fit_is_not_sent_and_is_said(tmp_path):
    shop = shop_of(tmp_path, context=2000)
    found = drawn(shop, prompt="long " * 1000)
    assert (found.text, found.draws, found.replies) == (None, 0, ()) and "2000 tokens" in found.reason
    with pytest.raises(ScriptExhausted):
        drawn(shop)


def test_a_reply_may_take_half_of_a_small_context(tmp_path):
    shop = shop_of(tmp_path, fenced(RIGHT), context=2000, max_reply_tokens=1500)
    drawn(shop)
    assert isinstance(shop.models["dev"], ScriptedModel)
    assert [request.max_tokens for request in asked(shop)] == [1000]
