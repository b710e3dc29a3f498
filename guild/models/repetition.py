"""Tell when a stream has fallen into a loop: what follows is more of the same until the limit."""

_LINES = 6
"""Times that the same lines must stand in a row; a table written by hand seldom has three equal rows."""
_LONGEST = 4
"""Lines of a loop, at most."""
_SHORTEST = 8
"""Characters of a loop's lines, at least: closing braces in a row are no loop."""
_RUN = 240
"""Characters of one line that repeats a short piece."""


def repeats(text: str) -> bool:
    """Tell whether the end of a text repeats itself: the same whole lines, or the same piece within a line."""
    *whole, last = text.split("\n")[-(_LINES * _LONGEST + 1) :]
    return _lines_repeat(whole) or (len(last) >= _RUN and _piece_repeats(last[-_RUN:]))


def _lines_repeat(lines: list[str]) -> bool:
    for length in range(1, _LONGEST + 1):
        unit, stretch = lines[-length:], lines[-length * _LINES :]
        if len(stretch) == length * _LINES and len("".join(unit).strip()) >= _SHORTEST and stretch == unit * _LINES:
            return True
    return False


def _piece_repeats(run: str) -> bool:
    return any(run[length:] == run[:-length] for length in range(1, _RUN // _LINES + 1))
