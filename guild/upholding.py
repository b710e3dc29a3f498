"""A user's own tests in a project that is there: what an edit may not take from them, and what it altered."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from typing_extensions import TypedDict

from guild.syntax import Declaration, syntax_of

_STRING = r'"(?:\\.|[^"\\\n])*"|`[^`]*`|\'(?:\\.|[^\'\\\n])+\''
_TOKEN = rf"{_STRING}|[A-Za-z_]\w*|\d[\w.]*|[!=<>]=|&&|\|\||[<>!]"
_LEAVING = frozenset({"return", "Skip", "SkipNow", "Skipf", "skip", "goto", "break", "continue"})
"""Words that let a test leave before it has asked."""


class Altered(TypedDict):
    """A line of a user's own test that is another now; `old` or `new` is empty where there is none."""

    file: str
    line: int
    """1-based, of the line as it stands now."""
    test: str
    old: str
    new: str


def loss(before: Mapping[str, str], after: Mapping[str, str], request: str) -> str:
    """Say what a user's tests lose that the request does not ask for; empty where they lose nothing.

    A word may go that nothing in the implementation bears any more, or for one that the request says.
    """
    gone = _words(before) - _words(after)
    for path, text in _tests(before):
        there = {each.name: each for each in syntax_of(path).parse(after.get(path, "")).declarations}
        for each in syntax_of(path).parse(text).declarations:
            new = there.get(each.name)
            if new is None:
                if each.name not in gone:
                    return f"drops {each.name} of {path}"
            elif new.text != each.text and (word := _lost(path, each, new, gone, request)):
                return f"takes {word} from {each.name} of {path}, which the request does not ask for"
    return ""


def altered(before: Mapping[str, str], after: Mapping[str, str]) -> list[Altered]:
    """Return each line of a user's tests that is another now."""
    return [line for path, text in _tests(before) for line in _altered_in(path, text, after.get(path, ""))]


def _tests(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((path, text) for path, text in sorted(files.items()) if syntax_of(path).is_test(path))


def _words(files: Mapping[str, str]) -> set[str]:
    """Return the names that the implementation bears."""
    code = (text for path, text in files.items() if syntax_of(path).name and not syntax_of(path).is_test(path))
    return {word for text in code for word in re.findall(r"[A-Za-z_]\w*", text)}


def _lost(path: str, old: Declaration, new: Declaration, gone: set[str], request: str) -> str:
    """Return a word or a value that a declaration loses and may not lose; one that lets it leave early, too."""
    before, after = _tokens(path, old), _tokens(path, new)
    lost = [token for token in (before - after).elements() if token not in gone]
    gained = list((after - before).elements())
    said = sum(_says(request, token) for token in gained)
    if len(lost) > said and (kept := [token for token in lost if not _says(request, token)]):
        return kept[0]
    return next((f"its whole by {token!r}" for token in gained if token in _LEAVING), "")


def _tokens(path: str, declared: Declaration) -> Counter[str]:
    comment = re.escape(syntax_of(path).comment)
    found = re.finditer(rf"{comment}[^\n]*|(?P<token>{_TOKEN})", declared.text[declared.head - declared.start :])
    return Counter(each["token"] for each in found if each["token"])


def _says(request: str, token: str) -> bool:
    bare = token.strip("\"'`")
    return bool(bare) and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", request) is not None


def _altered_in(path: str, before: str, after: str) -> Iterator[Altered]:
    syntax = syntax_of(path)
    there = {each.name: each for each in syntax.parse(after).declarations}
    for each in syntax.parse(before).declarations:
        new = there.get(each.name)
        old_lines = each.text.splitlines()
        new_lines = new.text.splitlines() if new else []
        first = after[: new.start].count("\n") + 1 if new else 1
        for kind, a, b, c, d in difflib.SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
            if kind == "equal":
                continue
            for offset, (was, now) in enumerate(zip_longest(old_lines[a:b], new_lines[c:d], fillvalue="")):
                line = first + min(c + offset, max(d - 1, c))
                yield Altered(file=path, line=line, test=each.name, old=was.strip(), new=now.strip())
