from pathlib import Path
from typing import Any

import pytest

from guild.bench.rows import Bench, Key, Row, Task, load_rows
from guild.bench.scoring import Mark, Scorer
from guild.bench.trial import fresh, open_go
from tests.bench.samples import CATCH, CODE, OTHERS, REVIEW, RIGHT, TESTS, UNIT, UNUSED, WRONG, rows

RACE = "\tn, done := 0, make(chan bool)\n\tgo func() { n++; done <- true }()\n\tn++\n\t<-done\n"
GO = """name: s
go_module: sandbox
description: A greeting.
files:
  - path: impl.go
    purpose: Greet.
  - path: impl_test.go
    purpose: TestGreet.
"""
PYTHON = """name: s
language: python
description: A greeting.
files:
  - path: words.py
    purpose: greet(name) greets.
    declares: [greet]
  - path: test_words.py
    purpose: test_greet.
expect:
  - call: greet("Bob")
    want: '"Hello, Bob"'
"""
GREET = 'def greet(name: str) -> str:\n    return "Hello, " + name\n'
TEST_GREET = 'from words import greet\n\n\ndef test_greet() -> None:\n    assert greet("Ada") == "Hello, Ada"\n'
MOD = "module sandbox\n\ngo 1.23\n"


def mark(folder: Path, bench: Bench, files: dict[str, str], *values: dict[str, Any]) -> Mark:
    known = load_rows(bench, rows(folder, *values))
    return Scorer(bench, known).mark(known[0].task.id, files)


@pytest.mark.go
@pytest.mark.parametrize(
    ("answer", "why"),
    [(RIGHT, ""), (WRONG, "failed: TestHidden3141"), (UNUSED, "does not compile"), ("", "no answer")],
)
def test_hidden_tests_decide(answer: str, why: str, tmp_path: Path) -> None:
    marked = mark(tmp_path, "unit", {"impl.go": answer}, UNIT)
    assert marked.ok == (why == "")
    assert marked.why.startswith(why)


@pytest.mark.go
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (TESTS, ""),
        (TESTS.replace("Hello", "Hallo"), "on the correct code: failed: TestGreet"),
        (TESTS.replace('!= "Hello, Ada"', '== ""'), "passes on the mutant"),
        (TESTS.replace("Greet(", "Great("), "on the correct code: does not compile"),
        ("package sandbox\n", "on the correct code: no test ran"),
    ],
)
def test_a_test_passes_on_the_right_code_and_fails_on_the_wrong(answer: str, why: str, tmp_path: Path) -> None:
    marked = mark(tmp_path, "catch", {"impl_test.go": answer}, CATCH)
    assert marked.ok == (why == "")
    assert marked.why.startswith(why)


@pytest.mark.go
def test_a_mutant_that_does_not_compile_catches_nothing(tmp_path: Path) -> None:
    row = {**CATCH, "metadata": {"correct": RIGHT, "mutant": WRONG.replace("Greet", "Great")}}
    assert mark(tmp_path, "catch", {"impl_test.go": TESTS}, row).why.startswith("on the mutant: does not compile")


@pytest.mark.go
@pytest.mark.parametrize(
    ("answer", "loose", "strict"),
    [
        ("3: ages is never made before it is written to", True, True),
        ("9: Save writes to ages, which is unmade", True, True),
        ("9: the map ages is unmade", True, False),
        ("3: a map was never made", True, False),
        ("3: ages is read twice", False, False),
        ("1: ages is fine\n2: book too\n3: ages is never made", True, False),
        ("3: Save: ages may be unmade, hold a race, or leak", True, False),
        ("Maps may be unmade, goroutines may leak or race.", True, False),
        ("CLEAN", False, False),
    ],
)
def test_a_review_is_marked_loosely_and_strictly(answer: str, loose: bool, strict: bool, tmp_path: Path) -> None:
    marked = mark(tmp_path, "review", {"review.txt": answer}, REVIEW, *OTHERS)
    assert (marked.ok, marked.strict) == (loose, strict)


@pytest.mark.go
def test_a_whole_spec_is_vetted_and_tested_by_itself() -> None:
    go = open_go()
    if go.compiler is None:
        pytest.skip("no C compiler here: the race detector cannot run")
    row = Row(Task("s", ""), Key({"spec": GO}))
    scorer = Scorer("specs", [row])
    whole = {"go.mod": MOD, "impl.go": RIGHT, "impl_test.go": TESTS}
    assert scorer.mark("s", whole).ok
    assert scorer.mark("s", {"go.mod": MOD, "impl.go": RIGHT}).why == "impl_test.go is missing"
    racy = TESTS.replace("\tif got", RACE + "\tif got")
    assert scorer.mark("s", {**whole, "impl_test.go": racy}).why == "failed: TestGreet"
    assert scorer.mark("s", {**whole, "impl_test.go": "package sandbox\n"}).why == "no test ran"
    suspect = RIGHT.replace("\treturn", "\tname = name\n\treturn")
    assert scorer.mark("s", {**whole, "impl.go": suspect}).why.startswith("vet: ")


@pytest.mark.parametrize(
    ("words", "ok", "strict"),
    [
        (GREET, True, True),
        (GREET.replace("name\n", '"Ada"\n'), True, False),
        (GREET.replace("Hello", "Bye"), False, False),
        (GREET.replace("def greet", "def hail"), False, False),
    ],
)
def test_a_whole_spec_of_another_language_counts_strictly_where_its_oracles_hold(
    words: str, ok: bool, strict: bool
) -> None:
    scorer = Scorer("specs", [Row(Task("s", "", "python"), Key({"spec": PYTHON}))])
    files = {**fresh("python").scaffold("s"), "words.py": words, "test_words.py": TEST_GREET}
    marked = scorer.mark("s", files)
    assert (marked.ok, marked.strict) == (ok, strict)
    assert bool(marked.why) != ok


def test_the_code_of_the_sample_is_what_the_findings_speak_of() -> None:
    assert CODE.splitlines()[2] == '\tages["Ada"] = len(book)'
