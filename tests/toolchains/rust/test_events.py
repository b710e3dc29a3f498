"""What a program of tests printed, read without running one."""

import pytest

from guild.process import Completed
from guild.toolchains.rust.events import LAST, Session, taken
from guild.toolchains.rust.failures import LUCK, diagnose, panic_in, stable

WORD = "abc"
END = f"test {LAST}_{WORD}::last ... ok\n"
FAILED = """test test_b ... FAILED

failures:

---- test_b stdout ----

thread 'test_b' (7) panicked at tests/k_test.rs:3:5:
assertion `left == right` failed
  left: 1
 right: 2
stack backtrace:
   0: k::Stack<T>::push::{{closure}}
             at ./src/lib.rs:4:9
   1: <k::Stack as core::ops::Index>::index
             at /a/layers/1/project/src/lib.rs:9:9
note: Some details are omitted
"""
TEST = "#[test]\nfn test_b() {\n    assert_eq!(f(1), 2);\n}\n"
FILES = {"tests/k_test.rs": TEST, "src/lib.rs": ""}


def read(text: str, code: int = 0, *, stopped: str = "") -> tuple[Session, bool]:
    session = Session()
    done = Completed(argv=(), returncode=code, stdout=text, stderr="", seconds=0.0, stopped=stopped)  # type: ignore
    return session, taken(session, done, WORD, ["test_a", "test_b"])


def outcomes(session: Session) -> dict[str, str]:
    return {name: trail.outcome for name, trail in session.trails.items()}


def test_a_program_that_came_to_its_end_is_believed() -> None:
    session, whole = read(f"test test_a ... ok\ntest test_c - should panic ... ok\ntest test_d ... ignored\n{END}")
    assert whole
    assert outcomes(session) == {"test_a": "passed", "test_c": "passed", "test_d": "skipped"}


@pytest.mark.parametrize(
    ("text", "code", "cut"),
    [
        ("test test_a ... ok\ntest test_b ... ", 0, "test_b"),
        ("test test_a ... ok\ntest test_b ... ok\ntest test_x ... ok\ntest result: ok. 2 passed\n", 0, "test_b"),
        (f"test test_a ... ok\ntest {LAST}_other::last ... ok\n", 0, "test_a"),
    ],
)
def test_a_program_that_left_is_not(text: str, code: int, cut: str) -> None:
    session, whole = read(text, code)
    assert not whole
    assert session.cut() == [cut] and "test_x" not in session.trails


def test_a_failure_counts_whatever_was_printed_beside_it() -> None:
    session, whole = read(f"test test_a ... ok\nFAILED\n{END}", 101)
    assert whole and outcomes(session) == {"test_a": "failed"}
    assert not read(f"test test_a ... ok\nFAILED\n{END}", 0)[1]


def test_a_program_that_ends_before_its_tests_says_why() -> None:
    session, whole = read("", 1, stopped="memory")
    assert not whole and session.unfinished == "reached its limit of memory"


def test_what_a_test_got_and_wanted_is_told_in_its_words() -> None:
    failed, _ = read(FAILED + END, 101)
    passed, _ = read(f"test test_b ... ok\n{END}")
    (found,) = diagnose({"tests/k_test.rs": [failed]}, FILES)
    assert (found["path"], found["line"], found["code"]) == ("tests/k_test.rs", 3, "assertion")
    assert found["message"] == "f(1): got 1, want 2"
    (lucky,) = diagnose({"tests/k_test.rs": [failed, passed]}, FILES)
    assert lucky["message"].endswith(LUCK)


def test_the_calls_that_led_to_a_panic_are_named_as_they_are_declared() -> None:
    found = panic_in(FAILED, FILES)
    assert found and found.frames == (("Stack.push", "src/lib.rs", 4), ("Stack.index", "src/lib.rs", 9))


def test_what_differs_from_run_to_run_is_left_out() -> None:
    said = stable(FAILED)
    assert "(7)" not in said and "backtrace" not in said and "thread 'test_b' panicked" in said
    assert stable("at /home/x/rust-layers/1/project/src/lib.rs:1 of 0xdeadbeef") == "at src/lib.rs:1 of 0x?"
