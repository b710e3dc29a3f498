"""The scorer: alone sees the keys, and is handed an answer when whoever wrote it has ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from guild.bench.finding import Code, strictly
from guild.bench.rows import Bench, Key, Row
from guild.bench.trial import Trial, fresh, open_go, try_tests, vetted
from guild.check import check
from guild.plan import make_plan
from guild.replies import findings
from guild.spec import load_spec
from guild.toolchains import LANGUAGES
from guild.toolchains.go.commands import Go
from guild.values import Plan

ANSWERS: Mapping[Bench, str] = {"unit": "impl.go", "edit": "impl.go", "catch": "impl_test.go", "review": "review.txt"}
"""Which file of what was made is the answer; of a whole Spec every file is."""
SPEC_RUNS = 4


@dataclass(frozen=True)
class Mark:
    """Whether an answer counts, and why not; a review has a strict mark beside the gameable one."""

    ok: bool
    why: str = ""
    strict: bool | None = None


class Scorer:
    """Marks finished answers; nothing else is ever handed a key."""

    def __init__(self, bench: Bench, rows: Sequence[Row], sandbox: str = "auto") -> None:
        self._bench: Bench = bench
        self._rows = {row.task.id: row for row in rows}
        self._sandbox = sandbox

    @cached_property
    def _go(self) -> Go:
        return open_go(self._sandbox)

    def mark(self, id: str, files: Mapping[str, str]) -> Mark:
        """Hold the files that were made for a row against its key."""
        row = self._rows[id]
        if self._bench == "specs":
            return self._whole(row, files)
        answer = files.get(ANSWERS[self._bench], "")
        if not answer.strip():
            return Mark(False, "no answer")
        if self._bench == "review":
            return self._reviewed(row, answer)
        return self._caught(row.key, answer) if self._bench == "catch" else self._passed(row.key, answer)

    def _passed(self, key: Key, answer: str) -> Mark:
        """The hidden tests pass on the answer."""
        return _marked(self._try(key, {"impl.go": answer, "impl_test.go": key.hidden["tests"]}))

    def _caught(self, key: Key, answer: str) -> Mark:
        """The answer, a test, passes on the correct function and fails on the wrong one."""
        right = self._try(key, {"impl.go": key.hidden["correct"], "impl_test.go": answer})
        if right.why:
            return Mark(False, f"on the correct code: {right.why}")
        wrong = self._try(key, {"impl.go": key.hidden["mutant"], "impl_test.go": answer})
        if not wrong.compiled:
            return Mark(False, f"on the mutant: {wrong.why}")
        return Mark(bool(wrong.why), "" if wrong.why else "passes on the mutant")

    def _reviewed(self, row: Row, answer: str) -> Mark:
        """A keyword stands in the answer; strictly, in a finding that is about the place and about this code."""
        keywords = _keywords(row.key)
        loose = any(word in answer.lower() for word in keywords)
        others = [_keywords(other.key) for other in self._rows.values() if other is not row]
        code = Code.of(row.task.prompt, str(row.key.hidden.get("reference", "")))
        found = findings(answer, "impl.go")
        strict = strictly(found, keywords, code, others)
        return Mark(loose, "" if loose else "no keyword in the answer", strict)

    def _whole(self, row: Row, files: Mapping[str, str]) -> Mark:
        """The toolchain is content with all that the Spec asks for; strictly, what its oracles want holds too."""
        plan, _ = make_plan(load_spec(row.key.hidden["spec"], languages=LANGUAGES))
        mark = self._raced(plan, files) if row.task.language == "go" else self._checked(plan, files, oracles=False)
        if not plan["expect"] and not plan["probes"]:
            return mark
        return replace(mark, strict=mark.ok and self._checked(plan, files, oracles=True).ok)

    def _checked(self, plan: Plan, files: Mapping[str, str], *, oracles: bool) -> Mark:
        """What `guild score` says of the files."""
        asked: Plan = plan if oracles else {**plan, "expect": [], "probes": []}
        verdict = check(files, asked, fresh(plan["language"], self._sandbox))
        return Mark(verdict["green"], verdict["reason"])

    def _raced(self, plan: Plan, files: Mapping[str, str]) -> Mark:
        """All files are there, vet is content, the tests pass four times under the race detector."""
        missing = [task["path"] for task in plan["tasks"] if task["path"] not in files]
        if missing:
            return Mark(False, f"{missing[0]} is missing")
        if said := vetted(self._go, files):
            return Mark(False, said)
        race = self._go.compiler is not None
        trial = try_tests(self._go, files, runs=SPEC_RUNS, race=race, seconds=120)
        return _marked(trial) if trial.why or race else Mark(True, "without the race detector: no C compiler")

    def _try(self, key: Key, files: Mapping[str, str]) -> Trial:
        module = str(key.hidden.get("module") or "sandbox")
        return try_tests(self._go, {"go.mod": f"module {module}\n\ngo 1.23\n", **files})


def _marked(trial: Trial) -> Mark:
    return Mark(not trial.why, trial.why)


def _keywords(key: Key) -> tuple[str, ...]:
    return tuple(str(word).lower() for word in key.hidden["keywords"])
