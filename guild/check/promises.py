"""What the Plan promises against what the Project holds: symbols, named tests, and whom a failed oracle blames."""

from collections.abc import Iterator, Mapping

from guild.toolchains import Census, Toolchain
from guild.values import Diagnostic, Expect, FileTask, OracleResult, Plan, Stage

NO_PROOF = "no test that can fail and no oracle ran"


def blamed(
    expect: Expect, result: OracleResult, files: Mapping[str, str], plan: Plan, toolchain: Toolchain
) -> Diagnostic:
    """Say who must mend an oracle that does not hold: the model, unless the Project keeps to what the Spec declares."""
    subject = toolchain.subject(files, expect, result["message"])
    model = result["ok"] is False or subject.missing or not _agrees(plan, subject.symbol, files, toolchain)
    line = f" (line {expect['line']} of the Spec)" if expect["line"] and not model else ""
    return Diagnostic(
        path=subject.path or _task_path(plan, subject.symbol),
        line=0,
        column=0,
        symbol=subject.symbol,
        code="missing-symbol" if subject.missing else "oracle",
        message=(result["message"] if result["ok"] is False else f"{result['oracle']}: {result['message']}") + line,
        stage="test",
        owner="model" if model else "user",
    )


def missing_files(plan: Plan, files: Mapping[str, str], stage: Stage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each file of the Plan that is missing: tests in the test stage, others in the build."""
    for task in plan["tasks"]:
        wanted = (task["role"] == "test") == (stage == "test")
        if wanted and task["role"] != "module" and task["path"] not in files:
            yield _lack(task, "", stage, "missing-file", "was not written")


def unproved(plan: Plan) -> Iterator[Diagnostic]:
    """Yield what a test file lacks when nothing in the Project could have failed; nothing without a test file."""
    tests = [task for task in plan["tasks"] if task["role"] == "test"]
    if tests:
        yield _lack(tests[0], "", "test", "no-proof", NO_PROOF)


def missing_symbols(plan: Plan, census: Census) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each symbol that the Spec lists and no file that ships declares."""
    for task in plan["tasks"]:
        for symbol in task["declares"]:
            if symbol not in census.symbols:
                yield _lack(task, symbol, "build", "missing-symbol", f"{symbol} is not declared")


def named_tests(plan: Plan, census: Census, ran: set[str] | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with the tests that the Spec names; `ran` is None where it is not known which ran."""
    there = {each.rpartition(":")[2] for each in census.tests}
    sound = there - {each.rpartition(":")[2] for each in census.hollow}
    for task in plan["tasks"]:
        for name in task["tests"]:
            if name not in there:
                yield _lack(task, name, "test", "missing-test", f"{name} is missing")
            elif name not in sound:
                yield _lack(task, name, "test", "hollow-test", f"{name} cannot fail: it never reaches a failing call")
            elif ran is not None and name not in ran:
                yield _lack(task, name, "test", "skipped-test", f"{name} did not run: it is skipped or left out")


def _agrees(plan: Plan, symbol: str, files: Mapping[str, str], toolchain: Toolchain) -> bool:
    """Say whether the Project declares a symbol as the Spec's own words do, where they do."""
    return all(toolchain.agrees(files, symbol, text) for task in plan["tasks"] for text in task["signatures"])


def _task_path(plan: Plan, symbol: str) -> str:
    """Return the file that should declare a symbol: the one that promises it, else the first that a model writes."""
    dev = [task for task in plan["tasks"] if task["role"] == "dev"]
    promised = (task for task in dev if symbol and symbol in _promised(task))
    return next((task["path"] for task in (*promised, *dev)), "")


def _promised(task: FileTask) -> set[str]:
    words = " ".join([*task["declares"], *task["signatures"]])
    return set("".join(letter if letter.isalnum() or letter == "_" else " " for letter in words).split())


def _lack(task: FileTask, symbol: str, stage: Stage, code: str, message: str) -> Diagnostic:
    found = Diagnostic(path=task["path"], line=0, column=0, symbol=symbol, code=code, message=message, stage=stage)
    if stage == "test":
        found["test"] = symbol
    return found
