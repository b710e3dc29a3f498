import pytest

from guild.repairs.python.tabs import apply
from tests.repairs.python.subjects import subject


def test_tabs_among_spaces_become_spaces() -> None:
    mixed = "def f(a):\n\tif a:\n        return 'a\tb'\n\treturn 2\n"
    assert apply(subject(mixed)) == "def f(a):\n    if a:\n        return 'a\tb'\n    return 2\n"


@pytest.mark.parametrize(
    "text", ["def f():\n\treturn 1\n", "def f(:\n\treturn 1\n", "def f():\n    return 1\n", "\ud800\t"]
)
def test_what_reads_or_is_broken_otherwise_stays(text: str) -> None:
    assert apply(subject(text)) == text
