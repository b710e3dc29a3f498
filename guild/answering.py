"""Cases that wait for an error where drafts of the code agree on none: the value that they give instead."""

from collections import Counter
from collections.abc import Mapping, Sequence

from guild.syntax import Case, syntax_of
from guild.toolchains import Toolchain

_VOICES = 2
"""Drafts that have to give a value, and more than give another."""


def answers(
    toolchain: Toolchain,
    files: Mapping[str, str],
    code: tuple[str, Sequence[str]],
    test: tuple[str, str],
    cases: Sequence[Case],
) -> dict[int, str]:
    """Return what most drafts answer to each of the cases, as it is written: the number of its check -> the value."""
    (path, drafts), (test_path, text) = code, test
    syntax = syntax_of(test_path)
    found: dict[int, str] = {}
    for case in cases:
        asked = syntax.answering(text, {case.check: ""})
        if asked == text:
            continue
        seen = [toolchain.watch({**files, path: draft, test_path: asked}, test_path) or () for draft in drafts]
        given = Counter(each.got for sight in seen for each in sight if each.check == case.check and each.want)
        (value, most), *rest = [*given.most_common(2), ("", 0)]
        written = syntax.written(value, text, value) if "0x" not in value else ""
        if written and most >= _VOICES and most > (rest[0][1] if rest else 0):
            found[case.check] = written
    return found
