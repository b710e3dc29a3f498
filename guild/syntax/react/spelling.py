"""What prose spells out in JavaScript: functions, components, classes; taken only where it can be sure."""

import re
from collections.abc import Collection, Iterator, Sequence

from tree_sitter import Node

from guild.spec.prose import examples
from guild.syntax import SpeltOut
from guild.syntax.react.expressions import expression, is_literal
from guild.syntax.react.tree import bound_names, field, tree

_HEAD = re.compile(r"(?<![\w.$<])(?P<spelled>(?:export\s+)?(?:async\s+)?function\s+)?(?P<name>[A-Za-z_$][\w$]*)(?=\()")
_COMPONENT = re.compile(
    r"\b[Cc]omponents?\s+(?:called\s+)?`?<?([A-Z]\w*)|\b`?<?((?!The\b|A\b|An\b|This\b|Each\b|One\b)[A-Z]\w*)(?:\s*/>)?`?\s+component\b"
)
_CLASS = re.compile(r"\bclass(?:es)?\s+(?:called\s+)?`?([A-Z]\w*)`?(\s+extends\s+[A-Z]\w*)?|\b([A-Z]\w+)`?\s+class\b")
_METHODS = re.compile(r"\b(?:class(?:es)?|methods?)\b", re.I)
_EXAMPLE = re.compile(r"(?:e\.g\.|for example|such as|like|calls?|with)[\s,:`]*$")
_IS_OPERAND = re.compile(r"[=+*/%<>|&^(\[-]\s*`?$")
_OPERATES = re.compile(r"`?\s*(?:[=!<>]=|[=+*/%<>|&^]|->|→|-\s*\w|\[|\.\w|\()")
_LONGEST = 400
_NO_NAMES = ("test", "it", "expect", "render", "if", "for", "while", "switch", "catch", "return")


def spelled_out(prose: str, *, methods: Collection[str], tests: bool) -> SpeltOut:
    """Return what a text spells out; a test file's text only what is written as code."""
    found: dict[str, set[str]] = {}
    methodical = _METHODS.search(prose) is not None
    for hit in _HEAD.finditer(prose):
        whole = _head(prose, hit)
        if not whole or (tests and not hit["spelled"]) or hit["name"] in _NO_NAMES:
            continue
        behind = prose[hit.start("name") + len(whole) :]
        if hit["spelled"] or (
            hit["name"] not in methods and _is_meant(prose[: hit.start()], whole, behind, methodical)
        ):
            begun = "export async function" if "async" in (hit["spelled"] or "") else "export function"
            found.setdefault(hit["name"], set()).add(f"{begun} {' '.join(whole.split())}")
    heads = {name: next(iter(told)) for name, told in found.items() if len(told) == 1}
    named = {} if tests else {name: f"export function {name}()" for name in _components(prose) if name not in heads}
    classes = {} if tests else dict(_classes(prose))
    heads = {name: head for name, head in (named | heads).items() if name not in classes}
    return SpeltOut((*classes.values(), *heads.values()), frozenset({*found, *named, *classes}))


def shown(prose: str, signatures: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the calls and values that a text shows by example, where one function of one argument can be meant."""
    only = function_of(signatures[0]) if len(signatures) == 1 else None
    parameters = field(only, "parameters") if only is not None else None
    if only is None or parameters is None or [each.type for each in parameters.named_children] != ["identifier"]:
        return
    name = re.findall(r"function\s*(\S+?)\s*\(", signatures[0])
    for given, value in examples(prose, "react") if name else ():
        if _is_value(given) and _is_value(value):
            yield f"{name[0]}({given})", value


def function_of(head: str) -> Node | None:
    """Return the function whose head a text is; None for another declaration."""
    parsed = tree(f"{head.strip()} {{}}")
    node = parsed.root.named_children[0] if parsed.root.named_children and not parsed.root.has_error else None
    inner = field(node, "declaration") if node is not None and node.type == "export_statement" else node
    return inner if inner is not None and inner.type == "function_declaration" else None


def _head(prose: str, hit: re.Match[str]) -> str:
    """Return the name and the parameters that begin at a name; nothing where no parameters do."""
    text = prose[hit.start("name") : hit.start("name") + _LONGEST]
    ends = (at + 1 for at, char in enumerate(text) if char == ")")
    return next((text[:end] for end in ends if function_of(f"function {text[:end]}") is not None), "")


def _is_meant(before: str, head: str, behind: str, methodical: bool) -> bool:
    """Tell a function's head from a call: by its parameters, and by what stands around it."""
    before = before[-20:]
    parsed = tree(f"function {head} {{}}")
    parameters = field(parsed.root.named_children[0], "parameters")
    takes = list(bound_names(parsed, parameters))
    if methodical or _EXAMPLE.search(before) or _IS_OPERAND.search(before):
        return False
    return bool(takes) and _OPERATES.match(behind) is None


def _components(prose: str) -> Iterator[str]:
    yield from dict.fromkeys(hit[1] or hit[2] for hit in _COMPONENT.finditer(prose))


def _classes(prose: str) -> Iterator[tuple[str, str]]:
    for hit in _CLASS.finditer(prose):
        name = hit[1] or hit[3]
        yield name, f"export class {name}{hit[2] or ''}"


def _is_value(text: str) -> bool:
    found = expression(text)
    return found is not None and is_literal(*found)
