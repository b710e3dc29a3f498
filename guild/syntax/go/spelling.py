"""What prose spells out in Go: declarations, the names that a file owns, values that it shows."""

import re
from collections.abc import Collection, Iterator, Sequence

from guild.spec.prose import examples
from guild.syntax import SpeltOut
from guild.syntax.go.heads import declared_signature, ticked_type
from guild.syntax.go.source import is_test_name

_MOST_HEADS = 1000

_WRITTEN = re.compile(r"\b(?:func\s+(?:\([^()]*\)\s*)?\w+\s*[\[(]|type\s+\w+[\s\[])")
_SHAPED = re.compile(r"(?<![\w.])(?<!type )[^\W\d]\w*\s+(?:struct|interface)\s*\{")
_HEAD = re.compile(r"(?<![\w.*&])(?<!func )[^\W\d]\w*(?:\[[^\[\]]*\])?\(")
_TICKED = re.compile(r"\btype `([^\W\d]\w* +(?:\[\w*\]|map\[)[^`]+)`")
_EXAMPLE = re.compile(r"(?:e\.g\.|for example|such as|like)[\s,:`]*$")
_METHODS = re.compile(r"\b(?:methods?|receivers?|struct|interface|embeds?|(?-i:type [A-Z]\w*))\b", re.I)
_MAKER = re.compile(r"func (?:New|Must|Open|Make)\w*(?:\[.*?\])?\(.*\)\s*\S")
_NAMED = re.compile(r"(func|type) (\([^()]*\) )?(\w+)")
_TYPE = re.compile(
    r"\btype (\w+)\b|\b([A-Z]\w*) (?:struct|interface)\b|\b(?:struct|interface|type) (?:called )?`?([A-Z]\w*)\b"
)
_UNARY = re.compile(r"func (\w+)\(\w+ (\w+)\) (\w+)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SENTINEL = re.compile(r"\bsentinels?\b(?: errors?)? `?(Err[A-Z]\w*)|\b(Err[A-Z]\w*)`? is a sentinel")


def spelled_out(prose: str, *, methods: Collection[str], tests: bool) -> SpeltOut:
    """Return what a text spells out; a test file's text only what is written as code.

    A head that is called as a method elsewhere is no function's.
    """
    spelled = list(_signatures(prose, methods, heads=not tests))
    if not tests:
        spelled += [head for found in _TICKED.finditer(prose) if (head := ticked_type(found[1]))]
    names = {_key(signature)[1] for signature in spelled if not _key(signature)[0]}
    if not tests:
        names |= {name for pattern in (_TYPE, _SENTINEL) for name in _hits(pattern, prose)}
        spelled += [f"var {name} error" for name in dict.fromkeys(_hits(_SENTINEL, prose))]
    return SpeltOut(_agreed(spelled), frozenset(names))


def shown(prose: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the calls and values that a text shows by example, where one function of one argument can be meant."""
    heads = [_UNARY.fullmatch(head) for head in signatures]
    if len(heads) != 1 or heads[0] is None:
        return
    name, takes, gives = heads[0].groups()
    for given, value in examples(prose, "go"):
        if _is_literal(given, takes) and _is_literal(value, gives):
            yield f"{name}({given})", value


def _hits(pattern: re.Pattern[str], text: str) -> list[str]:
    return [name for hit in pattern.finditer(text) for name in hit.groups() if name]


def _is_literal(value: str, of: str) -> bool:
    kind = {"string": '"', "rune": "'", "byte": "'"}.get(of)
    return (
        value.startswith(kind) if kind else bool(_NUMBER.fullmatch(value)) and of.startswith(("int", "uint", "float"))
    )


def _signatures(purpose: str, methods: Collection[str], *, heads: bool) -> Iterator[str]:
    """Yield the declarations that a purpose spells out, in order; where `heads` is off only those written as code."""
    starts = {hit.start() for hit in _WRITTEN.finditer(purpose)}
    bare: set[int] = set()
    if heads:
        starts |= {hit.start() for hit in _SHAPED.finditer(purpose)}
        bare = {hit.start() for hit in _HEAD.finditer(purpose)} - starts
    methodical = _METHODS.search(purpose) is not None
    inside = 0
    for start in sorted(starts | bare)[:_MOST_HEADS]:
        if start < inside or _EXAMPLE.search(purpose[max(0, start - 20) : start]):
            continue
        signature = declared_signature(purpose[start : start + 1000])
        if signature and (start not in bare or _is_function(signature, methods, methodical=methodical)):
            inside = _end(purpose, start, signature)
            yield signature


def _end(text: str, start: int, signature: str) -> int:
    """Return where a signature that was read at `start` ends: it has the text's characters, not its spaces."""
    left = len("".join(signature.split()))
    for at in range(start, len(text)):
        left -= not text[at].isspace()
        if not left:
            return at + 1
    return len(text)


def _is_function(signature: str, methods: Collection[str], *, methodical: bool) -> bool:
    """Tell a function's head from a method's: a method's receiver stands elsewhere in the prose."""
    return _key(signature)[1] not in methods and (not methodical or _MAKER.match(signature) is not None)


def _agreed(signatures: list[str]) -> tuple[str, ...]:
    """Return each signature once, and none of those that say two things of one name; tests are no signatures."""
    spelled: dict[tuple[str, str], set[str]] = {}
    for signature in signatures:
        spelled.setdefault(_key(signature), set()).add(signature)
    return tuple(
        next(iter(found)) for (_, name), found in spelled.items() if len(found) == 1 and not is_test_name(name)
    )


def _key(signature: str) -> tuple[str, str]:
    found = _NAMED.match(signature)
    return (found[2] or "", found[3]) if found else ("", signature)
