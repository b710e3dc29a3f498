"""Corpora on disk: JSON Lines of `{"instruction": ..., "response": ...}`, read whole or refused by file and line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

from filelock import FileLock

from guild.errors import UserError
from guild.retrieval.corpus import Corpus, Example
from guild.settings import Likeness
from guild.workspace import Workspace

_WANTED = 'must be an object with texts, {"instruction": ..., "response": ...}'


def read_examples(path: Path) -> list[Example]:
    """Read a corpus file; other keys of a row are passed over, a row without the two is the user's error."""
    try:
        with path.open("rb") as lines:
            return list(_examples(lines, path))
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error


def open_corpus(named: str, *, local: Path, likeness: Likeness) -> Corpus:
    """Open the file that the user names, if any, and the local corpus beside it, where there is one."""
    examples = read_examples(Path(named).expanduser()) if named else []
    if local.exists():
        examples += read_examples(local)
    return Corpus(examples, likeness=likeness)


def add_examples(path: Path, examples: Sequence[Example]) -> int:
    """Append to a corpus file the examples that it does not hold yet, in one atomic step; return how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        there = read_examples(path) if path.exists() else []
        known = set(there)
        fresh = [example for example in dict.fromkeys(examples) if example not in known]
        before = path.read_bytes().decode() if there else ""
        ended = before if not before or before.endswith("\n") else f"{before}\n"
        lines = "".join(json.dumps(asdict(example), ensure_ascii=False) + "\n" for example in fresh)
        Workspace(path.parent).write({path.name: ended + lines})
    return len(fresh)


def _examples(lines: Iterable[bytes], path: Path) -> Iterator[Example]:
    for number, line in enumerate(lines, start=1):
        where = f"{path}:{number}"
        try:
            if text := line.decode("utf-8-sig").strip():
                yield _example(json.loads(text), where)
        except UnicodeError as error:
            raise UserError(f"{where}: is not UTF-8 text") from error
        except (ValueError, RecursionError) as error:
            raise UserError(f"{where}: is not JSON") from error


def _example(row: object, where: str) -> Example:
    fields = cast("dict[str, object]", row) if isinstance(row, dict) else {}
    texts = [fields.get(name) for name in Example.__annotations__]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise UserError(f"{where}: {_WANTED}")
    instruction, response = cast("list[str]", texts)
    (instruction + response).encode()  # a lone surrogate, which JSON can spell and no model can be sent
    return Example(instruction, response)
