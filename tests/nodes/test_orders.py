"""Orders: what stands in a prompt, within the context, and which draw is the next."""

from dataclasses import replace
from typing import Any

from guild.nodes.orders import anew_order, coder_order, fixer_order
from guild.nodes.targets import Target
from guild.retrieval import Corpus, Example
from guild.search import Order
from guild.values import Diagnostic, Drafted
from tests.nodes.samples import (
    MOD,
    OTHER,
    RIGHT,
    TESTS,
    WRONG,
    expect,
    failing,
    found,
    plan,
    proposal,
    state,
    task,
    tried,
    verdict,
    workshop,
)

FILES = {"go.mod": MOD, "k.go": WRONG, "k_test.go": TESTS}


def mend(*diagnostics: Diagnostic, **fields: Any) -> Target:
    return Target(**{"path": "k.go", "mode": "mend", "why": "planted", "diagnostics": diagnostics, **fields})


def tokens(order: Order) -> int:
    """Count as the client does that refuses what does not fit."""
    return len((order.system + "\n" + order.prompt).encode()) // 3 + 64


def test_a_coder_is_told_what_to_declare_and_sees_the_rest_but_not_the_file_itself(tmp_path):
    told = plan(
        task("k.go", purpose="Doubles.", declares=["Double", "Triple"], signatures=["func Double(n int) int"]),
        task("a.go", purpose="Halves."),
    )
    order = coder_order(workshop(tmp_path), state({**FILES, "a.go": OTHER}, plan=told), "k.go")
    assert (order.role, order.package, order.replaces, order.round) == ("dev", "k", True, 0)
    assert "- func Double(n int) int\n- Triple\n" in order.prompt
    assert "What it is for: Doubles." in order.prompt and "- a.go: Halves." in order.prompt
    assert "func Half(n int)" in order.prompt and "3 * n" not in order.prompt and "TestDouble" not in order.prompt
    assert order.prompt.splitlines()[-1] == "File: k.go"


def test_code_that_a_purpose_quotes_is_to_be_changed(tmp_path):
    purpose = f"Change it, in one ```go block.\nDouble doubles.\n```go\n{WRONG}```"
    told = plan(task("k.go", purpose=purpose), task("k_test.go", "test", purpose=purpose))
    order = coder_order(workshop(tmp_path), state({"go.mod": MOD}, plan=told), "k.go")
    assert "Leave all else as it is" in order.prompt and "3 * n" in order.prompt
    tests = coder_order(workshop(tmp_path), state({"go.mod": MOD, "k.go": RIGHT}, plan=told), "k_test.go")
    assert "Leave all else as it is" not in tests.prompt
    off = coder_order(workshop(tmp_path, without=("quoting",)), state({"go.mod": MOD}, plan=told), "k.go")
    assert "Leave all else as it is" not in off.prompt


def test_functions_that_are_spelled_out_can_be_asked_for_in_steps(tmp_path):
    def otherwise(**fields: Any) -> Order | None:
        begun = state({"go.mod": MOD}, plan=plan(task("k.go", **fields), task("k_test.go", "test")))
        assert coder_order(workshop(tmp_path), begun, "k_test.go").otherwise is None
        return coder_order(workshop(tmp_path), begun, "k.go").otherwise

    heads = ["func Double(n int) int", "func Half(n int) int"]
    order = otherwise(signatures=heads, declares=["Double"])
    assert order is not None and order.replaces and order.opening.endswith("func Double(n int) int {\n\t// ")
    assert "Work in small steps" in order.prompt and "- func Half(n int) int" in order.prompt
    assert otherwise(signatures=heads, declares=["Triple"]) is None, "not all is spelled out"
    assert otherwise(signatures=["type T struct{}", *heads]) is None and otherwise() is None
    assert otherwise(signatures=["func New() *Box"]) is None, "who writes New has to declare a Box as well"
    assert otherwise(signatures=["func Map[T, R any](a []T, f func(T) R) []R"]) is not None
    assert otherwise(signatures=heads, purpose=f"Change it.\n```go\n{WRONG}```") is None


def test_a_test_coder_is_told_the_tests_and_sees_the_implementation(tmp_path):
    order = coder_order(workshop(tmp_path), state({"go.mod": MOD, "k.go": RIGHT}), "k_test.go")
    assert order.role == "test" and "- func TestDouble(t *testing.T)" in order.prompt
    assert "return 2 * n" in order.prompt


def test_a_fixer_sees_the_file_what_is_wrong_and_what_was_tried_but_no_text_that_was(tmp_path):
    begun = state(FILES, verdict={}, rounds=[tried("k.go", number=4, reason="3 errors instead of 1")])
    begun["proposal"] = proposal({"k.go": "a losing text"})
    order = fixer_order(workshop(tmp_path), begun, mend(failing("TestDouble"), found("k.go", "bad"), again=1))
    assert (order.role, order.replaces, order.round, order.boldness) == ("fix", False, 2, 1)
    assert "return 3 * n" in order.prompt
    assert "k_test.go:3: TestDouble: got 6, want 4\nk.go:3: bad" in order.prompt
    assert "- round 4: not kept, 3 errors instead of 1" in order.prompt and "losing" not in order.prompt


