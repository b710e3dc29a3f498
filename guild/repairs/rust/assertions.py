"""What a test asserts, counted, so that no repair takes any of it away."""

import re
from collections import Counter

from guild.repairs.rust.surroundings import RUST, is_test
from guild.repairs.subject import Subject

_WHOLE = re.compile(r"(?<=\d)\.0\b")
_OWNED = re.compile(r"(?<=\")\.(?:to_string|to_owned|into)\(\)")


def asserts_less(subject: Subject, text: str) -> bool:
    """Tell whether a test file would lose a case, or the value that one wants."""
    return is_test(subject.path) and bool(_asserted(subject.text) - _asserted(text))


def _asserted(text: str) -> Counter[tuple[str, str]]:
    """Count what is asked and wanted; a whole number is the same with a point, and a text where it is owned."""
    return Counter((_bare(case.call), _bare(case.want)) for case in RUST.cases(text))


def _bare(words: str) -> str:
    return _OWNED.sub("", _WHOLE.sub("", words))
