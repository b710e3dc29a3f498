"""What a prompt shows of a Project: its package, the files beside it within a length, problems and past in short."""

import pytest

from guild import briefing
from tests.nodes.samples import MOD, OTHER, RIGHT, TESTS, expect, found, plan, task, tried


@pytest.mark.parametrize(
    ("path", "files", "package"),
    [
        ("sub/a.go", {"sub/b.go": "package beside\n"}, "beside"),
        ("sub/a.go", {"sub/b_test.go": "package beside_test\n"}, "beside"),
        ("sub/a.go", {"sub/a.go": "package stale\n", "k.go": "package k\n"}, "own"),
        ("sub/c.go", {}, "own"),
        ("pkg/c.go", {}, "said"),
    ],
)
def test_the_package_is_that_of_the_files_beside_then_what_the_prose_says(path, files, package):
    tasks = [task("sub/b.go", purpose="Of package mates."), task("sub/a.go", purpose="This is package own.")]
    told = plan(*(tasks if path.endswith("a.go") else tasks[1:]), description="All files use package said.")
    assert briefing.package_of(path, told, files) == package


@pytest.mark.parametrize(
    ("path", "module", "package"),
    [("my-store/a.go", "example.org/k", "mystore"), ("a.go", "example.org/kit.v2", "kit"), ("a.go", "", "main")],
)
def test_without_a_word_the_package_is_named_like_its_folder_or_module(path, module, package):
    assert briefing.package_of(path, {**plan(), "module": module}, {}) == package


def test_the_context_shows_what_a_file_needs_first_and_leaves_itself_tests_and_other_kinds_out():
    told = plan(task("k.go", needs=["far/need.go"]))
    files = {"a.go": OTHER, "far/any.go": OTHER, "far/need.go": OTHER, "go.mod": MOD, "k.go": RIGHT, "k_test.go": TESTS}
    shown = briefing.context("k.go", told, files, room=10_000)
    heads = [line.split()[0] for line in shown.splitlines() if line.endswith(" reads:")]
    assert heads == ["far/need.go", "a.go", "far/any.go"]
    assert "Double" not in shown and "module" not in shown


def test_the_context_keeps_within_its_room_whole_then_signatures_then_nothing():
    files = {"k.go": RIGHT.replace("return", "n += 1 - 1\n\tn += 1 - 1\n\treturn")}
    shown = {room: briefing.context("x.go", plan(), files, room=room) for room in range(-5, 200)}
    assert all(len(text) <= max(room, 0) for room, text in shown.items())
    forms = list(dict.fromkeys(shown.values()))
    assert len(forms) == 3 and forms[0] == ""
    assert "func Double(n int) int" in forms[1] and "return" not in forms[1]
    assert "return 2 * n" in forms[2]


def test_without_room_for_all_the_declarations_most_like_the_task_come_first():
    many = "package k\n" + "".join(f"\n// F{n} counts.\nfunc F{n}(a int) int {{ return {n} }}\n" for n in range(40))
    wanted = "\n// Flush writes what a buffer holds.\nfunc Flush() { panic(0) }\n"
    files = {"a.go": many + wanted, "b.go": many + "\nfunc Drain() {}\n"}
    told = plan(task("x.go", purpose="Writes the buffer."))
    shown = briefing.context("x.go", told, files, room=300)
    assert "func Flush()" in shown and "panic" not in shown and "Drain" not in shown and len(shown) <= 300
    shown = briefing.context("x.go", told, files, room=300, query="b.go: undefined: drain")
    assert "func Drain()" in shown
    shown = briefing.context("x.go", {**told, "tasks": [{**told["tasks"][0], "needs": ["b.go"]}]}, files, room=300)
    assert "b.go declares:" in shown and "a.go" not in shown


def test_signatures_of_all_stand_before_any_whole_file_and_in_the_files_own_order():
    files = {name: OTHER + "\nfunc Zero() int {\n\treturn 0\n}\n" + "// x\n" * 60 for name in ("a.go", "b.go", "c.go")}
    shown = briefing.context("x.go", plan(), files, room=700)
    heads = [line for line in shown.splitlines() if line.endswith((" reads:", " declares:"))]
    assert heads == ["a.go reads:", "b.go declares:", "c.go declares:"] and len(shown) <= 700
    assert shown.count("func Half(n int) int") == 3 == shown.count("func Zero() int")
    assert "func Half(n int) int\nfunc Zero() int\n```" in shown


