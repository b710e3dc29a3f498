from guild.repairs.python.repeated import apply
from tests.repairs.python.subjects import subject

TEST = "def test_gcd():\n    assert gcd(1, 1) == 1\n"


def test_a_test_file_loses_its_copies_of_the_code_under_test() -> None:
    copy = "def gcd(a, b):\n    return b\n\n\nclass Box:\n    pass\n\n\n"
    assert apply(subject(f"{copy}{TEST}", "test_numkit.py")).strip() == TEST.strip()


def test_code_loses_the_tests_among_it() -> None:
    assert apply(subject(f"def f():\n    return 1\n\n\n{TEST}")).strip() == "def f():\n    return 1"


def test_of_a_name_defined_twice_the_last_whole_one_stays() -> None:
    assert apply(subject("def f():\n    return 1\n\n\ndef f():\n    return 2\n")).strip() == "def f():\n    return 2"


def test_tests_that_differ_stay() -> None:
    both = f"{TEST}\n\n{TEST.replace('1', '2')}"
    assert apply(subject(both, "test_numkit.py")) == both
    assert apply(subject(f"{TEST}\n\n{TEST}", "test_numkit.py")).count("def test_gcd") == 1


def test_a_file_of_copies_alone_stays() -> None:
    copy = "def gcd(a, b):\n    return b\n"
    assert apply(subject(copy, "test_numkit.py")) == copy
    assert apply(subject(TEST)) == TEST


def test_what_is_its_own_stays() -> None:
    text = f"def help_it():\n    return 1\n\n\n{TEST}"
    assert apply(subject(text, "test_numkit.py")) == text
