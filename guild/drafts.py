"""A reply becomes a Draft: parsed, spliced, repaired, formatted, and mended by what the compiler says of it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import dirname

from guild.errors import ReplyError
from guild.models.request import REPETITION
from guild.repairs import Subject, forms, mend, repair
from guild.replies import code_for
from guild.syntax import Syntax, SyntaxFault, edited, syntax_of
from guild.values import Diagnostic, FileTask, Plan, Reply, Role
from guild.workshop import Workshop

UNCHANGED = "unchanged"
"""Why a draft is of no use that is the file which is there."""
_MOST_PASSES = 6
_WORD = re.compile(r"(?<!/)\b\w+")
"""A word that may be a name; parts of a path are none."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a reply is to be read: as which file, of which Project."""

    role: Role
    path: str
    plan: Plan
    files: Mapping[str, str]
    package: str
    replaces: bool = False
    """Whether the reply stands for the whole file, or is spliced into the one that is there."""
    guarded: Collection[str] = ()
    """Declarations of the file that stay as they are, whatever the reply says of them."""
    note: str = ""
    """How a comment begins that a reply makes about itself."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What became of a reply: the file's text, and how far it reaches."""

    text: str = ""
    fired: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    """The mends after which the compiler said less."""
    usable: bool = False
    """Whether it is a whole change that the parser reads."""
    reason: str = ""
    """Why it is not usable, or the first thing that is said of it."""
    errors: int = 0
    """What the compiler says of it, once mended."""


def read(shop: Workshop, reading: Reading, reply: Reply) -> Draft:
    """Turn a reply into the file that it means: parsed, spliced, repaired, formatted."""
    if reply["finish"] in ("length", REPETITION):
        return Draft(reason="reply truncated" if reply["finish"] == "length" else "the reply repeats itself")
    others = [task["path"] for task in reading.plan["tasks"] if task["path"] != reading.path]
    try:
        code = code_for(reply["text"], reading.path, others=others)
    except ReplyError as error:
        return Draft(reason=str(error))
    current = reading.files.get(reading.path, "")
    syntax = syntax_of(reading.path)
    whole = reading.replaces and (code.whole or not syntax.file_start(reading.package))
    spliced = bool(current) and not syntax.parse(current).faults and not whole
    meant = _without_notes(syntax, code.text, reading.note) if reading.note else code.text
    text = syntax.splice(current, _allowed(syntax, meant, reading.guarded)) if spliced else meant
    repaired = repair(subject_of(reading, text), without=_switched_off(shop, reading.path))
    text = shop.toolchain.format(repaired.text)
    reason = UNCHANGED if text == current else _fault(reading.path, syntax.parse(text).faults)
    return Draft(text=text, fired=repaired.fired, usable=not reason, reason=reason)


def _without_notes(syntax: Syntax, text: str, note: str) -> str:
    """Return code without the comments that speak of the change: those at its head, and behind its lines."""
    comment = re.escape(syntax.comment)
    text = re.sub(rf"\A(?:\s*{comment} {note}[^\n]*\n)(?:\s*{comment}[^\n]*\n)*", "", text)
    return re.sub(rf"(?m)^[ \t]*{comment} {note}.*\n|[ \t]+{comment} {note}.*$", "", text)


def _allowed(syntax: Syntax, text: str, guarded: Collection[str]) -> str:
    """Return what a reply declares beside what is guarded."""
    declared = syntax.parse(text).declarations if guarded else ()
    return edited(text, [(each.start, each.end, "") for each in declared if each.name in guarded])


def compiled(shop: Workshop, reading: Reading, draft: Draft, root: Path) -> Draft:
    """Compile a draft with the Project at `root`, and mend it until that helps no more; what did not help is undone."""
    if not syntax_of(reading.path).name:
        return draft
    text, said = draft.text, complaints(shop, reading, draft.text, root)
    best, least, tried, off = draft, said, tuple[str, ...](), _switched_off(shop, reading.path)
    for _ in range(_MOST_PASSES if "mends" not in shop.settings.without else 0):
        mended = mend(subject_of(reading, text), said, without=off) if said else None
        if mended is None or mended.text == text:
            break
        text, tried = shop.toolchain.format(mended.text), (*tried, *mended.fired)
        said = complaints(shop, reading, text, root)
        best = replace(best, fired=tuple(dict.fromkeys((*best.fired, *mended.fired))))
        if _distance(said) > _distance(least):
            break
        if _distance(said) < _distance(least):
            best, least, tried = replace(best, text=text, helped=(*best.helped, *tried)), said, ()
    return replace(best, errors=len(least), reason=_shown(least[0]) if least else best.reason)


def complaints(shop: Workshop, reading: Reading, text: str, root: Path) -> list[Diagnostic]:
    """Return what the compiler says of a file, but for what only files that are not there yet can mend."""
    report = shop.toolchain.compiles(root, {reading.path: text})
    tasks = reading.plan["tasks"]
    missing = [task for task in tasks if task["path"] not in reading.files and task["path"] != reading.path]
    changing = [task for task in tasks if "change" in task]
    # The test of a change may be at fault itself: what the compiler says of it does not count against code.
    proofs = {task["path"] for task in changing if task["role"] == "test"} - {reading.path}
    return [
        each
        for each in report.diagnostics
        if each["path"] not in proofs
        and (each["path"] == reading.path or reading.path in reading.files)
        and not _is_awaited(each, [*missing, *changing], reading)
    ]


def subject_of(reading: Reading, text: str) -> Subject:
    """Return what the repairs are to look at."""
    tasks = reading.plan["tasks"]
    paths = [task["path"] for task in tasks if task["path"] != reading.path]
    return Subject(
        path=reading.path,
        text=text,
        package=reading.package,
        module=reading.plan["module"],
        siblings=dict.fromkeys(paths, "") | {p: t for p, t in reading.files.items() if p != reading.path},
        promised=[head for task in tasks if task["path"] == reading.path for head in task["signatures"]],
    )


def _is_awaited(found: Diagnostic, awaited: Sequence[FileTask], reading: Reading) -> bool:
    """Tell whether a complaint is about a symbol or a package that another file is still to bring."""
    if found["code"] == "missing-package":
        folders = {dirname(task["path"]) for task in awaited}
        return any(found["symbol"] == f"{reading.plan['module']}/{folder}".rstrip("/") for folder in folders)
    symbol = found["symbol"].rpartition(".")[2]
    promised = " ".join(word for task in awaited for word in (*task["declares"], *task["signatures"], task["purpose"]))
    return found["code"] in ("undefined", "no-member", "unknown-field") and symbol in _WORD.findall(promised)


def _distance(said: Sequence[Diagnostic]) -> tuple[bool, int, int]:
    """Return how far from sound a file is: a syntax error hides every other, a type error all that vet suspects."""
    codes = [each["code"] for each in said]
    return "syntax" in codes, len(codes) - codes.count("vet"), codes.count("vet")


def _switched_off(shop: Workshop, path: str) -> Collection[str]:
    return forms(path) if "form" in shop.settings.without else ()


def _shown(found: Diagnostic) -> str:
    return f"{found['path']}:{found['line']}: {found['message']}"


def _fault(path: str, faults: tuple[SyntaxFault, ...]) -> str:
    return f"{path}:{faults[0].line}: {faults[0].message}" if faults else ""
