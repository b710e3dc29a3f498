"""Read what cargo tells in JSON into diagnostics and programs."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guild.process import Completed
from guild.syntax import syntax_of
from guild.toolchains.rust.layout import MANIFEST
from guild.values import Diagnostic, Stage, key

_CODES = {
    "undefined": "E0405 E0407 E0412 E0422 E0425 E0426 E0432 E0433 E0437 E0531 E0574 E0583 E0601",
    "missing-package": "E0463",
    "no-member": "E0599 E0609 E0610 E0614",
    "unknown-field": "E0560 E0026 E0559",
    "unexported": "E0603 E0616 E0624 E0451",
    "redeclared": "E0119 E0201 E0252 E0255 E0416 E0428 E0592",
    "arguments": "E0050 E0057 E0060 E0061 E0107",
    "borrow": "E0106 E0373 E0381 E0382 E0499 E0502 E0503 E0505 E0506 E0507 E0515 E0521 E0597 E0716",
    "immutable": "E0384 E0594 E0596",
    "missing-case": "E0004 E0023 E0027 E0063",
    "unimplemented": "E0046 E0277 E0369 E0277",
    "mismatch": "E0308 E0282 E0283 E0605 E0606 E0604 E0600 E0608 E0618 E0631",
    "unused-import": "unused_imports",
    "unused-mut": "unused_mut",
}
CODES: Mapping[str, str] = {said: code for code, listed in _CODES.items() for said in listed.split()}
_SYNTAX = re.compile(r"expected |unexpected |mismatched closing|this file contains|un(?:known start|terminated|closed)")
_MACRO = "cannot find macro"
_UNLINKED = re.compile(r"unlinked crate `(\w+)`|can't find crate for `(\w+)`")
_QUOTED = re.compile(r"`([^`]+)`")
_SOUND = (
    *(
        "add `",
        "call `Into::into`",
        "consider annotating",
        "consider borrowing",
        "consider changing this to be mutable",
    ),
    *("consider cloning", "consider dereferencing", "consider importing", "consider introducing a named lifetime"),
    *("consider iterating", "consider restricting", "convert", "dereference", "remove", "the following trait"),
    *("there is a method", "trait `", "try using a conversion method", "try wrapping", "use `.", "use a float literal"),
    *("wrap the", "you can convert", "you might have meant to use"),
)
"""How those offers begin that are worth to be tried, although the compiler is not sure of them."""
_SUMMARY = ("aborting due to", "could not compile", "Some errors have detailed", "For more information")
_Piece = tuple[int, int, int, int, str]
_ELSEWHERE = "for further information visit"
_HELPS = 2
_LETTERS = 700


@dataclass(frozen=True)
class Told:
    """What one run of cargo told."""

    diagnostics: tuple[Diagnostic, ...]
    sound: frozenset[str]
    """The files that crates begin with which compiled, in whatever form they were wanted."""
    programs: Mapping[str, Path] = field(default_factory=dict[str, Path])
    """The file that a program begins with -> the program; of tests where tests were wanted."""


def read(done: Completed, root: Path, files: Mapping[str, str], stage: Stage) -> Told:
    """Read what cargo said of the project at `root`."""
    found: list[Diagnostic] = []
    made: dict[str, Path] = {}
    sound, broken = set[str](), set[str]()
    for said in _messages(done.stdout):
        source = _inside(str(said.get("target", {}).get("src_path", "")), root)
        if said["reason"] == "compiler-artifact" and source in files:
            sound.add(source)
            made |= {source: Path(said["executable"])} if said.get("executable") else {}
        elif said["reason"] == "compiler-message" and said["message"]["level"] == "error":
            broken.add(source)
            found += [each for each in [_diagnostic(said["message"], root, files, stage)] if each]
    told = distinct(found)
    if done.returncode != 0 and not told:
        told = [_of_cargo(done, stage)]
    return Told(tuple(told), frozenset(sound - broken), made)


def distinct(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics, each once, in the order of files and lines."""
    first = {(key(each), each["line"]): each for each in found}
    return sorted(first.values(), key=lambda each: (each["path"], each["line"], each["column"]))


def diagnostic(message: str, code: str, place: tuple[str, int, int], stage: Stage) -> Diagnostic:
    """Make a diagnostic without a symbol."""
    path, line, column = place
    return Diagnostic(path=path, line=line, column=column, symbol="", code=code, message=message, stage=stage)