def test_the_files_beside_give_way_to_the_context_the_file_and_its_problems(tmp_path):
    shop = workshop(tmp_path, context=4096, max_reply_tokens=1024)
    files = {**FILES, **{f"b{number}.go": OTHER + "// x\n" * 100 for number in range(40)}}
    assert tokens(fixer_order(workshop(tmp_path), state(files, verdict=None), mend())) > 5000
    long = [found("k.go", f"{number} " + "m" * 400) for number in range(8)]
    for blamed in ([], long):
        order = fixer_order(shop, state(files, verdict=None), mend(*blamed))
        assert 2000 < tokens(order) <= 4096 - 1024
        assert order.prompt.count("mmm" * 100) == len(blamed)
    assert tokens(coder_order(shop, state(files), "k.go")) <= 4096 - 1024


def test_the_next_draw_of_a_role_goes_on_from_its_drafts_and_rounds(tmp_path):
    begun = state(FILES, drafts={"k.go": Drafted(draws=3, reason="")})
    begun["rounds"] = [
        tried("k.go", role="dev", draws=2),
        tried("k.go", role="fix", draws=2),
        tried("k.go", role="fix", draws=1),
        tried("k_test.go", role="fix", draws=9),
    ]
    shop = workshop(tmp_path)
    assert coder_order(shop, begun, "k.go", again=2).first_draw == 5
    assert coder_order(shop, begun, "k.go", again=2).boldness == 2
    assert fixer_order(shop, {**begun, "verdict": verdict(FILES)}, mend()).first_draw == 3
    assert coder_order(shop, begun, "k_test.go").first_draw == 0


def test_no_draw_is_affordable_once_a_limit_is_reached(tmp_path):
    order = coder_order(workshop(tmp_path, max_tokens_total=100), state(FILES), "k.go")
    cheap = {"model": "script", "prompt_tokens": 40, "completion_tokens": 10}
    assert order.affordable([cheap]) and not order.affordable([cheap, cheap])


DOUBLED = Example("Doubles a number.", "package two\n\nfunc Two(n int) int { return n + n }")
TESTED = Example("Tests what doubles a number.", "package two\n\nfunc TestTwo(t *testing.T) { t.Error() }")


def test_a_coder_is_shown_the_verified_examples_most_like_its_task(tmp_path):
    told = plan(task("k.go", purpose="Doubles."), task("k_test.go", "test", purpose="Tests that it doubles."))
    shop = replace(workshop(tmp_path, shots=1), corpus=Corpus([DOUBLED, TESTED]))
    assert DOUBLED.shown in coder_order(shop, state(FILES, plan=told), "k.go").prompt
    order = coder_order(shop, state(FILES, plan=told), "k_test.go")
    assert TESTED.shown in order.prompt and "func Two(" not in order.prompt
    for off in ({"shots": 0}, {"without": ("retrieval",)}):
        without = replace(shop, settings=replace(shop.settings, **off))
        assert "Verified" not in coder_order(without, state(FILES, plan=told), "k.go").prompt


def test_a_prompt_without_examples_is_as_if_there_were_no_corpus(tmp_path):
    shop = workshop(tmp_path)
    other = replace(shop, corpus=Corpus([Example("unlike", "x")]))
    assert coder_order(other, state(FILES), "k.go").prompt == coder_order(shop, state(FILES), "k.go").prompt


def test_examples_take_a_quarter_of_the_room_at_most_and_the_prompt_still_fits(tmp_path):
    told = plan(task("k.go", purpose="Doubles a number."))
    corpus = Corpus([Example(f"Doubles a number {n}.", f"package a\n// {'x' * (n * 50)}") for n in range(1, 200)])
    files = {**FILES, **{f"b{number}.go": OTHER + "// y\n" * 100 for number in range(40)}}
    shop = workshop(tmp_path, context=4096, max_reply_tokens=1024, shots=50)
    prompts = [coder_order(each, state(files, plan=told), "k.go") for each in (shop, replace(shop, corpus=corpus))]
    assert 2000 < tokens(prompts[1]) <= 4096 - 1024
    lines = [line for line in prompts[1].prompt.splitlines() if "xxx" in line]
    assert 0 < len("".join(lines)) <= (4096 - 1024) * 3 // 4 and prompts[0].prompt.count("xxx") == 0


def test_what_is_written_anew_is_not_shown_and_its_answer_begins_with_its_head_and_a_step(tmp_path):
    told = plan(task("k.go", signatures=["func Double(n int) int"]), stated=[expect("Double(2)", "4")])
    files = {**FILES, "k.go": WRONG + "\nfunc Half(n int) int { return n / 2 }\n"}
    target = mend(failing("TestDouble", message="Double(2) = 6, want 4"), mode="anew", again=1)
    order = anew_order(workshop(tmp_path), state(files, plan=told, verdict=verdict(files)), target)
    assert (order.role, order.path, order.replaces, order.boldness) == ("dev", "k.go", False, 1)
    assert "3 * n" not in order.prompt and "= 6" not in order.prompt, "neither the wrong code nor what it gave"
    assert "func Half(n int) int { return n / 2 }" in order.prompt
    assert "- func Double(n int) int\n" in order.prompt and "- Double(2) == 4\n" in order.prompt
    assert order.opening == "```go\nfunc Double(n int) int {\n\t// "
