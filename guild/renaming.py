"""A name is changed without a model: where it is declared, then wherever the compiler no longer finds it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guild.syntax import Declaration, Edit, edited, syntax_of
from guild.toolchains import Toolchain
from guild.values import Diagnostic
from guild.workspace import temporary

_WORD = r"[`'\"]?(?P<{}>[A-Za-z_][\w.]*\w|[A-Za-z_])[`'\"]?"
_KIND = r"(?:(?:method|function|func|type|struct|interface|field|const(?:ant)?|var(?:iable)?)\s+)?"
_OF = rf"(?:\s+(?:of|in|on)\s+(?:the\s+)?{_KIND}{_WORD.format('owner')}(?:\s+(?:type|struct|interface))?)?"
_RENAME = re.compile(
    rf"\brename\s+(?:the\s+)?{_KIND}{_WORD.format('old')}{_OF}\s+(?:to|into|as)\s+{_WORD.format('new')}", re.I
)
_UNMET = re.compile(r"(?P<type>\w+) does not implement [^()]*\(missing method (?P<method>\w+)\)")
_MOST_PASSES = 40
"""A large project is told of in parts: each pass mends what the compiler has said so far."""


@dataclass(frozen=True)
class Renaming:
    """One name that is to be another."""

    owner: str
    """The type whose method or field it is; empty for what stands alone, or where nobody said."""
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.owner}.{self.old} -> {self.owner}.{self.new}" if self.owner else f"{self.old} -> {self.new}"


def renamings(request: str) -> list[tuple[Renaming, str]]:
    """Return the renamings that a request asks for in so many words, each with those words."""
    found: list[tuple[Renaming, str]] = []
    for said in _RENAME.finditer(request):
        owner, _, old = said["old"].rpartition(".")
        new = said["new"].rpartition(".")[2]
        found.append((Renaming(owner or (said["owner"] or "").rpartition(".")[2], old, new), said[0]))
    return found


def renamed(toolchain: Toolchain, files: Mapping[str, str], wanted: Renaming) -> dict[str, str] | None:
    """Return a Project with a name changed throughout; None where it is not declared once, or what results is unsound.

    Only a compiler that finds every use can say where: for languages without one there is no answer either.
    """
    places = list(_declared(files, wanted))
    if len(places) != 1:
        return None
    texts = dict(files)
    with temporary() as place:
        place.write(texts)
        known = {_told(each) for each in toolchain.compiles(place.root, {}).diagnostics}
        path, edits = places[0]
        texts[path] = edited(texts[path], edits)
        for _ in range(_MOST_PASSES):
            said = [each for each in _said(toolchain, place.root, files, texts) if _told(each) not in known]
            if not said:
                return texts
            if not (due := _due(texts, said, wanted)):
                return None
            for each, changes in due.items():
                texts[each] = edited(texts[each], changes)
    return None


def _said(toolchain: Toolchain, root: Path, files: Mapping[str, str], texts: Mapping[str, str]) -> Sequence[Diagnostic]:
    changed = {path: text for path, text in texts.items() if files[path] != text}
    return toolchain.compiles(root, changed).diagnostics


def _told(found: Diagnostic) -> tuple[str, str]:
    return found["path"], found["message"]


def _declared(files: Mapping[str, str], wanted: Renaming) -> Iterator[tuple[str, list[Edit]]]:
    """Yield where the name is declared, with the edits that change it there and in the comment before it."""
    for path, text in files.items():
        syntax = syntax_of(path)
        if not syntax.typed:
            continue
        for found in syntax.parse(text).declarations:
            owner, _, name = found.name.rpartition(".")
            if name == wanted.old and wanted.owner in ("", owner):
                yield path, list(_at_head(text, found, wanted))
            elif found.kind == "type" and found.name == wanted.owner and (at := _field(text, found, wanted.old)) >= 0:
                yield path, [(at, at + len(wanted.old), wanted.new)]


def _at_head(text: str, found: Declaration, wanted: Renaming) -> Iterator[Edit]:
    """Give the edits of a declaration's name, and of the words of its comment that are this name."""
    for said in re.finditer(rf"\b{wanted.old}\b", text[found.start : found.head]):
        yield found.start + said.start(), found.start + said.end(), wanted.new
    skipped = re.match(r"func\s*\([^)]*\)", text[found.core : found.end])
    begin = found.core + (skipped.end() if skipped else 0)
    if named := re.search(rf"\b{wanted.old}\b", text[begin : found.end]):
        yield begin + named.start(), begin + named.end(), wanted.new


def _field(text: str, found: Declaration, name: str) -> int:
    """Return where a type declares a field or a method of an interface; -1 where it does not."""
    said = re.search(rf"^[ \t]+(?:\w+,\s*)*(?P<name>{name})\b", text[found.head : found.end], re.M)
    return found.head + said.start("name") if said else -1


def _due(texts: Mapping[str, str], said: Sequence[Diagnostic], wanted: Renaming) -> dict[str, list[Edit]]:
    """Return the edits that what is said asks for: the old name at each place where it leads nowhere."""
    due: dict[str, list[Edit]] = {}
    for found in said:
        if found["path"] in texts and (at := _place(texts[found["path"]], found, wanted.old)) >= 0:
            due.setdefault(found["path"], []).append((at, at + len(wanted.old), wanted.new))
        unmet = _UNMET.search(found["message"])
        if unmet and unmet["method"] == wanted.new:
            for path, edits in _declared(texts, Renaming(unmet["type"], wanted.old, wanted.new)):
                due.setdefault(path, []).extend(edits)
    return due


def _place(text: str, found: Diagnostic, name: str) -> int:
    """Return where a diagnostic points at a name that leads nowhere; -1 where it does not."""
    lines = text.splitlines(keepends=True)
    if not 0 < found["line"] <= len(lines):
        return -1
    line = lines[found["line"] - 1]
    column = len(line.encode()[: max(found["column"] - 1, 0)].decode(errors="ignore"))
    if found["symbol"].rpartition(".")[2] != name and not re.search(rf"\b{name}\b", found["message"]):
        return -1
    named = re.compile(rf"\b{name}\b").search(line, column)
    return sum(map(len, lines[: found["line"] - 1])) + named.start() if named else -1
