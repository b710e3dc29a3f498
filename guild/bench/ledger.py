"""The results of a bench: one line of JSON a row, arm and seed, in `results.jsonl`, kept as each finishes."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NotRequired, cast

from typing_extensions import TypedDict

from guild.errors import UserError
from guild.workspace import Workspace

RESULTS = "results.jsonl"


class Result(TypedDict):
    """How a row went: in which arm, under which seed, at which cost, from which versions."""

    bench: str
    language: NotRequired[str]
    """Go where it is not said: the first results are of Go alone."""
    id: str
    arm: str
    seed: int
    ok: bool
    strict: bool | None
    """Of a review: whether it holds without the gameable part."""
    why: str
    outcome: str
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    model_seconds: float
    toolchain_seconds: float
    rest_seconds: float
    """What is neither the model's nor the toolchain's."""
    rounds: int
    fired: dict[str, int]
    helped: dict[str, int]
    run: str
    """The folder of its records, below `runs`."""
    fingerprint: str
    versions: dict[str, str]


def tokens(result: Result) -> int:
    """Return all tokens that a row took."""
    return result["prompt_tokens"] + result["completion_tokens"]


class Ledger:
    """The results below one folder; the newest of a row, arm and seed counts."""

    def __init__(self, folder: Path) -> None:
        self._space = Workspace(folder)
        path = folder / RESULTS
        self.results = read_results([path]) if path.exists() else []

    def add(self, result: Result) -> None:
        """Keep a result, in place of an older one of the same row, arm and seed."""
        self.results = newest([*self.results, result])
        self._space.write({RESULTS: "".join(json.dumps(each) + "\n" for each in self.results)})

    def find(self, fingerprint: str, id: str) -> Result | None:
        """Return the result of a row that was run under exactly this fingerprint."""
        return next((each for each in self.results if (each["fingerprint"], each["id"]) == (fingerprint, id)), None)


def newest(results: Iterable[Result]) -> list[Result]:
    """Return the last result of each bench, row, arm and seed."""
    last: dict[tuple[str, str, str, int], Result] = {}
    for result in results:
        place = result["bench"], result["id"], result["arm"], result["seed"]
        last.pop(place, None)
        last[place] = result
    return list(last.values())


def read_results(paths: Sequence[Path]) -> list[Result]:
    """Read files of results; a UserError names the line that is none."""
    found: list[Result] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"{path}: cannot be read: {error}") from error
        found += [_result(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    return newest(found)


def _result(line: str, where: str) -> Result:
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        raise UserError(f"{where}: is not JSON: {error}") from error
    fields = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    missing = sorted(Result.__required_keys__.difference(fields))
    if missing:
        raise UserError(f"{where}: is no result of a bench: {missing[0]} is missing")
    return cast(Result, fields)
