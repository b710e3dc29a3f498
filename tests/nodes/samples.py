"""What the node tests stand on: a small Plan, planted Verdicts, a Workshop with a scripted model, a checked call."""

import copy
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from langgraph.runtime import Runtime

from guild.models.client import Context
from guild.nodes.accounts import NOTHING
from guild.records import Records
from guild.settings import Settings
from guild.state import State, Update
from guild.testing import ScriptedModel
from guild.toolchains import Census, Report, Seen, Subject, Toolchain
from guild.toolchains.go import reading
from guild.values import Diagnostic, Expect, FileTask, OracleResult, Plan, Proposal, Round, Score, Verdict
from guild.workshop import ROLES, Workshop
from guild.workspace import digest

MOD = "module example.org/k\n\ngo 1.22\n"
WRONG = "package k\n\nfunc Double(n int) int { return 3 * n }\n"
RIGHT = WRONG.replace("3 * n", "2 * n")
OTHER = "package k\n\nfunc Half(n int) int { return n / 2 }\n"
TESTS = """package k

import "testing"

func TestDouble(t *testing.T) {
	if Double(2) != 4 {
		t.Fatal("not doubled")
	}
}
"""


class Planted:
    """A toolchain that formats nothing; what it says of stated values and of text that compiles not is planted."""

    language, version = "go", "planted"

    def __init__(self, *said: bool | None, broken: Mapping[str, int] | None = None) -> None:
        self.said = said
        self.broken = broken or {}
        """Text that does not compile -> the errors that are said of it."""
        self.asked: list[Expect] = []
        self.compiled: list[str] = []

    def format(self, text: str) -> str:
        return text

    def scaffold(self, module: str, paths: Collection[str] = ()) -> dict[str, str]:
        return {"go.mod": f"module {module}\n"}

    def census(self, files: Mapping[str, str]) -> Census:
        return reading.census(files)

    def compiles(self, root: Path, edits: Mapping[str, str]) -> Report:
        self.compiled += edits.values()
        said = [
            found(path, f"{text} is wrong ({number})", stage="vet")
            for path, whole in edits.items()
            for text, errors in self.broken.items()
            for number in range(errors if text in whole else 0)
        ]
        return Report(ok=not said, diagnostics=tuple(said), seconds=0.0)

    def watch(self, files: Mapping[str, str], path: str) -> tuple[Seen, ...] | None:
        return None

    def exports(self, package: str) -> tuple[str, ...]:
        return ()

    def ask_oracles(self, files: Mapping[str, str], expect: Sequence[Expect]) -> tuple[OracleResult, ...]:
        self.asked += expect
        return tuple(
            OracleResult(oracle=each["call"], line=0, ok=ok, message=f"{each['call']} is wrong")
            for each, ok in zip(expect, self.said, strict=True)
        )

    def subject(self, files: Mapping[str, str], expect: Expect, message: str) -> Subject:
        return Subject(symbol=expect["call"].partition("(")[0], path="k.go", missing=False)


def workshop(
    folder: Path,
    script: Mapping[str, Any] | None = None,
    *,
    tools: Any = None,
    records: bool = False,
    context: int = 0,
    **settings: Any,
) -> Workshop:
    """Open a Workshop with one scripted model for every role."""
    model = ScriptedModel(script or {})
    if context:
        model.within(Context(tokens=context, note="planted"))
    toolchain: Toolchain = tools or Planted()
    return Workshop(
        settings=Settings(model="script:planted", **settings),
        models=dict.fromkeys(ROLES, model),
        toolchain=toolchain,
        records=Records(folder / "run") if records else None,
    )


def asked(shop: Workshop) -> list[Any]:
    """Return the requests that the scripted model of a Workshop has seen."""
    model = shop.models["dev"]
    assert isinstance(model, ScriptedModel)
    return model.requests


def call(node: Callable[..., Update], state: State, shop: Workshop, **fields: Any) -> Update:
    """Call a node; what it returns is JSON, and what it was given is as it was."""
    before = copy.deepcopy(state)
    update = node(state, Runtime(context=shop.settings), shop=shop, **fields)
    assert state == before, "the node changed its input"
    assert json.loads(json.dumps(update)) == update
    return update


def task(path: str, role: Literal["dev", "test", "given", "module"] = "dev", **fields: Any) -> FileTask:
    empty: dict[str, Any] = {"purpose": "", "needs": [], "declares": [], "signatures": [], "tests": [], "line": 1}
    return FileTask(path=path, role=role, **{**empty, **fields})


def expect(call: str, *want: str) -> Expect:
    return Expect(call=call, want=list(want), line=7)


def plan(*tasks: FileTask, **fields: Any) -> Plan:
    default = [task("go.mod", "module"), task("k.go"), task("k_test.go", "test", tests=["TestDouble"])]
    empty: dict[str, Any] = {"language": "go", "description": "Numbers.", "expect": [], "probes": [], "stated": []}
    return Plan(name="k", module="example.org/k", tasks=list(tasks) or default, **{**empty, **fields})


def found(path: str, message: str = "wrong", **fields: Any) -> Diagnostic:
    known: dict[str, Any] = {"line": 3, "column": 1, "symbol": "", "code": "other", "stage": "build"}
    return Diagnostic(path=path, message=message, **{**known, **fields})


def failing(test: str, path: str = "k_test.go", message: str = "got 6, want 4") -> Diagnostic:
    return found(path, message, stage="test", code="failed", test=test)


def score(*stages: int | None, errors: int = 0, passed: int = 0) -> Score:
    parse, build, vet, test, run = (*stages, *[None] * (5 - len(stages)))
    total = sum(stage or 0 for stage in (build, vet, test, run))
    return Score(
        parse=parse, build=build, vet=vet, test=test, run=run,
        total=total, max=3, packages=1, errors=errors, stated=0, passed=passed,
    )  # fmt: skip


def verdict(files: Mapping[str, str], *diagnostics: Diagnostic, green: bool = False) -> Verdict:
    return Verdict(
        green=green,
        reason="" if green else "planted",
        score=score(1, 1, 1, int(green), errors=len(diagnostics)),
        diagnostics=list(diagnostics),
        tests_passed=[],
        tests_failed=[],
        hollow=[],
        oracles=[],
        stated=[],
        race="",
        seconds=0.0,
        files_hash=digest(files),
    )


def tried(path: str, *, kept: bool = False, after: Score | None = None, **fields: Any) -> Round:
    known: dict[str, Any] = {"number": 1, "origin": "fix", "role": "fix", "draws": 1, "reason": "score lower"}
    whole: dict[str, Any] = {**known, "edits": {}, "aims": [], "files_hash": "", "before": score(1), **fields}
    return Round(path=path, kept=kept, after=after, **whole)


def proposal(edits: Mapping[str, str | None], origin: Any = "fix", **fields: Any) -> Proposal:
    known: dict[str, Any] = {"path": next(iter(edits), "k.go"), "aims": [], "role": "fix", "draws": 1, "note": ""}
    return Proposal(edits=dict(edits), origin=origin, **{**known, **fields})


def state(files: Mapping[str, str], **fields: Any) -> State:
    known: dict[str, Any] = {"plan": plan(), "files": dict(files), "spent": NOTHING}
    made: Any = {**known, **fields}
    return made
