from guild.repairs.python.surroundings import modules, own_module
from tests.repairs.python.subjects import subject


def test_a_file_sees_the_modules_that_are_no_tests() -> None:
    given = subject("", "src/store/items.py", test_numkit="def test_a():\n    pass\n", **{"src/a": "X = 1\n"})
    assert modules(given) == {"numkit": {"gcd", "Box"}, "a": {"X"}}
    assert own_module(given) == "store.items"
