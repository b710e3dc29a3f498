"""A Project -> its Verdict: the stages, the oracles and the probes, judged by the real toolchain.

A stage that does not pass leaves the later ones unasked in the Score; what they would say of the rest is collected all
the same, since nobody can mend an error that was never printed.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from guild.check.promises import NO_PROOF, blamed, missing_files, missing_symbols, named_tests, unproved
from guild.toolchains import Census, Report, Toolchain
from guild.values import STAGES, Diagnostic, OracleResult, Plan, Score, Stage, Verdict, key
from guild.workspace import digest, temporary

__all__ = ["NO_PROOF", "check"]


@dataclass
class _Findings:
    """What is known of one Project while it is judged."""

    stages: dict[Stage, int | None] = field(default_factory=lambda: dict.fromkeys(STAGES))
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    tested: Report | None = None
    oracles: list[OracleResult] = field(default_factory=list[OracleResult])
    stated: Sequence[OracleResult] = ()
    packages: int = 0
    race: str = "not run: not all else is green"

    def take(self, stage: Stage, said: Iterable[Diagnostic], *, ok: bool) -> bool:
        """Settle a stage: it passes when the toolchain says so and nothing else was found."""
        found = list(said)
        self.diagnostics += found
        self.stages[stage] = int(ok and not found)
        return self.stages[stage] == 1

    def add_elsewhere(self, said: Iterable[Diagnostic]) -> None:
        """Add what a later stage says of lines that nothing was said of yet."""
        known = {(each["path"], each["line"]) for each in self.diagnostics if each["line"]}
        known |= {(each["path"], each["message"]) for each in self.diagnostics}
        self.diagnostics += [
            each for each in said if not known & {(each["path"], each["line"]), (each["path"], each["message"])}
        ]


def check(files: Mapping[str, str], plan: Plan, toolchain: Toolchain) -> Verdict:
    """Judge a Project in a folder of its own."""
    begun = monotonic()
    census, found = toolchain.census(files), _Findings()
    with _placed(files) as place:
        applies = bool(plan["probes"]) or toolchain.serves(files)
        compiled = _compile(files, plan, toolchain, place, found)
        _ask_oracles(files, plan, toolchain, place, found)
        if compiled:
            _run_tests(files, plan, toolchain, place, found)
        if applies and found.stages["test"]:
            _serve(plan, toolchain, place, found)
        if all(found.stages[stage] for stage in STAGES if stage != "run" or applies):
            _race(toolchain, place, found)
    score = _score(found, applies)
    reason = _reason(found, score, census)
    if reason == NO_PROOF:
        found.diagnostics += unproved(plan)
    results = found.tested.tests if found.tested else ()
    return Verdict(
        green=not reason,
        reason=reason,
        score=score,
        diagnostics=found.diagnostics,
        tests_passed=[each.name for each in results if each.passed],
        tests_failed=[each.name for each in results if not each.passed],
        hollow=sorted(census.hollow),
        oracles=found.oracles,
        stated=[*found.stated],
        race=found.race,
        seconds=round(monotonic() - begun, 3),
        files_hash=digest(files),
    )


@contextmanager
def _placed(files: Mapping[str, str]) -> Generator[Path]:
    """Give a folder that holds exactly these files."""
    with temporary() as workspace:
        workspace.write(files)
        yield workspace.root


def _compile(files: Mapping[str, str], plan: Plan, toolchain: Toolchain, place: Path, found: _Findings) -> bool:
    """Ask parse, build and vet; the compiler has the last word on what the parser calls a fault."""
    parsed, built, vetted = toolchain.parse(files), toolchain.build(place), toolchain.vet(place)
    found.packages = vetted.packages if built.ok else built.packages
    compiles = built.ok and vetted.ok
    faults = () if compiles else _worded(parsed.diagnostics, [*built.diagnostics, *vetted.diagnostics])
    if found.take("parse", faults, ok=True):
        missing = [*missing_files(plan, files, "build"), *missing_symbols(plan, toolchain.census(files))]
        if found.take("build", [*built.diagnostics, *missing], ok=built.ok):
            return found.take("vet", vetted.diagnostics, ok=vetted.ok)
    else:
        found.add_elsewhere(built.diagnostics)
    found.add_elsewhere(vetted.diagnostics)
    return False


def _worded(faults: Iterable[Diagnostic], compiler: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return what keeps files from being read, in the compiler's words where it has some."""
    told: dict[tuple[str, int], Diagnostic] = {}
    for each in compiler:
        if each["code"] == "syntax":
            told.setdefault((each["path"], each["line"]), {**each, "stage": "parse"})
    worded = {path for path, _ in told}
    return [*told.values(), *(each for each in faults if each["code"] != "syntax" or each["path"] not in worded)]


