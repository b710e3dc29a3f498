"""Errors that are handed on as a text: the conversion that `?` does not know."""

import re
from collections.abc import Sequence

from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.values import Diagnostic

_FOREIGN = re.compile(r"`\?` couldn't convert the error to `(?:std::string::)?String`")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Turn an error into its text before it is handed on."""
    starts = [0]
    for line in subject.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    edits: list[Edit] = []
    for found in diagnostics:
        at = starts[min(found["line"], len(starts)) - 1] + found["column"] - 1
        if _FOREIGN.search(found["message"]) and subject.text[at : at + 1] == "?":
            edits.append((at, at, ".map_err(|error| error.to_string())"))
    return edits
