"""What a run has cost, summed over sittings, and the limit it reached."""

import time

import pytest

from guild.nodes.accounts import NOTHING, exhausted, spend
from guild.settings import Settings
from guild.values import Reply


def reply(sent: int, received: int) -> Reply:
    words = {"prompt_tokens": sent, "completion_tokens": received, "seconds": 1.0}
    return Reply(text="", finish="stop", model="m", **words)


def test_a_nodes_costs_are_added_and_nothing_given_is_changed():
    before = {**NOTHING, "prompt_tokens": 5, "calls": 1, "seconds": 10.0}
    spent = spend({"spent": before}, Settings(), time.monotonic() - 2, [reply(10, 3), reply(20, 4)])
    assert (spent["prompt_tokens"], spent["completion_tokens"], spent["calls"]) == (35, 7, 3)
    assert 12 <= spent["seconds"] < 13 and spent["exhausted"] == ""
    assert before["calls"] == 1 and NOTHING["seconds"] == 0.0
    assert spend({}, Settings(), time.monotonic())["calls"] == 0


@pytest.mark.parametrize(
    ("limits", "reached"),
    [
        ({}, ""),
        ({"max_tokens_total": 101}, ""),
        ({"max_tokens_total": 100}, "tokens"),
        ({"max_minutes": 2.01}, ""),
        ({"max_minutes": 2.0}, "minutes"),
        ({"max_minutes": 2.0, "max_tokens_total": 100}, "tokens"),
    ],
)
def test_a_limit_is_reached_by_both_kinds_of_tokens_or_by_minutes_and_zero_is_none(limits, reached):
    spent = {**NOTHING, "prompt_tokens": 60, "completion_tokens": 40, "seconds": 120.0}
    assert exhausted(spent, Settings(**limits)) == reached


def test_a_raised_limit_is_no_longer_reached():
    before = {**NOTHING, "prompt_tokens": 100, "exhausted": "tokens"}
    state = {"spent": before}
    assert spend(state, Settings(max_tokens_total=100), time.monotonic())["exhausted"] == "tokens"
    assert spend(state, Settings(max_tokens_total=1000), time.monotonic())["exhausted"] == ""
