"""Retrieval: which examples are found, what never is, and how corpora are read, kept and added to."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from guild.errors import RunError, UserError
from guild.records import Records
from guild.retrieval import Corpus, Example, add_examples, asked_for, harvest, open_corpus, ranked, read_examples
from guild.retrieval.ranking import INDEXES
from guild.settings import Likeness
from tests.conftest import SHARED

CACHE = Example("A cache that evicts the least recently used key.", "```go\npackage lru\n```")
QUEUE = Example("Priority queue on the heap, smallest first.", "```go\npackage pq\n```")
CACHE_TEST = Example("Tests of a cache.", "```go\npackage lru\n\nfunc TestGet(t *testing.T) {}\n```")
ROOM = 10_000
LIKENESSES: list[Likeness] = ["bm25", "jaccard"]


def similar(corpus: Corpus, query: str, *, tests: bool = False, most: int = 2, room: int = ROOM) -> list[Example]:
    return corpus.similar(query, tests=tests, most=most, room=room)


@pytest.mark.parametrize("likeness", LIKENESSES)
def test_the_most_alike_of_the_wanted_kind_comes_first(likeness: Likeness) -> None:
    corpus = Corpus([QUEUE, CACHE_TEST, CACHE], likeness=likeness)
    assert similar(corpus, "lru.go: a cache of keys, least recently used goes") == [CACHE, CACHE_TEST]
    assert similar(corpus, "lru_test.go: a cache of keys, least recently used goes", tests=True) == [CACHE_TEST, CACHE]
    assert similar(corpus, "a heap queue of cache keys", most=1) == [QUEUE]
    assert similar(corpus, "a heap queue of cache keys", most=0) == []


def test_examples_of_another_language_are_left_out() -> None:
    python = Example(
        "A cache in Python.", "```py\nclass Cache:\n    pass\n\n\ndef test_cache():\n    assert Cache()\n```"
    )
    old = Example("A heap.", "package heap")
    corpus = Corpus([CACHE, python, old])
    assert corpus.of("go").examples == (CACHE, old)
    assert corpus.of("python").examples == (python,)
    assert python.tests
    assert Corpus([CACHE]).of("go").examples == (CACHE,)


@pytest.mark.parametrize("likeness", LIKENESSES)
@pytest.mark.parametrize("query", ["", "???", "zebra", "ключ"])
def test_what_shares_no_word_is_no_example(likeness: Likeness, query: str) -> None:
    assert similar(Corpus([CACHE, QUEUE], likeness=likeness), query) == []


@pytest.mark.parametrize("likeness", LIKENESSES)
@pytest.mark.parametrize("examples", [[], [Example("???", "x")], [Example("the of and", "x"), CACHE]])
def test_empty_and_wordless_corpora_answer(likeness: Likeness, examples: list[Example]) -> None:
    found = similar(Corpus(examples, likeness=likeness), "cache")
    assert found == [example for example in examples if example is CACHE]


def test_jaccard_is_the_share_of_all_words() -> None:
    scores = INDEXES["jaccard"](["a b c", "A, b!", "d"]).scores("a b")
    assert scores.tolist() == pytest.approx([2 / 3, 1, 0])


def test_bm25_weighs_rare_words_and_knows_the_parts_of_a_name() -> None:
    scores = INDEXES["bm25"](["common NewStore", "common word", "common"]).scores("common store").tolist()
    assert scores[0] > scores[2] > scores[1] > 0


def test_examples_that_do_not_fit_are_passed_over_for_smaller_ones() -> None:
    long = Example(CACHE.instruction, "x" * 5000)
    corpus = Corpus([long, CACHE, QUEUE])
    query = CACHE.instruction + " and a heap"
    small = sum(len(example.shown.encode()) for example in (CACHE, QUEUE))
    assert similar(corpus, query, room=small) == [CACHE, QUEUE]
    assert len(similar(corpus, query, room=small - 1)) == 1
    assert similar(corpus, query, room=10) == similar(corpus, query, room=-1) == []


def test_one_instruction_is_shown_once() -> None:
    again = Example(CACHE.instruction, "```go\npackage other\n```")
    assert similar(Corpus([CACHE, CACHE, again, CACHE_TEST]), "cache least recently used") == [CACHE, CACHE_TEST]


def test_asking_twice_gives_the_same() -> None:
    corpus = Corpus([CACHE, QUEUE, CACHE_TEST])
    assert similar(corpus, "a cache") == similar(corpus, "a cache") != []


LONG = "Write a ring buffer of a fixed size that overwrites the oldest value when it is full, with Push and Pop."


@pytest.mark.parametrize(
    "instruction",
    [
        LONG,
        LONG.upper().replace(" ", "\n "),
        LONG.replace("Push and Pop", "Push, Pop, Len"),
        asked_for("Buffers.", "ring.go", LONG),
        LONG[:80],
    ],
)
def test_what_is_being_measured_is_no_example(instruction: str) -> None:
    corpus = Corpus([Example(instruction, "ring"), CACHE], likeness="jaccard")
    assert similar(corpus, LONG, most=1)[0].response == "ring"
    kept = corpus.excluding(["another text", LONG])
    assert kept.examples == (CACHE,) and similar(kept, LONG, most=1) == [CACHE]


@pytest.mark.parametrize("text", ["", "a cache", "that is", LONG.replace("ring", "gap").replace("size", "type")[:60]])
def test_what_only_resembles_is_kept(text: str) -> None:
    corpus = Corpus([Example(LONG, "ring"), CACHE, Example("", "wordless")])
    assert len(corpus.excluding([text]).examples) == 3 - (text == "")
    assert Corpus().excluding([text]).examples == ()


def test_texts_without_words_are_excluded_when_equal() -> None:
    assert Corpus([Example("环形缓冲区", "x"), CACHE]).excluding(["环形缓冲区 "]).examples == (CACHE,)


def test_an_example_is_shown_with_its_answer_in_a_fence() -> None:
    assert Example("Do it.", "package a\n").shown == "Asked: Do it.\n```go\npackage a\n```\n\n"
    assert CACHE.shown.count("```") == 2


def test_texts_are_ranked_by_likeness_and_equals_keep_their_order() -> None:
    assert ranked(["func Put()", "func Get(key string)", "func Pop()"], "get by key") == [1, 0, 2]
    assert ranked([], "x") == [] and ranked(["", ""], "x") == [0, 1]


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_file_is_read_with_blank_lines_and_other_keys(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({**asdict(CACHE), "id": 1}).encode() + b"\r\n\n" + b"  \n")
    assert read_examples(path) == [CACHE]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not UTF-8 text"),
        (b'{"instruction": "x", "response": "\\ud800"}', "is not UTF-8 text"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "must be an object"),
        (b'"x"', "must be an object"),
        (b'{"instruction": "x"}', "must be an object"),
        (b'{"instruction": "x", "response": 3}', "must be an object"),
        (b'{"instruction": "x", "response": " "}', "must be an object"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(tmp_path: Path, line: bytes, said: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(json.dumps(asdict(CACHE)).encode() + b"\n" + line + b"\n")
    with pytest.raises(UserError, match=said) as caught:
        read_examples(path)
    assert str(caught.value).startswith(f"{path}:2: ") and "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["gone.jsonl", "."])
def test_a_file_that_cannot_be_read_is_the_users(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        open_corpus(str(tmp_path / name), local=tmp_path / "none.jsonl", likeness="bm25")


def test_the_named_file_and_the_local_corpus_are_one(tmp_path: Path) -> None:
    named = write(tmp_path / "named.jsonl", asdict(CACHE), asdict(QUEUE))
    local = tmp_path / "corpus.jsonl"
    assert open_corpus("", local=local, likeness="bm25").examples == ()
    write(local, asdict(CACHE), asdict(CACHE_TEST))
    assert open_corpus(str(named), local=local, likeness="bm25").examples == (CACHE, QUEUE, CACHE_TEST)
    assert open_corpus("", local=local, likeness="bm25").examples == (CACHE, CACHE_TEST)


def test_examples_are_added_once_and_what_stood_there_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "home" / "corpus.jsonl"
    assert add_examples(path, [CACHE, CACHE]) == 1
    own = path.read_text().rstrip("\n") + '\n{"id": 7, "instruction": "ünd", "response": "y"}'
    path.write_text(own)
    assert add_examples(path, [CACHE, QUEUE]) == 1
    assert path.read_text().startswith(own + "\n") and path.read_text().endswith("}\n")
    assert read_examples(path) == [CACHE, Example("ünd", "y"), QUEUE]
    assert add_examples(path, [QUEUE, CACHE]) == 0


def test_a_damaged_corpus_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text("{")
    with pytest.raises(UserError, match=r"corpus\.jsonl:1: "):
        add_examples(path, [CACHE])
    assert path.read_text() == "{"


def test_who_adds_at_the_same_time_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    given = [[Example(f"{worker} {number}", "x") for number in range(5)] for worker in range(4)]
    workers = [threading.Thread(target=add_examples, args=(path, [one])) for many in given for one in many]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert set(read_examples(path)) == {one for many in given for one in many}


SPEC = """
name: k
description: Numbers.
files:
  - path: k.go
    purpose: Doubles.
  - path: own.go
    content: package k
  - path: k_test.go
    purpose: Tests Double.
  - path: lost.go
    purpose: Never written.
