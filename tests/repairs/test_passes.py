"""How mends are run, with a language of planted ones."""

from collections.abc import Callable

import pytest

from guild.repairs import REGISTRY, mend, names, repair
from guild.repairs.passes import Repaired
from guild.repairs.passes import mend as run
from guild.repairs.subject import Family, Mend, Subject
from guild.syntax.go import Edit
from guild.values import Diagnostic, Stage

TEXT = "one two three\n"
WORDS = [
    ("declared and not used: f", "unused-variable"),
    ("undefined: f", "undefined"),
    ("undefined: f.g (but have G)", "undefined"),
    ("name f not exported by package p", "unexported"),
    ("missing return", "missing-return"),
    ("no new variables on left side of :=", "redeclared"),
    ("assignment mismatch: 1 variable but f returns 2 values", "mismatch"),
    ("not enough return values; have (number); want (int, error)", "mismatch"),
    ("too many return values; have (int, bool); want (int)", "mismatch"),
    ("cannot use f (variable of type int) as string value in argument to g", "mismatch"),
    ("cannot use nil as int value in return statement", "mismatch"),
    ("invalid operation: f + g (mismatched types int and string)", "mismatch"),
    ("cannot use generic type f[T any] without instantiation", "mismatch"),
    ("in call to f, cannot infer T", "other"),
    ("invalid map key type T (missing comparable constraint)", "other"),
    ("invalid operation: operator ! not defined on f (variable of type int)", "mismatch"),
    ("fmt.Printf format %d has arg f of wrong type string", "vet"),
    ("f passes lock by value: p.T contains sync.Mutex", "vet"),
    ("f.g undefined (type T has no field or method g, but does have method G)", "no-member"),
    ("unknown field f in struct literal of type T", "unknown-field"),
    ("type *f is pointer to interface, not interface", "mismatch"),
    ("expression in defer must be function call", "other"),
    ("syntax error: unexpected newline in composite literal; possibly missing comma or }", "syntax"),
]


def said(message: str = "two is wrong", path: str = "a.txt", stage: Stage = "build") -> Diagnostic:
    return Diagnostic(path=path, line=1, column=5, symbol="", code="other", message=message, stage=stage)


def subject(text: str = TEXT) -> Subject:
    return Subject(path="a.txt", text=text, package="p", module="m", siblings={})


def replacing(old: str, new: str) -> Mend:
    """Answer any diagnostic by writing one word for another."""

    def answer(given: Subject, diagnostics: object) -> list[Edit]:
        at = given.text.find(old)
        return [(at, at + len(old), new)] if diagnostics and at >= 0 else []

    return answer


def family(asserts_less: Callable[[Subject, str], bool] = lambda *_: False, **mends: Mend) -> Family:
    """A language whose faults are exclamation marks, and whose form has no `x`."""
    return Family(
        suffix=".txt",
        repairs={"form": lambda given: given.text.replace("x", "")},
        mends=mends,
        faults=lambda text: text.count("!"),
        asserts_less=asserts_less,
    )


def test_all_mends_answer_the_same_text() -> None:
    language = family(first=replacing("one", "a longer one"), second=replacing("three", "3"))
    assert run(language, subject(), [said()]) == Repaired("a longer one two 3\n", ("first", "second"))


@pytest.mark.parametrize(("old", "new"), [("two three", "2 3"), ("o th", "0"), ("two", "deux")])
def test_an_edit_that_touches_an_earlier_one_waits(old: str, new: str) -> None:
    language = family(first=replacing("two", "2"), second=replacing(old, new))
    assert run(language, subject(), [said()]) == Repaired("one 2 three\n", ("first",))


def test_two_insertions_at_one_place_are_one_too_many() -> None:
    language = family(first=lambda *_: [(4, 4, "a ")], second=lambda *_: [(4, 4, "b ")])
    assert run(language, subject(), [said()]).text == "one a two three\n"


def test_a_mend_that_breaks_the_text_is_left_out() -> None:
    language = family(first=replacing("one", "one!"), second=replacing("two", "2"))
    assert run(language, subject(), [said()]) == Repaired("one 2 three\n", ("second",))


def test_a_mend_that_takes_from_a_test_is_left_out() -> None:
    language = family(lambda _, text: "three" not in text, first=replacing("three", ""), second=replacing("two", "2"))
    assert run(language, subject(), [said()]) == Repaired("one 2 three\n", ("second",))


def test_the_form_is_put_right_behind_the_mends() -> None:
    language = family(first=replacing("two", "2x"))
    assert run(language, subject(), [said()]) == Repaired("one 2 three\n", ("first", "form"))
    assert run(language, subject("x two"), []) == Repaired(" two", ("form",))


def test_each_can_be_left_out() -> None:
    language = family(first=replacing("two", "2x"))
    assert run(language, subject(), [said()], without=("first",)).text == TEXT
    assert run(language, subject(), [said()], without=["form"]).text == "one 2x three\n"


@pytest.mark.parametrize("found", [said(path="b.txt"), said(stage="test"), said(stage="run")])
def test_only_what_the_compiler_said_of_this_file_is_handed_over(found: Diagnostic) -> None:
    assert run(family(first=replacing("two", "2")), subject(), [found]).fired == ()


def test_the_public_page_runs_the_language() -> None:
    text = "package p\n\nfunc f() {\n\tx := 1\n}\n"
    broken = Subject(path="a.go", text=text, package="p", module="m", siblings={})
    found = Diagnostic(
        path="a.go", line=4, column=2, symbol="x", code="unused-variable", message="declared and not used", stage="vet"
    )
    assert mend(broken, [found]) == Repaired("package p\n\nfunc f() {\n}\n", ("unused_variables",))
    assert mend(broken, [found], without=["unused_variables"]) == Repaired(text, ())
    assert mend(broken, []) == repair(broken) == Repaired(text, ())


def test_names_are_all_that_can_be_left_out() -> None:
    language = REGISTRY["go"]
    assert set(names("go")) == {*language.repairs, *language.mends}
    assert len(names("go")) == len(set(names("go")))


@pytest.mark.parametrize("name", REGISTRY["go"].mends)
@pytest.mark.parametrize("text", ["", "package", "}{", "package p\n\nfunc (", "package p\n\nfunc f() { é", "\ud800"])
@pytest.mark.parametrize(("line", "column"), [(0, 0), (1, 1), (3, 9), (99, 99)])
def test_no_mend_stumbles_over_broken_text(name: str, text: str, line: int, column: int) -> None:
    given = Subject(path="a.go", text=text, package="p", module="m", siblings={"b.go": "package"})
    told = [{**said(message), "line": line, "column": column, "code": code, "symbol": "f"} for message, code in WORDS]
    assert all(isinstance(edit, tuple) for edit in REGISTRY["go"].mends[name](given, told))
