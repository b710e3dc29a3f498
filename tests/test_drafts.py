"""Drafts: what a reply is taken for, how far the compiler's complaints are mended, whose complaints they are."""

from pathlib import Path
from typing import Any

import pytest

from guild.drafts import Draft, Reading, compiled, read
from guild.workspace import temporary
from tests.nodes.samples import MOD, RIGHT, TESTS, WRONG, plan, task, workshop
from tests.toolchains.opened import toolchain

VERB = 'package k\n\nimport "fmt"\n\nfunc Printed(n int) string {\n\treturn fmt.Sprintf("%s", n)\n}\n'
LAYERS = VERB.replace("\treturn", "\tunused := n\n\treturn")
"""A type error that hides what vet says of the verb."""
HALVED = "package k\n\nfunc Quarter(n int) int { return Half(Half(n)) }\n"


def reading(**fields: Any) -> Reading:
    known: dict[str, Any] = {"role": "dev", "path": "k.go", "plan": plan(), "files": {"go.mod": MOD}, "package": "k"}
    return Reading(**{**known, "replaces": True, **fields})


def drafted(folder: Path, text: str, *, finish: str = "stop", settings: Any = None, **fields: Any) -> Draft:
    """Read a reply, and compile what it became with the rest of the Project."""
    shop, asked = workshop(folder, tools=toolchain(), **(settings or {})), reading(**fields)
    reply: Any = {"text": f"Sure.\n\n```go\n{text}```\n", "finish": finish}
    draft = read(shop, asked, reply)
    if not draft.usable:
        return draft
    with temporary() as place:
        place.write(asked.files)
        return compiled(shop, asked, draft, place.root)


@pytest.mark.go
def test_a_draft_is_mended_until_the_compiler_has_nothing_more_to_say(tmp_path):
    draft = drafted(tmp_path, LAYERS)
    assert (draft.text, draft.errors, draft.reason) == (VERB.replace("%s", "%v"), 0, "")
    assert draft.helped == ("unused_variables", "formats") and set(draft.helped) <= set(draft.fired)


@pytest.mark.go
def test_what_no_mend_answers_is_counted_and_told(tmp_path):
    draft = drafted(tmp_path, LAYERS.replace("n)\n", "Third(n)+Fourth(n))\n"))
    assert (draft.errors, draft.usable, draft.helped) == (2, True, ("unused_variables",))
    assert draft.reason == "k.go:6: undefined: Third"


@pytest.mark.go
def test_a_mend_that_only_uncovers_the_next_complaint_is_followed_up(tmp_path):
    chain = "package k\n\nfunc Two(n int) int {\n\ta := n\n\tb := a\n\tc := b\n\treturn n\n}\n"
    draft = drafted(tmp_path, chain)
    assert (draft.text, draft.errors) == ("package k\n\nfunc Two(n int) int {\n\treturn n\n}\n", 0)


@pytest.mark.go
def test_mends_that_leave_as_much_to_say_are_undone_though_they_count_as_fired(tmp_path):
    stuck = "package k\n\nfunc Two(s struct{}) (int, error) {\n\treturn s\n}\n"
    draft = drafted(tmp_path, stuck)
    assert (draft.text, draft.errors, draft.fired, draft.helped) == (stuck, 1, ("returns",), ())
    assert draft.reason.startswith("k.go:4: not enough return values")


@pytest.mark.go
@pytest.mark.parametrize(
    ("other", "errors"),
    [
        (task("a.go", declares=["Half"]), 0),
        (task("a.go", signatures=["func Half(n int) int"]), 0),
        (task("a.go", purpose="Half(n) is n/2, rounded down."), 0),
        (task("a.go", declares=["Halves"]), 1),
        (task("k.go", declares=["Half"]), 1),
    ],
    ids=["declared", "signature", "purpose", "another name", "its own promise"],
)
def test_a_symbol_that_another_file_is_still_to_bring_is_no_complaint(tmp_path, other, errors):
    draft = drafted(tmp_path, HALVED, plan=plan(task("k.go"), other))
    assert draft.errors == errors
    assert draft.reason == ("k.go:3: undefined: Half" if errors else "")