def _run_tests(files: Mapping[str, str], plan: Plan, toolchain: Toolchain, place: Path, found: _Findings) -> None:
    """Run the project's tests; named tests that are missing, hollow or skipped, and oracles, fail the stage too."""
    found.tested = tested = toolchain.test(place)
    ran = {each.name for each in tested.tests}
    named = [
        *missing_files(plan, files, "test"),
        *named_tests(plan, toolchain.census(files), ran if tested.ok else None),
    ]
    failed_oracles = any(each["ok"] is not True for each in found.oracles)
    found.take("test", [*tested.diagnostics, *named], ok=tested.ok and not failed_oracles)


def _ask_oracles(files: Mapping[str, str], plan: Plan, toolchain: Toolchain, place: Path, found: _Findings) -> None:
    """Ask every oracle, whatever the stages say, and blame those that fail; what the prose states is evidence."""
    told = [*plan["expect"], *plan["stated"]]
    results = toolchain.ask_oracles(files, told) if told else ()
    split = len(plan["expect"])
    found.oracles += results[:split]
    found.stated = results[split:]
    asked = found.stages["build"] == 1
    for expect, result in zip(plan["expect"], found.oracles, strict=True):
        if result["ok"] is False or (result["ok"] is None and asked):
            found.diagnostics.append(blamed(expect, result, files, plan, toolchain))


def _serve(plan: Plan, toolchain: Toolchain, place: Path, found: _Findings) -> None:
    """Start the server and send it the probes."""
    report, results = toolchain.serve(place, plan["probes"])
    found.oracles += results
    found.take("run", report.diagnostics, ok=report.ok)


def _race(toolchain: Toolchain, place: Path, found: _Findings) -> None:
    """Run the tests once under the race detector, where there is one; a race fails the test stage."""
    lacking = toolchain.race_available()
    if lacking is None:
        found.race = ""
        return
    if not lacking and found.tested and found.tested.tests:
        report = toolchain.test(place, race=True)
        lacking = report.note
        if not lacking:
            found.race = "passed" if report.ok else "failed"
            found.take("test", report.diagnostics, ok=report.ok)
            return
    found.race = f"not run: {lacking or 'there are no tests'}"


def _score(found: _Findings, applies: bool) -> Score:
    counted: Sequence[Stage] = ("build", "vet", "test", "run") if applies else ("build", "vet", "test")
    passed = sum(each.passed for each in found.tested.tests) if found.tested else 0
    return Score(
        **found.stages,
        total=sum(found.stages[stage] or 0 for stage in counted),
        max=len(counted),
        packages=found.packages,
        errors=len({key(each) for each in found.diagnostics}),
        stated=sum(each["ok"] is True for each in found.stated),
        passed=passed + sum(each["ok"] is True for each in found.oracles),
    )


def _reason(found: _Findings, score: Score, census: Census) -> str:
    """Return why the Project is not green, in one line; nothing when it is."""
    failed = next((stage for stage in STAGES if found.stages[stage] == 0), None)
    if failed:
        said = [each for each in found.diagnostics if each["stage"] == failed] or found.diagnostics
        first = f": {_line(said[0])}" if said else ""
        more = f" (and {score['errors'] - 1} more)" if score["errors"] > 1 else ""
        return f"{failed} failed{first}{more}"
    sound = {each.rpartition(":")[2] for each in census.tests} - {each.rpartition(":")[2] for each in census.hollow}
    passed = {each.name for each in found.tested.tests if each.passed} if found.tested else set[str]()
    examples = {name for name in passed if name.startswith(("Example", "Fuzz"))}
    proved = bool(sound & passed or examples) or any(each["ok"] for each in found.oracles)
    return "" if proved else NO_PROOF


def _line(found: Diagnostic) -> str:
    place = f"{found['path']}:{found['line']}: " if found["line"] else f"{found['path']}: " if found["path"] else ""
    test = f"{found['test']}: " if "test" in found else ""
    return f"{place}{test}{' '.join(found['message'].split())}"[:300]
