"""Edits of a Go text that a parser places: declarations, imports, the package clause."""

from collections.abc import Collection, Mapping, Sequence

from guild.syntax import Declaration, Edit, edited
from guild.syntax.go.scope import uses
from guild.syntax.go.source import clauses, doc_start, import_nodes, parse
from guild.syntax.go.stdlib import is_standard
from guild.syntax.go.tree import exported, tree

_CODE = ("package ", "import ", "func ", "type ", "var ", "const ", "//", "/*")


def remove(text: str, names: Collection[str]) -> str:
    """Return a text without the declarations of these names."""
    return without(text, [found for found in parse(text).declarations if found.name in names])


def without(text: str, dropped: Collection[Declaration]) -> str:
    """Return a text without these declarations of it; a spec of several names goes only when all of them do."""
    declared = parse(text).declarations
    kept = {(found.start, found.end) for found in declared if found not in dropped}
    gone = [found for found in declared if (found.start, found.end) not in kept]
    kept_groups = {found.group for found in declared if (found.start, found.end) in kept}
    spans = {found.group if found.group and found.group not in kept_groups else span(found) for found in gone}
    for start, end in sorted(spans, reverse=True):
        text = _cut(text, start, end)
    return text


def span(found: Declaration) -> tuple[int, int]:
    """Return the extent of a declaration with its doc comment."""
    return found.start, found.end


def _cut(text: str, start: int, end: int) -> str:
    before, after = text[:start], text[end:]
    line, newline, rest = after.partition("\n")
    if not line.strip(" \t;"):
        after = rest
        before = before.rstrip(" \t")
    if before.endswith("\n\n") or not before:
        after = after.removeprefix("\n")
    if not after and newline:
        before = before.rstrip("\n") + "\n" if before.strip() else ""
    return before + after


def set_package(text: str, package: str) -> str:
    """Return a text whose one package clause names this package."""
    parsed = tree(text)
    found = clauses(parsed)
    if not found:
        return f"package {package}\n\n{text.lstrip()}" if text.strip() else f"package {package}\n"
    for clause in reversed(found[1:]):
        text = _cut(text, *parsed.span(clause))
    start, end = parsed.span(found[0].named_children[0])
    return text[:start] + package + text[end:]


def with_imports(text: str, paths: Mapping[str, str] | Sequence[str]) -> str:
    """Return a text that imports exactly these paths (path -> alias, empty for none), in one block."""
    pairs = list(paths.items()) if isinstance(paths, Mapping) else [(path, "") for path in paths]
    return write_imports(text, pairs)


def write_imports(text: str, pairs: Collection[tuple[str, str]]) -> str:
    """Return a text that imports exactly these paths and aliases, in one block, standard library first."""
    parsed = tree(text)
    nodes = import_nodes(parsed)
    block = _import_block(pairs)
    if not nodes:
        return _with_first_imports(text, block) if block else text
    for node in reversed(nodes[1:]):
        text = _cut(text, *parsed.span(node))
    start, end = parsed.span(nodes[0])
    return text[:start] + block + text[end:] if block else _cut(text, start, end)


def _with_first_imports(text: str, block: str) -> str:
    parsed = tree(text)
    found = clauses(parsed)
    at = parsed.char(found[0].end_byte) if found else 0
    before, after = text[:at], text[at:]
    return (f"{before}\n\n" if before else "") + f"{block}\n\n" + after.lstrip("\n")


def _import_block(pairs: Collection[tuple[str, str]]) -> str:
    lines = {
        standard: [f'{alias} "{path}"'.strip() for path, alias in sorted(set(pairs)) if is_standard(path) is standard]
        for standard in (True, False)
    }
    if sum(map(len, lines.values())) < 2:
        return "".join(f"import {line}" for found in lines.values() for line in found)
    parts = ["".join(f"\t{line}\n" for line in found) for found in lines.values() if found]
    return "import (\n" + "\n".join(parts) + ")"


def split_packages(text: str) -> list[str]:
    """Cut a text that holds several files, one behind the other, at their package clauses."""
    parsed = tree(text)
    starts = [parsed.char(doc_start(parsed, clause)) for clause in clauses(parsed)][1:]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def without_strays(text: str) -> str:
    """Return a text without the words that stand before its package clause and behind its sound declarations.

    Words end where a line begins like code or a comment; where one of them is indented they may be code themselves,
    torn off by a brace too many, and stay.
    """
    text = _without_head(text)
    for found in reversed(parse(text).declarations):
        if not found.broken:
            text = _without_words(text, found.group[1] if found.group else found.end)
    return text


def _without_head(text: str) -> str:
    lines = text.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if line.startswith("package ") and len(line.split()) == 2]
    return "".join(lines[starts[0] :]) if starts else text


def _without_words(text: str, end: int) -> str:
    first, *lines = text[end:].splitlines(keepends=True) or [""]
    size = next((at for at, line in enumerate(lines) if line.startswith(_CODE)), len(lines))
    words = [line for line in lines[:size] if line.strip()]
    if not words or any(line.startswith(("\t", "    ")) for line in words):
        return text
    return text[:end] + first + ("\n" if size < len(lines) else "") + "".join(lines[size:])


def unqualified(text: str, qualifiers: Collection[str], members: Collection[str] | None) -> str:
    """Return a text with these qualifiers taken off the members they stand before (all of them for None)."""
    parsed = tree(text)
    edits: list[Edit] = []
    for use in uses(parsed):
        wanted = exported(use.member) and (members is None or use.member in members)
        if wanted and use.name in qualifiers and use.binding is None:
            tail = use.outer.named_children[-1]
            edits.append((parsed.char(use.node.start_byte), parsed.char(tail.start_byte), ""))
    return edited(text, edits)
