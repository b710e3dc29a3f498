"""The strict mark of a review: a finding about the faulty place of this code, not a line of a checklist."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guild.findings import Finding
from guild.replies.blocks import blocks
from guild.syntax import go

MOST_FINDINGS = 2
"""Findings of one answer that count."""
_WORD = re.compile(r"[^\W\d]\w*")
_PROSE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|`[^`]*`', re.DOTALL)
"""Comments and strings: what stands in them names nothing."""
_ENGLISH = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "go",
        "i",
        "if",
        "in",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "s",
        "so",
        "the",
        "to",
        "w",
        "with",
    ]
)
"""Words of prose that are also names or keywords in code."""
_KEYWORDS = frozenset(
    [
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "fallthrough",
        "for",
        "func",
        "go",
        "goto",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ]
)


@dataclass(frozen=True)
class Code:
    """The code under review, and which of its lines the fault is in."""

    names: frozenset[str]
    """The names in it that are its own: no keyword, nothing that the language brings, no standard package."""
    lines: frozenset[int]
    """Lines that share a word with the hidden reference: the faulty ones; every line where there is none."""
    functions: frozenset[str]
    """The functions that hold a faulty line."""

    @classmethod
    def of(cls, prompt: str, reference: str) -> "Code":
        """Take the code out of a prompt, and find the lines that the reference speaks of."""
        text = taken_apart(prompt)[1]
        said = set(_WORD.findall(reference)) - _ENGLISH
        lines = text.splitlines()
        filled = [number for number, line in enumerate(lines, 1) if line.strip()]
        faulty = frozenset(number for number in filled if said & set(_WORD.findall(lines[number - 1])))
        faulty = faulty or frozenset(filled)
        declared = [found for found in go.parse(text).declarations if found.kind in ("func", "method")]
        spans = {found.name.rpartition(".")[2]: (found.line, found.line + found.text.count("\n")) for found in declared}
        holding = {name for name, (first, last) in spans.items() if any(first <= line <= last for line in faulty)}
        return cls(_own_names(_PROSE.sub(" ", text)), faulty, frozenset(holding))


def _own_names(text: str) -> frozenset[str]:
    packages = {name for name in re.findall(r"(\w+)\.", text) if go.standard_path(name)}
    return frozenset(_WORD.findall(text)) - _KEYWORDS - go.PREDECLARED - _ENGLISH - packages - {"_"}


def taken_apart(prompt: str) -> tuple[str, str]:
    """Return the prose of a request and the first fenced code in it."""
    found = blocks(prompt, lambda _: False)
    fenced = [block.text for block in found if block.fenced]
    prose = " ".join(block.text.strip() for block in found if not block.fenced)
    return prose, fenced[0].strip("\n") if fenced else ""


def strictly(found: Sequence[Finding], keywords: Sequence[str], code: Code, others: Sequence[Sequence[str]]) -> bool:
    """Tell whether one of the first findings names the fault, its place and this code; `others`: other rows' words."""
    return any(
        _says(finding["message"], keywords)
        and _is_placed(finding, code)
        and not _is_canned(finding["message"], code, others)
        for finding in found[:MOST_FINDINGS]
    )


def _says(message: str, keywords: Sequence[str]) -> bool:
    return any(word in message.lower() for word in keywords)


def _is_placed(finding: Finding, code: Code) -> bool:
    return finding["line"] in code.lines or bool(code.functions & set(_WORD.findall(finding["message"])))


def _is_canned(message: str, code: Code, others: Sequence[Sequence[str]]) -> bool:
    """Tell whether a finding could be said of any code: it names nothing of this one, or fits most other rows too."""
    fitting = sum(_says(message, keywords) for keywords in others)
    return not code.names & set(_WORD.findall(message)) or fitting > len(others) / 2
