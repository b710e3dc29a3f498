"""State: files folded alike however writes are batched, and what edges and nodes ask of it."""

import copy
import random
from typing import Any

from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph

from guild.state import SNAPSHOT_EVERY, State, Update, merge_files, round_of, undrafted, unreviewed
from tests.nodes.samples import plan, state, task, tried, verdict

PATHS = ("a.go", "b.go", "c.go")


def edits(seed: int, many: int) -> list[dict[str, str | None]]:
    dice = random.Random(seed)
    return [
        {path: dice.choice([None, str(number)]) for path in dice.sample(PATHS, dice.randint(0, 2))}
        for number in range(many)
    ]


def test_files_are_folded_alike_however_the_writes_are_batched():
    for seed in range(20):
        writes, files = edits(seed, 6), {"a.go": "first", "z.go": "kept"}
        whole = merge_files(files, writes)
        for cut in range(len(writes) + 1):
            assert merge_files(merge_files(files, writes[:cut]), writes[cut:]) == whole
        assert whole["z.go"] == "kept"


def test_a_later_write_wins_none_deletes_and_nothing_given_is_changed():
    files, writes = {"a.go": "1", "b.go": "1"}, [{"a.go": "2", "c.go": "2"}, {"b.go": None, "gone.go": None}]
    before = copy.deepcopy((files, writes))
    assert merge_files(files, writes) == {"a.go": "2", "c.go": "2"}
    assert (files, writes) == before
    assert merge_files(None, [{"a.go": "1"}]) == {"a.go": "1"}


def test_a_checkpoint_gives_the_files_of_its_step_across_snapshots():
    many = SNAPSHOT_EVERY + 10
    writes = edits(1, many)

    def write(state: State) -> Any:
        number = len(state.get("rounds", []))
        return Update(files=writes[number], rounds=[tried("a.go", number=number)])

    built: Any = StateGraph(State)
    built.add_node("write", write)
    built.add_edge(START, "write")
    built.add_conditional_edges("write", lambda s: "write" if len(s["rounds"]) < many else END, ["write", END])
    graph = built.compile(checkpointer=InMemorySaver())
    config: Any = {"configurable": {"thread_id": "t"}, "recursion_limit": many + 1}
    last = graph.invoke({"spec": ""}, config)
    assert last["files"] == merge_files(None, writes)
    for snapshot in list(graph.get_state_history(config))[:-2:7]:
        done = len(snapshot.values["rounds"])
        assert snapshot.values["files"] == merge_files(None, writes[:done]), done


def test_what_is_undrafted_is_in_the_plans_order_and_asked_for_once():
    told = plan(
        task("go.mod", "module"), task("b.go"), task("a.go"), task("a_test.go", "test"), task("own.go", "given")
    )
    begun = state({"go.mod": ""}, plan=told)
    assert [each["path"] for each in undrafted(begun, "dev")] == ["b.go", "a.go"]
    begun["drafts"] = {"b.go": {"draws": 3, "reason": "reply truncated"}}
    assert [each["path"] for each in undrafted(begun, "dev")] == ["a.go"], "nothing came of b.go: the loop has it now"
    begun["files"]["a.go"] = ""
    assert undrafted(begun, "dev") == [] and [each["path"] for each in undrafted(begun, "test")] == ["a_test.go"]
    assert undrafted({"spec": ""}, "dev") == []


def test_implementation_that_is_there_is_reviewed_once():
    told = plan(task("b.go"), task("a.go"), task("gone.go"), task("a_test.go", "test"), task("own.go", "given"))
    files = {"a.go": "", "b.go": "", "a_test.go": "", "own.go": ""}
    assert unreviewed(state(files, plan=told)) == ["b.go", "a.go"]
    assert unreviewed(state(files, plan=told, review={"done": ["b.go"], "findings": []})) == ["a.go"]


def test_rounds_count_from_the_first_verdict():
    assert round_of({}) == 0
    judged = state({}, verdict=verdict({}))
    assert round_of(judged) == 1
    judged["rounds"] = [tried("a.go"), tried("a.go")]
    assert round_of(judged) == 3
