"""Search: which draw is taken, what is drawn again and how, and that nothing recorded is asked twice."""

import json
from pathlib import Path
from typing import Any

import pytest

from guild.errors import ScriptExhausted
from guild.search import LADDER, Drawn, Order, search
from guild.testing import ScriptedModel
from guild.workshop import Desk, Workshop
from tests.nodes.samples import MOD, OTHER, RIGHT, WRONG, asked, plan, workshop

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
