"""Words around the code of a file that keep it from parsing."""

from guild.repairs.subject import Subject
from guild.syntax import go

_MOST_PASSES = 8


def apply(subject: Subject) -> str:
    """Cut the words before, between and behind the declarations, where the file parses without them."""
    text = subject.text
    for _ in range(_MOST_PASSES):
        source = go.parse(text)
        if not source.faults:
            return text if source.declarations else subject.text
        text = go.without_strays(text)
    return subject.text
