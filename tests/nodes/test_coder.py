"""The coder: the next file of its role, one a step; what came of nothing is noted and not asked again here."""

import pytest

from guild.nodes.accounts import NOTHING
from guild.nodes.coder import coder
from tests.nodes.samples import MOD, OTHER, RIGHT, TESTS, asked, call, plan, state, task, workshop

TWO = plan(task("go.mod", "module"), task("a.go"), task("k.go"), task("k_test.go", "test", tests=["TestDouble"]))


def fenced(text: str) -> str:
    return f"```go\n{text}```\n"


def test_the_next_file_of_a_role_is_drafted_and_no_other(tmp_path):
    shop = workshop(tmp_path, {"dev": {"a.go": [fenced(OTHER)], "k.go": ["no", fenced(RIGHT)]}})
    begun = state({"go.mod": MOD}, plan=TWO)
    first = call(coder, begun, shop, role="dev")
    assert first["files"] == {"a.go": OTHER} and first["drafts"] == {"a.go": {"draws": 1, "reason": ""}}
    begun = {**begun, **first, "files": {**begun["files"], **first["files"]}}
    second = call(coder, begun, shop, role="dev")
    assert second["files"] == {"k.go": RIGHT}
    assert second["drafts"] == {"a.go": {"draws": 1, "reason": ""}, "k.go": {"draws": 2, "reason": ""}}
    assert second["spent"]["calls"] == 3 and second["spent"]["prompt_tokens"] > first["spent"]["prompt_tokens"]
    assert [request.path for request in asked(shop)] == ["a.go", "k.go", "k.go"]


def test_tests_are_asked_of_the_test_role(tmp_path):
    shop = workshop(tmp_path, {"test": {"k_test.go": [fenced(TESTS)]}})
    assert call(coder, state({"go.mod": MOD, "k.go": RIGHT}), shop, role="test")["files"] == {"k_test.go": TESTS}


def test_a_file_that_nothing_came_of_is_noted_and_left_to_the_loop(tmp_path):
    cut = {"text": fenced(RIGHT), "finish": "length"}
    shop = workshop(tmp_path, {"dev": {"k.go": [cut] * 3}})
    begun = state({"go.mod": MOD})
    update = call(coder, begun, shop, role="dev")
    assert "files" not in update
    assert update["drafts"] == {"k.go": {"draws": 3, "reason": "reply truncated"}}
    assert call(coder, {**begun, **update}, shop, role="dev") == {}


@pytest.mark.parametrize("limit", ["tokens", "minutes"])
def test_nothing_is_asked_once_a_limit_is_reached(tmp_path, limit):
    shop = workshop(tmp_path)
    assert call(coder, state({"go.mod": MOD}, spent={**NOTHING, "exhausted": limit}), shop, role="dev") == {}
    assert asked(shop) == []


def test_the_draw_that_reaches_the_limit_is_the_last(tmp_path):
    shop = workshop(tmp_path, {"dev": {"k.go": ["no"] * 3}}, max_tokens_total=1)
    update = call(coder, state({"go.mod": MOD}), shop, role="dev")
    assert (update["spent"]["exhausted"], len(asked(shop))) == ("tokens", 1)
