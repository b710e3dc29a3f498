import pytest

from guild.repairs.python.assertions import asserts_less
from tests.repairs.python.subjects import subject

TEST = "def test_f():\n    assert f(1) == 2\n    assert f(2) == 3\n"


@pytest.mark.parametrize(
    ("text", "less"),
    [
        (TEST, False),
        (f"{TEST}    assert f(3) == 4\n", False),
        (TEST.replace("f(2) == 3", "f(2) == 4"), True),
        (TEST.replace("    assert f(2) == 3\n", ""), True),
        ("", True),
    ],
)
def test_a_case_that_is_lost_is_seen(text: str, less: bool) -> None:
    assert asserts_less(subject(TEST, "test_f.py"), text) is less
    assert not asserts_less(subject(TEST, "f.py"), text)
