"""Tell when a stream has fallen into a loop: what follows is more of the same until the limit."""

import re

_LINES = 6
"""Times that the same lines must stand in a row; a table written by hand seldom has three equal rows."""
_LONGEST = 4
"""Lines of a loop, at most."""
_SHORTEST = 8
"""Characters of a loop's lines, at least: closing braces in a row are no loop."""
_RUN = 240
"""Characters of one line that repeats a short piece."""
_ROWS = 18
"""Rows of a table, all on lines of their own, that nobody asked for: a small model may add rows until the limit."""
_CALLS = 16
"""Times that the same lines with a call in them may stand in a row, but for their literals and how many there are."""
_LITERALS = re.compile(r"""(?:"[^"]*"|'[^']*'|\d+)(?:, (?:"[^"]*"|'[^']*'|\d+))*""")
_KEPT = 6
"""Rows that are kept of such a table: the first are those that were asked for."""


def repeats(text: str) -> bool:
    """Tell whether the end of a text repeats itself: the same whole lines or calls, or the same piece within a line."""
    *whole, last = text.split("\n")[-(_CALLS * _LONGEST + 1) :]
    run_on = len(whole) >= _ROWS and all(map(_is_row, whole[-_ROWS:]))
    alike = [_LITERALS.sub("_", line) for line in whole if line.strip()]
    return (
        run_on
        or _lines_repeat(whole, _LINES)
        or ("(" in "".join(alike[-_LONGEST:]) and _lines_repeat(alike, _CALLS))
        or (len(last) >= _RUN and _piece_repeats(last[-_RUN:]))
    )


def closed(text: str) -> str:
    """Return a text up to a table that ran on, with a few of its rows and its brace; nothing where it was no table."""
    lines = text.split("\n")[:-1]
    first = next((number + 1 for number in reversed(range(len(lines))) if not _is_row(lines[number])), 0)
    if len(lines) - first < _LINES:
        return ""
    rows = list(dict.fromkeys(lines[first:]))[:_KEPT]
    indent = rows[0][: len(rows[0]) - len(rows[0].lstrip()) - 1]
    head = next((line for line in reversed(lines[:first]) if _stands_at(line, indent)), "")
    return "\n".join(
        [*lines[:first], *rows, f"{indent}}} {{" if head.strip().startswith("for ") else f"{indent}}}", ""]
    )


def _stands_at(line: str, indent: str) -> bool:
    """Tell whether a statement begins with a line, at an indent."""
    return line.startswith(indent) and line[len(indent) :][:1] not in ("", "\t", " ", "}")


def _is_row(line: str) -> bool:
    return line.strip().startswith("{") and line.strip().endswith("},")


def _lines_repeat(lines: list[str], times: int) -> bool:
    for length in range(1, _LONGEST + 1):
        unit, stretch = lines[-length:], lines[-length * times :]
        if len(stretch) == length * times and len("".join(unit).strip()) >= _SHORTEST and stretch == unit * times:
            return True
    return False


def _piece_repeats(run: str) -> bool:
    return any(run[length:] == run[:-length] for length in range(1, _RUN // _LINES + 1))
