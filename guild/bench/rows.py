"""The rows of a bench: the task, which everybody may see, and the key, which is the scorer's alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

import yaml

from guild.errors import UserError
from guild.spec import load_spec, self_contained
from guild.toolchains import LANGUAGES

Bench = Literal["unit", "edit", "catch", "review", "specs"]
BENCHES: tuple[Bench, ...] = get_args(Bench)
HIDDEN: Mapping[Bench, tuple[str, ...]] = {
    "unit": ("tests",),
    "edit": ("tests",),
    "catch": ("correct", "mutant"),
    "review": ("keywords",),
}
"""The fields of `metadata` that a row of a data file must have."""
ORACLES = ("expect", "probes")


@dataclass(frozen=True)
class Task:
    """What is asked for: all of a row that a model or the loop is ever handed."""

    id: str
    prompt: str
    """Prose, or the text of a whole Spec."""
    language: str = "go"


@dataclass(frozen=True)
class Key:
    """What an answer is held against; it does not show when printed."""

    hidden: Mapping[str, Any] = field(repr=False)


class Row(NamedTuple):
    """A row, taken apart."""

    task: Task
    key: Key

    @property
    def digest(self) -> str:
        """The SHA-256 of the whole row, so that a result says which row it is of."""
        return sha256(json.dumps([self.task.prompt, self.key.hidden], sort_keys=True).encode()).hexdigest()


def load_rows(bench: Bench, path: Path) -> list[Row]:
    """Read a data file; a UserError names the line and the field that are wrong."""
    rows: dict[str, Row] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        row = _row(bench, line, f"{path}:{number}")
        if row.task.id in rows:
            raise UserError(f"{path}:{number}: id: {row.task.id!r} stands here twice")
        rows[row.task.id] = row
    if not rows:
        raise UserError(f"{path}: holds no rows")
    return list(rows.values())


def load_specs(paths: Sequence[Path]) -> list[Row]:
    """Read whole Specs, each without its oracles, which would tell the loop what it must find out."""
    rows: dict[str, Row] = {}
    for path in paths:
        language, whole = load_spec(str(path), languages=LANGUAGES).language, self_contained(str(path))
        spec: dict[str, Any] = yaml.safe_load(whole)
        kept = {name: value for name, value in spec.items() if name not in ORACLES}
        if path.stem in rows:
            raise UserError(f"{path}: another spec is called {path.stem} too")
        rows[path.stem] = Row(Task(path.stem, _yaml(kept), language), Key({"spec": whole}))
    return list(rows.values())


def chosen(rows: Sequence[Row], ids: str | None, limit: int | None) -> list[Row]:
    """Return the rows that a user wants: those named, or the first so many."""
    if ids is None:
        return list(rows)[:limit]
    wanted = [name.strip() for name in ids.split(",") if name.strip()]
    known = {row.task.id: row for row in rows}
    if unknown := [name for name in wanted if name not in known]:
        raise UserError(f"no row {unknown[0]!r}: there are {', '.join(known)}")
    return [known[name] for name in wanted][:limit]


def spec_of(bench: Bench, task: Task) -> str:
    """Return a task as the text of a Spec: an implementation, and tests of the loop's own."""
    if bench == "specs":
        return task.prompt
    purposes = {"impl.go": task.prompt, "impl_test.go": f"Tests of what impl.go is asked for: {task.prompt}"}
    if bench == "catch":
        purposes = {"impl.go": _described(task.prompt), "impl_test.go": task.prompt}
    spec = {
        "name": "sandbox",
        "go_module": "sandbox",
        "description": "One package, sandbox. Standard library only.",
        "files": [{"path": path, "purpose": purpose} for path, purpose in purposes.items()],
    }
    return _yaml(spec)


def _described(prompt: str) -> str:
    """Return what a request for a test says of the function under test: what follows its first ` for `."""
    _, found, rest = prompt.partition(" for ")
    return rest if found else prompt


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10_000)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: is not UTF-8 text") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error


def _row(bench: Bench, line: str, where: str) -> Row:
    try:
        raw: object = json.loads(line)
    except ValueError as error:
        raise UserError(f"{where}: is not JSON: {error}") from error
    values = _mapping(raw, where)
    for name in ("id", "prompt"):
        if not isinstance(values.get(name), str) or not values[name].strip():
            raise UserError(f"{where}: {name}: must be text")
    metadata = _mapping(values.get("metadata"), f"{where}: metadata")
    for name in HIDDEN[bench]:
        kind = list if name == "keywords" else str
        if not isinstance(metadata.get(name), kind) or not metadata[name]:
            raise UserError(f"{where}: metadata.{name}: is missing or wrong; is this a file for `guild bench {bench}`?")
    reference = values.get("reference", "")
    return Row(Task(values["id"], values["prompt"]), Key({**metadata, "reference": reference}))


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UserError(f"{where}: must be an object")
    return cast(dict[str, Any], value)
