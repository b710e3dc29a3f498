"""Words of the language that stand where only a name can, and a word of other languages that Go has another for."""

from guild.repairs.subject import Subject
from guild.syntax.go import Edit, edited, parse
from guild.syntax.go.tree import tokens, tree

_TAKEN = ("case", "chan", "default", "func", "go", "map", "range", "select", "type", "var")
_BEHIND_A_NAME = (",", ":=", "=", "==", "!=", "...", "++", "--", "+=", "]")
_SUFFIX = "Value"


def apply(subject: Subject) -> str:
    """Give such names another ending, and write `for` in place of `while`, in a file that does not parse."""
    if not parse(subject.text).faults:
        return subject.text
    parsed = tree(subject.text)
    found = list(tokens(parsed.root))
    before = ["", *(parsed.of(each) for each in found)]
    behind = [*(parsed.of(each) for each in found[1:]), ""]
    lines = subject.text.split("\n")
    edits: list[Edit] = []
    for last, token, following in zip(before, found, behind, strict=False):
        word = parsed.of(token)
        named = following in _BEHIND_A_NAME or (last == "type" and following in ("struct", "interface"))
        listed = last == "]" and following == "{" and word not in ("func", "map")
        if word in _TAKEN and (named or listed):
            edits.append((*parsed.span(token), f"{word}{_SUFFIX}"))
        elif word == "while" and _is_loop(lines[token.start_point.row]):
            edits.append((*parsed.span(token), "for"))
    return edited(subject.text, edits)


def _is_loop(line: str) -> bool:
    return line.lstrip().startswith("while") and line.rstrip().endswith("{")
