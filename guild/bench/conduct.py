"""Conduct a bench: every row in every arm, marked when it has ended, kept at once, never run twice."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from guild.bench import origin, solving
from guild.bench.arms import BEST, LOOP, ONE_SHOT
from guild.bench.counting import count
from guild.bench.ledger import Ledger, Result, tokens
from guild.bench.rows import Bench, Row, Task
from guild.bench.scoring import Mark, Scorer
from guild.bench.solving import Attempt, Bout
from guild.bench.trial import fresh
from guild.errors import UserError
from guild.models import Progress
from guild.records import Records
from guild.settings import Settings, isolation
from guild.workshop import Workshop, corpus_of, open_workshop

SPEC_SECONDS = 600
"""A Spec that takes longer does not count."""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """What is to be run: rows, arms with their Settings, and where results go."""

    bench: Bench
    rows: Sequence[Row]
    """Those to run."""
    known: Sequence[Row]
    """All rows of the data: none of them may come back as an example."""
    arms: Mapping[str, Settings]
    folder: Path
    budget: int = 0
    """Tokens of best-of-N for each row; 0 is what the loop spent on it."""


@dataclass(frozen=True)
class _Work:
    """One row in one arm."""

    row: Row
    arm: str
    settings: Settings
    fingerprint: str


def conduct(programme: Programme, say: Callable[[str], None]) -> list[Result]:
    """Run what is not there yet, telling each result in a line; return all results that the folder holds."""
    programme.folder.mkdir(parents=True, exist_ok=True)
    with Records(programme.folder).hold():
        conductor = _Conductor(programme, say)
        conductor.run()
        return conductor.ledger.results


class _Conductor:
    """Works through a Programme while the bench's folder is held."""

    def __init__(self, programme: Programme, say: Callable[[str], None]) -> None:
        self.ledger = Ledger(programme.folder)
        self._programme = programme
        self._say = say
        texts = [text for row in programme.known for text in _texts(programme.bench, row.task)]
        self._corpora = {arm: corpus_of(settings).excluding(texts) for arm, settings in programme.arms.items()}

    def run(self) -> None:
        """Run the rows that have no result under what would decide it now."""
        works = [
            self._work(row, arm, LOOP in self._programme.arms)
            for arm in self._programme.arms
            for row in self._programme.rows
        ]
        due = [work for work in works if self.ledger.find(work.fingerprint, work.row.task.id) is None]
        if len(due) < len(works):
            self._say(f"{len(works) - len(due)} of {len(works)} are there already")
        if not due:
            return
        first = due[0].settings
        language = due[0].row.task.language
        with closing(open_workshop(first, language=language, report=self._report)) as shop:
            scorer = Scorer(self._programme.bench, self._programme.known, isolation(first))
            for number, work in enumerate(due, 1):
                # A toolchain of its own: what a row costs must not hang on what was asked before it.
                language = work.row.task.language
                tools, corpus = fresh(language, isolation(first)), self._corpora[work.arm].of(language)
                own = replace(shop, settings=work.settings, corpus=corpus, toolchain=tools)
                result = self._run(work, own, scorer)
                self.ledger.add(result)
                self._say(f"{number}/{len(due)} {_told(result)}")

    def _run(self, work: _Work, shop: Workshop, scorer: Scorer) -> Result:
        attempt = self._attempt(work, Bout(self._programme.bench, work.row.task, shop, self._programme.folder))
        mark = _in_time(self._programme.bench, attempt, scorer.mark(work.row.task.id, attempt.files))
        return {**_result(self._programme.bench, work, attempt, mark), "versions": origin.versions(shop)}

    def _attempt(self, work: _Work, bout: Bout) -> Attempt:
        if bout.bench == "review":
            return solving.review(bout)
        if work.arm == ONE_SHOT:
            return solving.one_shot(bout)
        if work.arm == BEST:
            return solving.best_of(bout, self._programme.budget or self._spent_by_loop(work.row) or 0)
        return solving.loop(bout)

    def _work(self, row: Row, arm: str, priced: bool) -> _Work:
        """Return a row in an arm; best-of-N is refused where nobody says how many tokens a row may take."""
        if arm == BEST and not (priced or self._programme.budget) and self._spent_by_loop(row) is None:
            raise UserError(f"{BEST} wants the tokens that the loop spent: --arm {LOOP},{BEST}, or --budget TOKENS")
        return _Work(row, arm, self._programme.arms[arm], self._fingerprint(row, arm, arm))

    def _spent_by_loop(self, row: Row) -> int | None:
        """Return what the loop spent on a row under the Settings of best-of-N."""
        result = self.ledger.find(self._fingerprint(row, LOOP, BEST), row.task.id)
        return tokens(result) if result else None

    def _fingerprint(self, row: Row, arm: str, like: str) -> str:
        """Return the fingerprint of a row in an arm, under the Settings of the arm that it is to be like."""
        extra = [
            self._programme.bench,
            arm,
            self._programme.budget if arm == BEST else 0,
            origin.corpus(self._corpora[like]),
        ]
        return origin.fingerprint(self._programme.arms[like], row.digest, extra)

    def _report(self, line: str) -> None:
        if not isinstance(line, Progress):
            self._say(line)


def _texts(bench: Bench, task: Task) -> list[str]:
    """Return the texts by which an example would be known as a row of this bench."""
    if bench != "specs":
        return [task.prompt]
    return [file["purpose"] for file in yaml.safe_load(task.prompt).get("files", ()) if "purpose" in file]


def _in_time(bench: Bench, attempt: Attempt, mark: Mark) -> Mark:
    if bench == "specs" and mark.ok and attempt.seconds > SPEC_SECONDS:
        return Mark(False, f"took {attempt.seconds:.0f} s, more than {SPEC_SECONDS}")
    return mark


def _result(bench: Bench, work: _Work, attempt: Attempt, mark: Mark) -> Result:
    counts = count(attempt.records.events())
    known = counts.model_seconds + attempt.toolchain_seconds
    return Result(
        bench=bench,
        language=work.row.task.language,
        id=work.row.task.id,
        arm=work.arm,
        seed=work.settings.seed,
        ok=mark.ok,
        strict=mark.strict,
        why=mark.why,
        outcome=attempt.outcome,
        prompt_tokens=counts.prompt_tokens,
        completion_tokens=counts.completion_tokens,
        seconds=round(attempt.seconds, 3),
        model_seconds=round(counts.model_seconds, 3),
        toolchain_seconds=round(attempt.toolchain_seconds, 3),
        rest_seconds=round(max(0.0, attempt.seconds - known), 3),
        rounds=attempt.rounds,
        fired=dict(counts.fired),
        helped=dict(counts.helped),
        run=attempt.records.folder.name,
        fingerprint=work.fingerprint,
        versions={},
    )


def _told(result: Result) -> str:
    good = "green" if result["ok"] else f"not green ({result['why']})"
    cost = f"{tokens(result)} tokens, {result['seconds']:.1f} s"
    return f"{result['arm']} {result['id']}, seed {result['seed']}: {good}, {cost}"
