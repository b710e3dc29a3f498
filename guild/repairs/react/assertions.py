"""What a test asserts, counted, so that no repair takes any of it away."""

from collections import Counter

from guild.repairs.react.surroundings import REACT, is_test
from guild.repairs.subject import Subject


def asserts_less(subject: Subject, text: str) -> bool:
    """Tell whether a test file would lose a case, or the value that one wants."""
    return is_test(subject.path) and bool(_asserted(subject.text) - _asserted(text))


def _asserted(text: str) -> Counter[tuple[str, str]]:
    return Counter((case.call, case.want) for case in REACT.cases(text))
