"""Chains of iterators that end too early: what is wanted is the text, or the list, that they run over."""

import re
from collections.abc import Iterator, Sequence

from guild.repairs.rust.places import expression_at, is_simple
from guild.repairs.subject import Subject
from guild.syntax import Edit
from guild.syntax.rust.tree import Tree, tree
from guild.values import Diagnostic

_LAZY = r"(?:std::\w+::)*(?:Rev|Map|Filter|FilterMap|Chars|Take|Skip|Cloned|Copied|Zip|Enumerate|Chain|FlatMap)<"
_UNGATHERED = re.compile(rf"expected `(?:String|Vec<.*>|std::string::String|std::vec::Vec<.*>)`, found `{_LAZY}")
_JOINED = re.compile(r"no method named `(?:join|concat|len|sort)` found for struct `(?:std::iter::)?\w+<")
_UNORDERED = re.compile(r"the trait bound `f(?:32|64): (?:std::cmp::)?Ord` is not satisfied")


def mend(subject: Subject, diagnostics: Sequence[Diagnostic]) -> list[Edit]:
    """Gather what an iterator gives, and sort floating-point numbers by how they compare."""
    parsed = tree(subject.text)
    return [edit for found in diagnostics for edit in _gathered(parsed, found)]


def _gathered(parsed: Tree, found: Diagnostic) -> Iterator[Edit]:
    whole = expression_at(parsed, found)
    start = parsed.char(whole.start_byte) if whole is not None else 0
    if whole is not None and _UNGATHERED.search(found["message"]) and is_simple(whole):
        end = parsed.char(whole.end_byte)
        yield end, end, ".collect()"
    elif whole is not None and _JOINED.search(found["message"]):
        yield start, start, "collect::<Vec<_>>()."
    elif whole is not None and _UNORDERED.search(found["message"]) and parsed.text[start:].startswith("sort()"):
        yield start, start + len("sort()"), "sort_by(|a, b| a.total_cmp(b))"
