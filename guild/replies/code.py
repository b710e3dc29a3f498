"""The code that a reply means for one file of a project."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from posixpath import basename, splitext

from guild.errors import ReplyError
from guild.replies.blocks import Block, blocks, clean, named_by_comment
from guild.syntax import Source, Syntax, syntax_of

_TEST = re.compile(r"^test_|[_.]test$")
"""What a test file's name has that the name of the file under test has not."""
_ANY_WORDS = ("", "text", "txt", "plaintext", "code")
"""What stands behind a fence that says nothing of the language."""


@dataclass(frozen=True)
class Code:
    """Code taken from a reply."""

    text: str
    whole: bool
    """A file of its own rather than declarations to splice into one."""


@dataclass(frozen=True)
class _Piece:
    """A stretch of a reply that may be one file, or a part of one."""

    syntax: Syntax
    source: Source
    name: str
    order: int
    fence: int

    @property
    def names(self) -> set[str]:
        return {found.name for found in self.source.declarations}

    @property
    def tests(self) -> set[str]:
        functions = [found.name for found in self.source.declarations if found.kind in ("func", "method")]
        return {name for name in functions if self.syntax.is_test_name(name)}

    @property
    def whole(self) -> bool:
        return bool(self.source.package or self.source.imports)


def code_for(reply: str, path: str, *, others: Collection[str] = ()) -> Code:
    """Take from a reply the code meant for a path, and leave what it repeats of the `others`.

    Raises ReplyError where nothing usable stands in it.
    """
    syntax = syntax_of(path)
    if not syntax.name:
        return _plain(reply, path)
    pieces = [piece for piece in _pieces(syntax, reply) if not _is_anothers(piece, path, others)]
    usable = [piece for piece in pieces if piece.names or piece.whole]
    if not usable:
        raise ReplyError(f"no {syntax.name} code for {path} in the reply{_seen(reply)}")
    best = max(usable, key=lambda piece: _fitness(piece, path))
    return _joined(best, usable, path, others)


def _seen(reply: str) -> str:
    text = clean(reply).strip()
    return f", which begins {' '.join(text.split())[:60]!r}" if text else ", which is empty"


def _plain(reply: str, path: str) -> Code:
    """Take a file that is not code: the block named after it or fenced as its kind, else the only one, else all."""
    found = blocks(reply, lambda _: False)
    fenced = [block for block in found if block.fenced]
    suffix = basename(path).rpartition(".")[2]
    named = [block for block in fenced if _same(block.name, path) or block.info.split()[:1] == [suffix]]
    text = named[0].text if named else fenced[0].text if len(fenced) == 1 else "" if fenced else clean(reply)
    if not text.strip():
        raise ReplyError(f"nothing for {path} in the reply{_seen(reply)}")
    return Code(text.strip("\n") + "\n", whole=True)


def _pieces(syntax: Syntax, reply: str) -> list[_Piece]:
    found = blocks(reply, partial(_sound, syntax))
    texts = [(index, block, text) for index, block in enumerate(found) for text in _texts(syntax, block)]
    pieces: list[_Piece] = []
    for order, (index, block, text) in enumerate(texts):
        said, rest = named_by_comment(text)
        source = syntax.parse(rest.strip("\n") + "\n")
        pieces.append(_Piece(syntax, source, said or block.name, order, index))
    if any(piece.source.declarations for piece in pieces):
        return pieces
    prose = [(index, _fragment(syntax, block.text)) for index, block in enumerate(found) if not block.fenced]
    loose = [_Piece(syntax, syntax.parse(text), "", index, index) for index, text in prose if text]
    return loose or pieces


def _sound(syntax: Syntax, text: str) -> bool:
    return not syntax.parse(text).faults


def _texts(syntax: Syntax, block: Block) -> list[str]:
    """Return the files that a block holds."""
    if block.fenced:
        return syntax.files_in(block.text) if _is_of(syntax, block) else []
    at = next(_lines(block.text, syntax.begins_file), -1)
    return syntax.files_in(_without_tail(syntax, block.text[at:])) if at >= 0 else []


