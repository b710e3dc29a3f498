"""What a test asserts, counted, so that no repair takes any of it away."""

import re
from collections import Counter

from guild.repairs.rust.surroundings import RUST, is_test
from guild.repairs.subject import Subject

_WHOLE = re.compile(r"(?<=\d)\.0\b")


def asserts_less(subject: Subject, text: str) -> bool:
    """Tell whether a test file would lose a case, or the value that one wants."""
    return is_test(subject.path) and bool(_asserted(subject.text) - _asserted(text))


def _asserted(text: str) -> Counter[tuple[str, str]]:
    """Count what is asked and wanted; a whole number is the same with a point."""
    return Counter((_WHOLE.sub("", case.call), _WHOLE.sub("", case.want)) for case in RUST.cases(text))