@pytest.mark.go
def test_a_symbol_that_a_file_should_have_brought_is_a_complaint(tmp_path):
    brought = {"go.mod": MOD, "a.go": "package k\n\nfunc Third(n int) int { return n / 3 }\n"}
    draft = drafted(tmp_path, HALVED, plan=plan(task("k.go"), task("a.go", declares=["Half"])), files=brought)
    assert draft.reason == "k.go:3: undefined: Half"


@pytest.mark.go
def test_only_what_is_missing_is_awaited_not_whatever_bears_such_a_name(tmp_path):
    unused = "package k\n\nfunc Quarter(n int) int {\n\tHalf := n\n\treturn n\n}\n"
    told = plan(task("k.go"), task("a.go", declares=["Half"]))
    draft = drafted(tmp_path, unused, plan=told, settings={"without": ("mends",)})
    assert draft.reason == "k.go:4: declared and not used: Half"


@pytest.mark.go
@pytest.mark.parametrize(("folder", "errors"), [("sub", 0), ("other", 1)])
def test_a_package_that_is_still_to_come_is_no_complaint_and_one_that_never_comes_is(tmp_path, folder, errors):
    text = f'package k\n\nimport "example.org/k/{folder}"\n\nfunc Two() int {{ return {folder}.Two() }}\n'
    draft = drafted(tmp_path, text, plan=plan(task("k.go"), task("sub/sub.go")))
    assert draft.errors == errors and (f"k/{folder}" in draft.reason) == bool(errors)


@pytest.mark.go
def test_other_files_complaints_count_only_where_the_file_stood_before(tmp_path):
    renamed, beside = RIGHT.replace("Double", "Twice"), {"go.mod": MOD, "k_test.go": TESTS}
    assert drafted(tmp_path, renamed, files=beside).errors == 0
    draft = drafted(tmp_path, renamed, files={**beside, "k.go": WRONG})
    assert draft.errors == 1 and draft.reason.startswith("k_test.go:6: undefined: Double")


@pytest.mark.parametrize(
    ("finish", "reason"), [("length", "reply truncated"), ("repetition", "the reply repeats itself")]
)
def test_a_reply_that_was_cut_is_no_draft_however_whole_it_looks(tmp_path, finish, reason):
    assert drafted(tmp_path, RIGHT, finish=finish) == Draft(reason=reason)


@pytest.mark.go
def test_form_and_mends_can_be_switched_off_each_alone(tmp_path):
    text = LAYERS.replace('import "fmt"\n\n', "").replace("package k", "package main")
    without_mends = drafted(tmp_path, text, settings={"without": ("mends",)})
    assert (without_mends.text, without_mends.errors) == (LAYERS, 1)
    assert set(without_mends.fired) == {"package_clause", "imports"} and without_mends.helped == ()
    without_form = drafted(tmp_path, text, settings={"without": ("form",)})
    assert without_form.text.startswith("package main\n\nfunc") and "imports" not in without_form.fired
    assert drafted(tmp_path, text).text == VERB.replace("%s", "%v")


@pytest.mark.go
@pytest.mark.parametrize(
    ("replaces", "reply", "names"),
    [
        (True, "package k\n\nfunc Half(n int) int { return n / 2 }\n", ["Half"]),
        (False, "package k\n\nfunc Half(n int) int { return n / 2 }\n", ["Double", "Half"]),
        (True, "func Half(n int) int { return n / 2 }\n", ["Double", "Half"]),
    ],
)
def test_a_fragment_is_spliced_and_a_whole_file_stands_for_itself_where_it_may(tmp_path, replaces, reply, names):
    draft = drafted(tmp_path, reply, files={"go.mod": MOD, "k.go": WRONG}, replaces=replaces)
    assert [name for name in ("Double", "Half") if f"func {name}(" in draft.text] == names


@pytest.mark.go
def test_the_same_again_and_what_the_parser_cannot_read_are_of_no_use(tmp_path):
    assert drafted(tmp_path, WRONG, files={"go.mod": MOD, "k.go": WRONG}).reason == "unchanged"
    draft = drafted(tmp_path, WRONG.replace("3 * n", "3 *"))
    assert not draft.usable and draft.reason.startswith("k.go:3: ")
