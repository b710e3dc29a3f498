"""Tabs and spaces mixed, which Python refuses to read."""

from guild.repairs.python.surroundings import PYTHON
from guild.repairs.subject import Subject

_WIDTH = 4


def apply(subject: Subject) -> str:
    """Write spaces for the tabs of a file that does not compile with them and does without."""
    if "\t" not in subject.text or _reads(subject.text):
        return subject.text
    spaced = "".join(_indented(line) for line in subject.text.splitlines(keepends=True))
    return spaced if _reads(spaced) and not PYTHON.parse(spaced).faults else subject.text


def _indented(line: str) -> str:
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(_WIDTH) + body


def _reads(text: str) -> bool:
    try:
        compile(text, "", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
