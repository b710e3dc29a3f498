"""What a fix prompt shows of the file to mend: the declarations that are blamed, and what the others look like."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from guild.syntax import Declaration, Source, edited, syntax_of
from guild.values import Diagnostic

_WORD = re.compile(r"\w+")
_MOST_OF_IT = 0.7
"""A share of the file from which on it is shown whole."""
_CALLERS = 2
_ANEW = 2
"""Functions that are written anew at once."""
_NEAREST = 8
"""Names that are offered in the place of one that does not exist."""


def excerpt(path: str, text: str, blamed: Sequence[Declaration]) -> str:
    """Return the blamed declarations, their nearest callers, and the signatures of the rest of a file."""
    syntax = syntax_of(path)
    source = syntax.parse(text)
    shown = {found.start: found for found in (*blamed, *_callers(source, blamed))}
    size = sum(len(found.text) for found in shown.values())
    if not blamed or size > _MOST_OF_IT * len(text):
        return text.strip()
    parts = [shown[start].text for start in sorted(shown)]
    rest = [found.signature for found in source.declarations if found.start not in shown]
    told = [f"{syntax.comment} {line}" for line in ("The rest of the file:", *map(_line, rest))] if rest else []
    return "\n\n".join([*parts, *told])


def blamed_in(path: str, files: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> list[Declaration]:
    """Return the declarations of a file that diagnostics point at: by line, else by the names that they speak of."""
    declared = syntax_of(path).parse(files[path]).declarations
    lines = {each["line"] for each in diagnostics if each["path"] == path and each["line"]}
    found = [each for each in declared if any(_holds(each, line) for line in lines)]
    if found:
        return found
    words = set(_words(files, diagnostics))
    return [each for each in declared if each.name.rpartition(".")[2] in words]


def functions_in(path: str, files: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> list[Declaration]:
    """Return the functions of a file that are blamed, those first that a message names, few enough to write anew."""
    blamed = [each for each in blamed_in(path, files, diagnostics) if each.kind in ("func", "method")]
    said = set(_WORD.findall(" ".join(f"{each['symbol']} {each['message']}" for each in diagnostics)))
    return sorted(blamed, key=lambda each: each.name.rpartition(".")[2] not in said)[:_ANEW]


def unwritten(text: str, functions: Sequence[Declaration]) -> str:
    """Return a file as if some of its functions were still to be written."""
    return edited(text, [(each.start, each.end, "") for each in functions]).strip()


def names_instead(diagnostic: Diagnostic, known: Iterable[str]) -> list[str]:
    """Return the declarations whose names come nearest to one that does not exist."""
    wanted = diagnostic["symbol"].rpartition(".")[2].lower()
    named = {_name(head).lower(): head for head in known}
    return [named[name] for name in difflib.get_close_matches(wanted, named, _NEAREST, cutoff=0.4)]


def _words(files: Mapping[str, str], diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield the words of what failed: its message, its symbol, and the body of the test that it stands in."""
    for each in diagnostics:
        name = each.get("test", "").split("/")[0]
        tests = syntax_of(each["path"]).parse(files.get(each["path"], "")).declarations
        bodies = [declared.text for declared in tests if declared.name == name]
        yield from _WORD.findall(" ".join([each["symbol"], each["message"], *bodies]))


def _callers(source: Source, blamed: Sequence[Declaration]) -> list[Declaration]:
    names = {each.name.rpartition(".")[2] for each in blamed}
    others = [each for each in source.declarations if each.kind in ("func", "method") and each not in blamed]
    return [each for each in others if names.intersection(_WORD.findall(each.text))][:_CALLERS]


def _holds(found: Declaration, line: int) -> bool:
    return found.line <= line <= found.line + found.text[found.head - found.start :].count("\n")


def _name(head: str) -> str:
    match = re.search(r"(?:func(?: \([^)]*\))?|def|class|type|var|const|fn|struct|enum|trait)\s+(\w+)", head)
    return match[1] if match else head


def _line(text: str) -> str:
    return " ".join(text.split())
