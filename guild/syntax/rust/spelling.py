"""What prose spells out in Rust: functions, types, values that it shows; taken only where it can be sure."""

import re
from collections.abc import Collection, Iterator, Sequence

from tree_sitter import Node

from guild.spec.prose import examples
from guild.syntax import SpeltOut
from guild.syntax.rust.tree import FUNCTION, Tree, field, name_of, tree, walk

_HEAD = re.compile(r"(?<![\w.:!])(?P<spelled>(?:pub\s+)?fn\s+)?(?P<name>[a-z_]\w*)(?=(?:<[^<>()]*>)?\()")
_TYPE = re.compile(r"\b(?P<kind>struct|enum|trait)s?\s+(?:called\s+)?`?(?P<name>[A-Z]\w*)`?")
_TYPE_AFTER = re.compile(r"\b(?P<name>[A-Z]\w+)`?\s+(?P<kind>struct|enum|trait)\b")
_METHODS = re.compile(r"\b(?:struct|impl|trait|methods?)\b", re.I)
_CALLED_FUNCTION = re.compile(r"\bfunctions?:?\s+`?$")
_RESULT = re.compile(r"\s*->\s*")
_LONGEST = 400
_TYPE_LENGTH = 80
_STARTS = ("main",)
_NUMBERS = ("i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64")


def spelled_out(prose: str, *, methods: Collection[str], tests: bool) -> SpeltOut:
    """Return what a text spells out; a test file's text only what is written as code."""
    found: dict[str, set[str]] = {}
    methodical = _METHODS.search(prose) is not None
    for hit in _HEAD.finditer(prose):
        head = _head(prose, hit)
        if not head or hit["name"] in methods or "self" in head or (tests and not hit["spelled"]):
            continue
        if not methodical or hit["spelled"] or _CALLED_FUNCTION.search(prose[: hit.start()][-20:]):
            found.setdefault(hit["name"], set()).add(head)
    types = {} if tests else {name: f"pub {kind} {name}" for name, kind in _types(prose)}
    heads = [next(iter(told)) for name, told in found.items() if len(told) == 1 and not name.startswith("test_")]
    return SpeltOut((*types.values(), *heads), frozenset((*found, *types)))


def shown(prose: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the calls and values that a text shows by example, where one function of one argument can be meant."""
    read = _function(signatures[0]) if len(signatures) == 1 else None
    parameters = [each for each in walk(read[1]) if each.type == "parameter"] if read else []
    if read is None or len(parameters) != 1:
        return
    parsed, function = read
    given, result = (parsed.of(field(*of)) for of in ((parameters[0], "type"), (function, "return_type")))
    for argument, value in examples(prose, "rust"):
        if _fits(argument, given) and _fits(value, result):
            yield f"{name_of(parsed, function)}({argument})", value


def _head(prose: str, hit: re.Match[str]) -> str:
    """Return the head that begins at a name, as a library's file writes it; nothing where none does."""
    text = prose[hit.start("name") : hit.start("name") + _LONGEST]
    public = "" if hit["name"] in _STARTS else "pub "
    for end in (at + 1 for at, char in enumerate(text) if char == ")"):
        if _function(f"fn {text[:end]}") is not None:
            whole = " ".join(_with_result(text, end).split())
            typed = ":" in whole or "->" in whole or hit["spelled"]
            return f"{public}fn {whole}" if typed else ""
    return ""


def _with_result(text: str, end: int) -> str:
    """Return the longest head whose parameters end at a place: with the result behind the arrow where one stands."""
    arrow = _RESULT.match(text, end)
    if arrow is None:
        return text[:end]
    ends = range(min(len(text), arrow.end() + _TYPE_LENGTH), arrow.end(), -1)
    sound = (at for at in ends if (text[at - 1] in ">])" or text[at - 1].isalnum()) and ". " not in text[end:at])
    whole = (at for at in sound if not (text[at : at + 1].isalnum() or text[at : at + 1] in "_<:"[: at < len(text)]))
    return text[: next((at for at in whole if _function(f"fn {text[:at]}")), end)]


def _function(head: str) -> tuple[Tree, Node] | None:
    """Read a head; None where it is none."""
    parsed = tree(f"{' '.join(head.split())} {{}}")
    nodes = parsed.root.named_children
    whole = not parsed.root.has_error and len(nodes) == 1 and nodes[0].type == FUNCTION
    return (parsed, nodes[0]) if whole else None


def _types(prose: str) -> Iterator[tuple[str, str]]:
    for pattern in (_TYPE, _TYPE_AFTER):
        yield from ((hit["name"], hit["kind"]) for hit in pattern.finditer(prose))


def _fits(literal: str, wanted: str) -> bool:
    if wanted in ("&str", "String", "&'static str"):
        return literal.startswith('"')
    if wanted in _NUMBERS:
        return literal.lstrip("-")[:1].isdigit() and (("." in literal) <= wanted.startswith("f"))
    return wanted == "bool" and literal in ("true", "false")