def _is_of(syntax: Syntax, block: Block) -> bool:
    word = block.info.replace(":", " ").split()[0].lower().strip("{}.") if block.info else ""
    return word in (*_ANY_WORDS, *syntax.fences) or syntax_of(word) is syntax


def _lines(text: str, begins: Callable[[str], bool]) -> Iterator[int]:
    """Yield where the lines begin that begin something."""
    at = 0
    for line in text.splitlines(keepends=True):
        if begins(line):
            yield at
        at += len(line)


def _without_tail(syntax: Syntax, text: str) -> str:
    """Cut off the words behind unfenced code: all behind its last sound declaration, where that makes it parse."""
    source = syntax.parse(text)
    ends = [found.end for found in source.declarations if not found.broken]
    ends += [found.group[1] for found in source.declarations if found.group]
    cut = text[: max(ends)] + "\n" if ends else text
    return cut if source.faults and _sound(syntax, cut) else text


def _fragment(syntax: Syntax, text: str) -> str:
    """Return the declarations that stand in prose without a fence and without the beginning of a file, if any do."""
    for at in _lines(text, syntax.begins_declaration):
        source = syntax.parse(_without_tail(syntax, text[at:]))
        if not source.faults and any(found.kind in ("func", "method") for found in source.declarations):
            return source.text
    return ""


def _same(name: str, path: str) -> bool:
    return bool(name) and (name == path or basename(name) == basename(path))


def _is_anothers(piece: _Piece, path: str, others: Collection[str]) -> bool:
    """Tell whether a piece is plainly another file's: by its name, or nothing but tests for an implementation."""
    syntax = piece.syntax
    is_test = syntax.is_test(path)
    if _same(piece.name, path):
        return False
    if any(_same(piece.name, other) for other in others):
        return True
    if syntax_of(piece.name) is syntax and syntax.is_test(piece.name) is not is_test:
        return True
    functions = {found.name for found in piece.source.declarations if found.kind in ("func", "method")}
    return not is_test and bool(functions) and functions == piece.tests and piece.whole


def _fitness(piece: _Piece, path: str) -> tuple[bool, bool, bool, bool, int, int, int]:
    """Order pieces: named for the path, of its kind, a whole file, sound, close to its name, large, late."""
    is_test = piece.syntax.is_test(path)
    stem = _TEST.sub("", splitext(basename(path))[0]).lower()
    close = sum(stem in name.lower() for name in piece.names)
    size = len(piece.tests) if is_test else len(piece.names - {"main"})
    fits = bool(piece.tests) is is_test
    return _same(piece.name, path), fits, piece.whole, not piece.source.faults, close, size, piece.order


def _joined(best: _Piece, pieces: list[_Piece], path: str, others: Collection[str]) -> Code:
    """Add to the best piece what the reply gives of the same file elsewhere, in its order."""
    rest = [piece for piece in pieces if piece is not best and _adds(piece, best, path, others)]
    parts = [best, *rest] if best.whole else sorted([best, *rest], key=lambda piece: piece.order)
    text, names = "", set[str]()
    for piece in parts:
        if not best.whole or not names & piece.names:
            text = piece.syntax.splice(text, piece.source.text) if text else piece.source.text
            names |= piece.names
    return Code(text.strip("\n") + "\n", whole=best.whole)


def _adds(piece: _Piece, best: _Piece, path: str, others: Collection[str]) -> bool:
    """Tell whether a piece may be a part of the file that the best piece begins, rather than a use or another file."""
    syntax = piece.syntax
    is_test = syntax.is_test(path)
    if bool(piece.tests) is not is_test or "main" in piece.names or not piece.names or piece.source.faults:
        return False
    if not piece.whole:
        return not best.whole or piece.order > best.order
    alone = not any(syntax_of(other) is syntax and syntax.is_test(other) is is_test for other in others)
    return best.whole and (piece.fence == best.fence or (alone and not piece.name))
