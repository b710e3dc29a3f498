"""What prose spells out in Python: functions, classes, values that it shows; taken only where it can be sure."""

import ast
import builtins
import keyword
import re
from collections.abc import Collection, Iterator, Sequence

from guild.spec.prose import examples
from guild.syntax import SpeltOut

_HEAD = re.compile(r"(?<![\w.])(?P<spelled>(?:async\s+)?def\s+)?(?P<name>[^\W\d]\w*)(?=\()")
_CLASS = re.compile(r"\bclass(?:es)?\s+(?:called\s+)?`?([A-Z]\w*)`?(\([\w., ]*\))?|\b([A-Z]\w+)`?\s+(?:data)?class\b")
_RAISED = re.compile(r"\b([A-Z]\w*(?:Error|Exception))\b")
_METHODS = re.compile(r"\b(?:class(?:es)?|methods?|dataclass)\b", re.I)
_CALLED_FUNCTION = re.compile(r"\bfunctions?:?\s+`?$")
_EXAMPLE = re.compile(r"(?:e\.g\.|for example|such as|like)[\s,:`]*$")
_RESULT = re.compile(r"\s*->\s*")
_OPERATES = re.compile(r"`?\s*(?:[=!<>]=|=>|[=+*/%<>|&^]|->|→|-\s*\w|\[|\.\w|\()")
_IS_OPERAND = re.compile(r"[=+*/%<>|&^(\[-]\s*`?$")
_LONGEST = 400
_ANNOTATION = 60
_TAKEN = frozenset((*dir(builtins), *keyword.kwlist, *keyword.softkwlist))
_SHADOWED = frozenset(("format", "id", "input", "iter", "max", "min", "sum", "type"))
"""Names of the language that parameters often bear."""
_LITERALS = {"str": str, "int": int, "float": (int, float), "bool": bool}


def spelled_out(prose: str, *, methods: Collection[str], tests: bool) -> SpeltOut:
    """Return what a text spells out; a test file's text only what is written as code."""
    found: dict[str, set[str]] = {}
    methodical = _METHODS.search(prose) is not None
    for hit in _HEAD.finditer(prose):
        head, behind = _head(prose, hit)
        if not head or (tests and not hit["spelled"]):
            continue
        if hit["spelled"] or (hit["name"] not in methods and _is_meant(prose[: hit.start()], head, behind, methodical)):
            found.setdefault(hit["name"], set()).add(head)
    parameters = {each.arg for told in found.values() for head in told for each in _parameters(head)}
    found = {name: told for name, told in found.items() if name not in parameters}
    heads = [head for name, told in found.items() if (head := _agreed(told)) and not name.startswith("test_")]
    classes = {} if tests else dict(_classes(prose))
    raised = () if tests else _RAISED.findall(prose)
    symbols = {*found, *classes, *(name for name in raised if name not in _TAKEN)}
    return SpeltOut((*classes.values(), *heads), frozenset(symbols))


def shown(prose: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the calls and values that a text shows by example, where one function of one argument can be meant."""
    only = _function(signatures[0]) if len(signatures) == 1 else None
    if only is None or len(only.args.args) != 1 or only.args.vararg or only.args.kwonlyargs:
        return
    for given, value in examples(prose, "python"):
        if _fits(given, only.args.args[0].annotation) and _fits(value, only.returns):
            yield f"{only.name}({given})", value


def _head(prose: str, hit: re.Match[str]) -> tuple[str, str]:
    """Return the head that begins at a name, as the language writes it, and what follows; nothing where none does."""
    text = prose[hit.start("name") : hit.start("name") + _LONGEST]
    for end in (at + 1 for at, char in enumerate(text) if char == ")"):
        if _function(f"def {text[:end]}") is None:
            continue
        whole = _with_result(text, end)
        begun = "async def" if (hit["spelled"] or "").startswith("async") else "def"
        return (f"{begun} {' '.join(whole.split())}", text[len(whole) :]) if _is_own(whole) else ("", "")
    return "", ""


def _with_result(text: str, end: int) -> str:
    """Return the longest head whose parameters end at a place: with the result behind the arrow where one stands."""
    arrow = _RESULT.match(text, end)
    if arrow is None:
        return text[:end]
    ends = range(min(len(text), arrow.end() + _ANNOTATION), arrow.end(), -1)
    sound = (at for at in ends if (text[at - 1] in "]\"'" or text[at - 1].isalnum()) and ". " not in text[end:at])
    whole = (at for at in sound if not text[at : at + 1].isidentifier() and _function(f"def {text[:at]}"))
    return text[: next(whole, end)]


def _function(head: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    try:
        only, *others = ast.parse(f"{' '.join(head.split())}: ...").body
    except (SyntaxError, ValueError):
        return None
    if others or not isinstance(only, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    return only if isinstance(only.body[0], ast.Expr) else None


def _parameters(head: str) -> list[ast.arg]:
    function = _function(head)
    return [*function.args.args, *function.args.kwonlyargs] if function else []


def _is_own(head: str) -> bool:
    """Tell whether neither the name nor a parameter is a word that the language has for itself."""
    return head.partition("(")[0] not in _TAKEN and all(
        each.arg not in _TAKEN - _SHADOWED for each in _parameters(f"def {head}")
    )


def _is_meant(before: str, head: str, behind: str, methodical: bool) -> bool:
    """Tell a function's head from a call, and from a method's head: those are known by what stands around them."""
    before = before[-20:]
    if _EXAMPLE.search(before) or _IS_OPERAND.search(before) or (methodical and not _CALLED_FUNCTION.search(before)):
        return False
    typed = "->" in head or ":" in head
    return typed or (not head.endswith("()") and _OPERATES.match(behind) is None)


def _agreed(heads: set[str]) -> str:
    """Return the head that says most of a name; nothing where two say as much."""
    typed = {head for head in heads if "->" in head or ":" in head} or heads
    return next(iter(typed)) if len(typed) == 1 else ""


def _classes(prose: str) -> Iterator[tuple[str, str]]:
    for hit in _CLASS.finditer(prose):
        name = hit[1] or hit[3]
        if name not in _TAKEN:
            yield name, f"class {name}{hit[2] or ''}"


def _fits(literal: str, annotation: ast.expr | None) -> bool:
    wanted = _LITERALS.get(annotation.id) if isinstance(annotation, ast.Name) else None
    try:
        value = ast.literal_eval(literal)
    except (SyntaxError, ValueError):
        return False
    return annotation is None or (wanted is not None and isinstance(value, wanted))