def test_what_another_folder_cannot_use_is_not_listed():
    text = "package k\n\nfunc open() {}\n\nfunc (s *Store) Put() {}\n\nfunc (s *Store) drop() {}\n" + "// x\n" * 99
    far = briefing.context("x.go", plan(), {"sub/k.go": text}, room=200)
    assert "Put" in far and "open" not in far and "drop" not in far
    assert "open" in briefing.context("sub/x.go", plan(), {"sub/k.go": text}, room=200)


def test_the_list_of_files_tells_the_first_sentence_and_no_module_file():
    long = "package k. Reads numbers; it is strict. It also writes them."
    listed = briefing.file_list(plan(task("go.mod", "module"), task("k.go", purpose=long), task("x.go")))
    assert listed == "- k.go: Reads numbers; it is strict.\n- x.go"
    [line] = briefing.file_list(plan(task("k.go", purpose="word " * 80))).splitlines()
    assert len(line) < 110 and line.endswith("...")


def test_problems_stand_a_line_each_with_their_place_and_test_and_the_rest_is_counted():
    given = [found("k.go", "bad", line=4), found("k_test.go", "got 1", line=0, test="TestA"), *[found("x.go")] * 3]
    assert briefing.problems(given, most=3).splitlines() == [
        "k.go:4: bad",
        "k_test.go: TestA: got 1",
        "x.go:3: wrong",
        "and 2 more",
    ]


def test_a_long_message_is_cut_where_what_matters_has_been_said():
    [line] = briefing.problems([found("k.go", "panic " + "x" * 5000)]).splitlines()
    assert line.startswith("k.go:3: panic xxx") and line.endswith(" ...") and len(line) < 600


def test_the_past_tells_the_last_rounds_of_a_path_alone():
    rounds = [tried("k.go", number=n, reason=f"reason {n}") for n in range(1, 7)]
    rounds[4] = tried("other.go", number=5)
    rounds[5] = tried("k.go", number=6, kept=True, reason="better")
    told = briefing.past(rounds, "k.go")
    assert [line.split(":")[0] for line in told.splitlines()[1:]] == [f"- round {n}" for n in (2, 3, 4, 6)]
    assert "round 4: not kept, reason 4" in told and "round 6: kept, better" in told
    assert briefing.past(rounds, "new.go") == ""


def test_stated_values_of_what_a_file_declares_are_told_unless_its_purpose_does():
    heads = ["func Reverse(s string) string", "func Len(s string) int"]
    stated = [expect('Reverse("ab")', '"ba"'), expect('Len("abc")', "3"), expect("Other(1)", "2")]
    own = task("k.go", purpose='Len("abc") is 3', signatures=heads)
    assert briefing.facts(plan(own, stated=stated), own) == '\nIt must hold:\n- Reverse("ab") == "ba"\n'
    assert briefing.facts(plan(own, stated=stated[1:]), own) == ""
    assert 'Reverse("ab") == "ba"' in briefing.facts(plan(own, expect=stated), own)
    many = [expect(f'Reverse("{number}")', f'"{number}"') for number in range(20)]
    assert briefing.facts(plan(own, stated=many), own).count("- ") == 8


def test_a_test_knows_the_code_by_the_name_of_its_crate():
    asked = {**task("tests/k.rs", "test"), "needs": ["src/lib.rs", "src/store.rs"], "tests": ["test_a"]}
    rust = {**plan(asked), "language": "rust", "module": "example.com/my-shop"}
    assert briefing.package_of("tests/k.rs", rust, {}) == briefing.package_of("src/lib.rs", rust, {}) == "my_shop"
    begun = briefing.opening(asked, "my_shop", {}, rust["module"])
    assert begun == "```rust\nuse my_shop::*;\nuse my_shop::store::*;\n\n#[test]\nfn test_a() {\n"