def _messages(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and "reason" in said:
            yield said


def _inside(path: str, root: Path) -> str:
    return path.removeprefix(f"{root}/")


def _diagnostic(said: dict[str, Any], root: Path, files: Mapping[str, str], stage: Stage) -> Diagnostic | None:
    if said["message"].startswith(_SUMMARY):
        return None
    span = _place(said["spans"], root, files)
    path = _inside(span["file_name"], root) if span else MANIFEST
    code, symbol = _classified(said, files.get(path, ""), path)
    place = (path, span["line_start"], span["column_start"]) if span else (path, 0, 0)
    found = diagnostic(_worded(said).replace(f"{root}/", "")[:_LETTERS], code, place, stage)
    found["symbol"] = symbol
    if offers := list(_offers(said, root, path)):
        found["offers"] = offers
    return found


def _place(spans: Sequence[dict[str, Any]], root: Path, files: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the span of the project that an error is about, outside of the macros of others."""
    for span in sorted(spans, key=lambda each: not each["is_primary"]):
        while span and _inside(span["file_name"], root) not in files:
            span = span["expansion"]["span"] if span.get("expansion") else None
        if span:
            return span
    return None


def _classified(said: dict[str, Any], text: str, path: str) -> tuple[str, str]:
    """Return the code of an error, and the name that it is about."""
    number = str(said["code"]["code"]) if said["code"] else ""
    named = _QUOTED.search(said["message"])
    symbol = named[1].rpartition("::")[2].partition("<")[0] if named else ""
    words = " ".join([said["message"], *(span["label"] or "" for span in said["spans"])])
    if unlinked := _UNLINKED.search(words):
        return "missing-package", unlinked[1] or unlinked[2]
    if number:
        return CODES.get(number, "other" if number.startswith("E0") else "vet"), symbol
    if said["message"].startswith(_MACRO):
        return "undefined", symbol
    broken = _SYNTAX.match(said["message"]) or syntax_of(path).parse(text).faults
    return ("syntax", "") if broken else ("other", symbol)


def _worded(said: dict[str, Any]) -> str:
    """Return what an error says, where it points at, and what would help."""
    labels = [span["label"] for span in said["spans"] if span["is_primary"] and span["label"]]
    lines = [": ".join([said["message"], *labels[:1]])]
    for child in said["children"]:
        if child["level"] == "help" and len(lines) <= _HELPS and not child["message"].startswith(_ELSEWHERE):
            wanted = [span["suggested_replacement"].strip() for span in child["spans"] if span["suggested_replacement"]]
            lines.append(f"help: {child['message']}{f': `{wanted[0]}`' if wanted and wanted[0] else ''}")
    return "\n".join(lines)


def _offers(said: dict[str, Any], root: Path, path: str) -> Iterator[list[_Piece]]:
    """Yield the edits of the same file that the compiler offers, those first that it is sure of."""
    offered: list[tuple[bool, list[_Piece]]] = []
    for child in said["children"]:
        spans = [span for span in child["spans"] if span["suggested_replacement"] is not None]
        sure = all(span["suggestion_applicability"] == "MachineApplicable" for span in spans)
        own = all(_inside(span["file_name"], root) == path for span in spans)
        if spans and own and (sure or child["message"].startswith(_SOUND)):
            offered.append((not sure, [_piece(span) for span in spans]))
    yield from (pieces for _, pieces in sorted(offered, key=lambda each: each[0]))


def _piece(span: dict[str, Any]) -> _Piece:
    place = (span["line_start"], span["column_start"], span["line_end"], span["column_end"])
    return *place, span["suggested_replacement"]


def _of_cargo(done: Completed, stage: Stage) -> Diagnostic:
    """Say why cargo failed without a word of the compiler: the manifest, a target that is not there, a limit."""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    what = f"the compiler reached its limit of {done.stopped}" if done.stopped else "\n".join(lines[:6])
    code = "limit" if done.stopped else "no-target" if "no targets specified" in done.stderr else "manifest"
    message = re.sub(r"(?:`?/\S+/)?Cargo\.toml`?", MANIFEST, what.removeprefix("error: "))
    return diagnostic(message[:_LETTERS] or "cargo ended without a word", code, (MANIFEST, 0, 0), stage)
