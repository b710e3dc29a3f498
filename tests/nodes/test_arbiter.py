"""The arbiter: fresh drafts of both sides decide, without seeing what is in dispute."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from guild.nodes.arbiter import arbitrate
from guild.nodes.orders import coder_order
from guild.nodes.targets import Target
from guild.state import State
from guild.syntax.go.cases import Case, cases
from guild.toolchains import Seen
from guild.values import Drafted, Proposal
from guild.workshop import Desk, Workshop
from tests.nodes.samples import MOD, RIGHT, WRONG, Planted, asked, failing, plan, state, task, tried, verdict, workshop
from tests.toolchains.opened import toolchain

ROWS = """package k

import "testing"

func TestDouble(t *testing.T) {
	for _, tt := range []struct{ in, want int }{{1, 2}, {3, 6}} {
		if got := Double(tt.in); got != tt.want {
			t.Errorf("Double(%d) = %d, want %d", tt.in, got, tt.want)
		}
	}
}
"""
MISTAKEN = ROWS.replace("{3, 6}", "{3, 7}")
ADDED = RIGHT.replace("2 * n", "n + n")
ODD = RIGHT.replace("return 2 * n", "return 2*n + n/3")
TARGET = Target(path="k.go", mode="agree", why="planted", diagnostics=(failing("TestDouble"),), test="k_test.go")


class Doubling(Planted):
    """Watches by reckoning: what the three drafts above answer to the rows of the tests above."""

    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        def answer(case: Case) -> str:
            asked = int(case.call.removeprefix("Double(").removesuffix(")"))
            return str(2 * asked + (asked // 3 if "n/3" in files["k.go"] else 0))

        found = cases(files[path])
        return tuple(Seen(each.check, each.row, answer(each) != each.want, answer(each), each.want) for each in found)


def fenced(text: str) -> str:
    return f"```go\n{text}```\n"


def shop_of(folder: Any, code: list[str], tests: list[str], **fields: Any) -> Workshop:
    script = {"dev": {"k.go": [fenced(text) for text in code]}, "test": {"k_test.go": [fenced(text) for text in tests]}}
    return workshop(folder, script, **{"tools": toolchain(), **fields})


def red(code: str, test: str, **fields: Any) -> State:
    files = {"go.mod": MOD, "k.go": code, "k_test.go": test}
    return state(files, verdict=verdict(files, failing("TestDouble")), **fields)


def settled(shop: Workshop, begun: State) -> Proposal:
    return arbitrate(Desk(shop), begun, TARGET)[0]


@pytest.mark.go
def test_right_code_is_not_bent_to_a_wrong_test_whose_case_is_corrected_and_told(tmp_path):
    shop = shop_of(tmp_path, [], [ROWS, ROWS], records=True)
    put = settled(shop, red(RIGHT, MISTAKEN, rounds=[tried("k.go")]))
    assert put["edits"] == {"k_test.go": ROWS}
    [dispute] = put["disputes"]
    assert (dispute["file"], dispute["line"], dispute["test"]) == ("k_test.go", 6, "TestDouble")
    assert (dispute["case"], dispute["old"], dispute["new"]) == ("Double(3)", "7", "6")
    assert dispute["why"] == "3 of 4 independent drafts say 6"
    assert (put["beside"], put["draws"], put["mode"]) == ({"k_test.go": 2}, 0, "agree"), "no code had to be drawn"
    assert shop.records is not None
    assert {event["round"] for event in shop.records.events() if event["kind"] == "draft"} == {2}


@pytest.mark.go
def test_wrong_code_gives_way_to_a_draft_that_answers_as_the_tests_agree(tmp_path):
    put = settled(shop_of(tmp_path, [WRONG + "// again\n", ADDED], [ROWS, ROWS]), red(WRONG, ROWS))
    assert (put["edits"], put["disputes"], put["beside"]["k.go"]) == ({"k.go": ADDED}, [], 2)


def test_without_a_clear_lead_the_code_is_written_another_way_and_by_one_who_sees_none_of_it(tmp_path):
    steps = "func Double(n int) int { return n << 1 }\n"
    other = ROWS.replace("{3, 6}", "{4, 8}")
    shop = shop_of(tmp_path, [steps, ADDED], [other, other], tools=Doubling())
    put = settled(shop, red(RIGHT, MISTAKEN))
    assert put["edits"] == {"k_test.go": ROWS} and put["disputes"][0]["why"] == "3 of 4 independent drafts say 6"
    in_steps, afresh = (request.prompt for request in asked(shop) if request.role == "dev")
    assert "- func Double(n int) int" in in_steps and "is not finished" in in_steps
    assert "is not finished" not in afresh
    for prompt in (in_steps, afresh):
        assert not any(wrong in prompt for wrong in ("2 * n", "{3, 7}", "got 6", "want 4"))


def test_as_many_on_one_side_as_on_the_other_leave_all_as_it_is_after_four_draws(tmp_path):
    broken, tools = RIGHT.replace("2 * n", "true"), Doubling(broken={"true": 1})
    other = ROWS.replace("{3, 6}", "{4, 8}")
    shop = shop_of(tmp_path, [broken] * 4, [other, other], tools=tools)
    put = settled(shop, red(RIGHT, MISTAKEN))
    assert (put["edits"], put["disputes"]) == ({}, []) and put["beside"] == {"k_test.go": 2, "k.go": 4}


def test_only_the_tests_that_failed_are_drawn_afresh_from_what_is_said_of_them(tmp_path):
    said = "package k. Short. TestDouble: doubles 3. TestHalf: halves 4. TestDouble again: doubles 1."
    told = plan(task("k.go"), task("k_test.go", "test", tests=["TestDouble", "TestHalf"], purpose=said))
    shop = shop_of(tmp_path, [ADDED] * 4, [ROWS] * 2, tools=Doubling())
    settled(shop, red(RIGHT, MISTAKEN, plan=told))
    prompt = next(request.prompt for request in asked(shop) if request.role == "test")
    assert "Short. TestDouble: doubles 3. TestDouble again: doubles 1." in prompt
    assert "- func TestDouble(t" in prompt and "TestHalf" not in prompt


def test_where_nothing_failed_all_tests_are_drawn_once_and_no_code_unless_they_find_something(tmp_path):
    shop = shop_of(tmp_path, [ADDED] * 4, [ROWS.replace("{3, 6}", "{4, 8}")], tools=Doubling())
    begun = red(RIGHT, ROWS)
    put = arbitrate(Desk(shop), begun, replace(TARGET, diagnostics=()))[0]
    assert (put["edits"], put["beside"]) == ({}, {"k_test.go": 1})
    shop = shop_of(tmp_path, [ADDED] * 4, [ROWS.replace("{3, 6}", "{4, 9}")], tools=Doubling())
    put = arbitrate(Desk(shop), begun, replace(TARGET, diagnostics=()))[0]
    assert (put["edits"], put["beside"]) == ({}, {"k_test.go": 1, "k.go": 2}), "its own mistake, as three drafts say"


def test_no_draft_sees_what_it_is_to_judge(tmp_path):
    other = ROWS.replace("{3, 6}", "{4, 8}")
    shop = shop_of(tmp_path, [ADDED] * 4, [other] * 2, tools=Doubling())
    settled(shop, red("// standing\n" + RIGHT, MISTAKEN, rounds=[tried("k.go")]))
    seen = {request.role: request.system + request.prompt for request in asked(shop)}
    assert "TestDouble(t" not in seen["dev"] and "standing" not in seen["dev"] and "{3, 7}" not in seen["dev"]
    assert "{3, 7}" not in seen["test"] and "standing" in seen["test"]
    assert not any("got 6, want 4" in prompt for prompt in seen.values())
    assert [request.round for request in asked(shop)] == [2] * len(asked(shop))


def test_what_was_drawn_beside_is_not_drawn_again(tmp_path):
    shop = shop_of(tmp_path, ["no"] * 9, ["no"] * 9, tools=Doubling())
    begun = red(RIGHT, MISTAKEN, drafts={"k.go": Drafted(draws=1, reason="")})
    put = settled(shop, begun)
    assert [request.draw for request in asked(shop) if request.role == "dev"] == [1, 2, 3, 4]
    begun["rounds"] = [tried("k.go", role="dev", draws=put["draws"], beside=put["beside"])]
    assert (coder_order(shop, begun, "k.go").first_draw, coder_order(shop, begun, "k_test.go").first_draw) == (5, 2)


@pytest.mark.parametrize("lack", [{"context": 600}, {"max_tokens_total": 1}])
def test_without_room_or_means_for_a_draw_nothing_is_put_forward(tmp_path, lack):
    shop = shop_of(tmp_path, [ADDED] * 4, [ROWS], tools=Planted(), **lack)
    put = settled(shop, red(RIGHT, MISTAKEN))
    assert (put["edits"], put["disputes"]) == ({}, []) and len(asked(shop)) <= 3


@pytest.mark.go
def test_a_test_that_goes_another_way_to_values_that_stand_is_told_anew(tmp_path):
    box = "package k\n\nvar total int\n\nfunc Add(n int) { total += n }\n\nfunc Total() int { return total }\n"
    once = (
        'package k\n\nimport "testing"\n\nfunc TestDouble(t *testing.T) {\n\ttotal = 0\n\tAdd(3)\n'
        '\tif got := Total(); got != 5 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n'
    )
    twice = once.replace("\tAdd(3)\n", "\tAdd(3)\n\tAdd(2)\n")
    again = [box.replace("n }", f"n }} // {number}") for number in range(4)]
    put = settled(shop_of(tmp_path, again, [once, twice]), red(box, once))
    assert put["edits"] == {"k_test.go": twice} and put["disputes"] == []