"""
FILES = {"go.mod": "module k\n", "k.go": "package k\n", "own.go": "package k\n", "k_test.go": "package k // test\n"}


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str], Records]:
    def made(outcome: str) -> Records:
        records = Records(tmp_path / "home" / "runs" / "r1")
        manifest: Any = {name: "" for name in ("run", "name", "started", "spec_hash", "spec_source", "prompts_hash")}
        known = {"settings": {}, "versions": {}, "out": "", "finished": "", "seconds": 1.0}
        records.write_manifest({**manifest, **known, "run": "r1", "spec": SPEC, "outcome": outcome})
        records.write_files(FILES)
        return records

    return made


def test_a_green_run_teaches_what_a_model_wrote(run: Callable[[str], Records]) -> None:
    assert harvest(run("green")) == [
        Example("Write k.go: Doubles.\n\nThe project: Numbers.", "```go\npackage k\n```"),
        Example("Write k_test.go: Tests Double.\n\nThe project: Numbers.", "```go\npackage k // test\n```"),
    ]


@pytest.mark.parametrize("outcome", ["red", "stalled", "budget", "cancelled", ""])
def test_no_other_run_teaches(run: Callable[[str], Records], outcome: str) -> None:
    with pytest.raises(RunError, match=f"run r1 is {outcome or 'not finished'}: only a green run"):
        harvest(run(outcome))


def test_the_older_systems_examples_are_found_by_their_own_words() -> None:
    path = SHARED / "bench/verified_contracts_37.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    examples = read_examples(path)
    for likeness in LIKENESSES:
        corpus = Corpus(examples, likeness=likeness)
        assert all(similar(corpus, one.instruction, tests=one.tests, most=1) == [one] for one in examples)
        assert corpus.excluding([one.instruction for one in examples]).examples == ()
