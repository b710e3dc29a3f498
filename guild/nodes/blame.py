"""Blame: which file a red Verdict points at, and how to ask for its change."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from guild.state import State
from guild.syntax import go
from guild.values import Diagnostic, Expect, OracleResult, Plan, rank
from guild.workshop import Workshop

Mode = Literal["mend", "redraw"]
_WORD = re.compile(r"\w+")


UNTESTED: frozenset[str] = frozenset({"missing-file", "missing-test", "hollow-test", "skipped-test", "no-proof"})
"""Codes that say what a test file lacks, not what it found."""


def writable(plan: Plan) -> list[str]:
    """Return the paths that a model may write, in order."""
    return [task["path"] for task in plan["tasks"] if task["role"] in ("dev", "test")]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A file to change: mended with what the toolchain says in view, or drawn afresh without it."""

    path: str
    mode: Mode
    why: str
    diagnostics: tuple[Diagnostic, ...]
    again: int = 0


def pick(state: State, shop: Workshop) -> Target:
    """Return the candidate that was tried least; of those, the likeliest. A second try on it takes the other mode."""
    target = min(_candidates(state, shop), key=lambda candidate: _tries(state, candidate.path))
    tries = _tries(state, target.path)
    modes: tuple[Mode, Mode] = ("mend", "redraw") if target.mode == "mend" else ("redraw", "redraw")
    drawn = sum(1 for entry in state.get("rounds", []) if entry["path"] == target.path and entry["origin"] == "fix")
    mode = modes[tries % 2]
    again = drawn + 1 if mode == "redraw" else drawn
    return Target(path=target.path, mode=mode, why=target.why, diagnostics=target.diagnostics, again=again)


def _tries(state: State, path: str) -> int:
    """Count the rounds on a path since the Score last rose."""
    count = 0
    for entry in reversed(state.get("rounds", [])):
        after = entry["after"]
        if entry["kept"] and after is not None and rank(after) > rank(entry["before"]):
            break
        count += entry["path"] == path
    return count


def _candidates(state: State, shop: Workshop) -> list[Target]:
    """Return what may be changed, the likeliest first; what does not compile is asked before what does not agree."""
    mendable = [found for found in state["verdict"]["diagnostics"] if found.get("owner", "model") == "model"]
    asserted = tuple(found for found in mendable if found["stage"] == "test" and found["code"] not in UNTESTED)
    targets = list(_named(state, [found for found in mendable if found not in asserted]))
    if asserted and not any(found["stage"] in ("parse", "build", "vet") for found in mendable):
        targets += _disagreement(state, shop, asserted)
    paths = writable(state["plan"])
    return targets or [
        Target(path=path, mode="redraw", why="no file is blamed", diagnostics=tuple(mendable)) for path in paths
    ]


def _named(state: State, said: Sequence[Diagnostic]) -> Iterator[Target]:
    """Give the files that diagnostics name: mended, but drawn afresh where one is not there or does not test."""
    seen: set[str] = set()
    for found in said:
        path = _owner(state, found)
        if path in writable(state["plan"]) and path not in seen:
            seen.add(path)
            of_path = tuple(other for other in said if _owner(state, other) == path)
            afresh = path not in state["files"] or found["code"] in UNTESTED
            yield Target(path=path, mode="redraw" if afresh else "mend", why=found["code"], diagnostics=of_path)


def _owner(state: State, found: Diagnostic) -> str:
    """Return the file that has to change: the one that should declare a missing symbol, else the one that is named."""
    if found["code"] == "undefined" and found["symbol"]:
        for task in state["plan"]["tasks"]:
            promised = " ".join([*task["declares"], *task["signatures"]])
            if task["role"] == "dev" and found["symbol"] in _WORD.findall(promised):
                return task["path"]
    return found["path"]


def _disagreement(state: State, shop: Workshop, asserted: tuple[Diagnostic, ...]) -> Iterator[Target]:
    """Test and implementation disagree: what the user stated decides who is asked first."""
    implementation = tuple(_implementations(state, asserted))
    tests = [task["path"] for task in state["plan"]["tasks"] if task["role"] == "test"]
    failing = [path for path in tests if any(found["path"] == path for found in asserted)]
    stated = _stated(state, shop)
    wrong = tuple(found for ok, found in stated if ok is False)
    guilty = bool(wrong) or any(not found["path"].endswith("_test.go") for found in asserted)
    held = any(ok for ok, _ in stated) or any(oracle["ok"] for oracle in state["verdict"]["oracles"])
    cleared = held and not guilty
    why = "stated values fail" if guilty else "stated values hold" if cleared else "nothing is stated"
    seen = wrong or asserted
    blamed = [Target(path=path, mode="mend", why=why, diagnostics=seen) for path in implementation]
    redraw = [Target(path=path, mode="redraw", why=why, diagnostics=asserted) for path in failing]
    yield from ([*redraw, *blamed] if cleared else [*blamed, *redraw])


def _implementations(state: State, asserted: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Give the implementation files, those that the failing tests name most first."""
    words: list[str] = []
    for found in asserted:
        name = found.get("test", "").split("/")[0]
        text = state["files"].get(found["path"], "")
        bodies = [declared.text for declared in go.parse(text).declarations if declared.name == name]
        words += _WORD.findall(" ".join([*bodies, found["symbol"], found["message"]]))
    paths = [t["path"] for t in state["plan"]["tasks"] if t["role"] == "dev" and t["path"] in state["files"]]
    named = {
        path: sum(words.count(d.name.split(".")[-1]) for d in go.parse(state["files"][path]).declarations)
        for path in paths
    }
    yield from sorted(paths, key=lambda path: -named[path])


def _stated(state: State, shop: Workshop) -> list[tuple[bool | None, Diagnostic]]:
    """Ask the values that the prose states as if they were oracles: whether each holds, and what to say if not."""
    expect = state["plan"]["stated"]
    results = shop.toolchain.ask_oracles(state["files"], expect) if expect else ()
    asked = zip(expect, results, strict=True)
    return [(result["ok"], _said(state, shop, oracle, result)) for oracle, result in asked]


def _said(state: State, shop: Workshop, expect: Expect, result: OracleResult) -> Diagnostic:
    subject = shop.toolchain.subject(state["files"], expect, result["message"])
    return Diagnostic(
        path=subject.path,
        line=0,
        column=0,
        symbol=subject.symbol,
        code="stated",
        message=result["message"],
        stage="test",
    )
