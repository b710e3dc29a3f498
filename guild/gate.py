"""The one gate: whether a proposal becomes part of the Project."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from guild.syntax import Syntax, syntax_of
from guild.values import STAGES, Dispute, Plan, Proposal, Verdict, key, rank

_COMPILING: frozenset[str] = frozenset({"parse", "build", "vet"})
"""Stages whose mended diagnostics may uncover others; a test that passes now hides none."""


class Decision(NamedTuple):
    """What the gate says, and why."""

    kept: bool
    reason: str


def apply_edits(files: Mapping[str, str], edits: Mapping[str, str | None]) -> dict[str, str]:
    """Return the files with the edits in them."""
    edited = {**files, **{path: text for path, text in edits.items() if text is not None}}
    return {path: text for path, text in edited.items() if edits.get(path, text) is not None}


def refusal(proposal: Proposal, plan: Plan, files: Mapping[str, str], *, compiles: bool) -> str:
    """Say why a proposal is not even judged, or nothing: the user's files, tests and cases that stand are kept.

    Where the Project does not compile, a case may be the reason, so that only the tests themselves must stay.
    """
    if proposal["origin"] == "person":
        return ""
    for task in plan["tasks"]:
        if task["role"] == "given" and task["path"] in proposal["edits"]:
            return f"{task['path']} is the user's own"
    for path, text in proposal["edits"].items():
        syntax = syntax_of(path)
        before = syntax.test_names(files[path]) if path in files and syntax.is_test(path) else []
        lost = [name for name in before if name not in syntax.test_names(text or "")]
        if lost and syntax.parse(files[path]).faults == ():
            return f"drops {', '.join(lost)}"
        if before and compiles and (case := _weakened(syntax, files[path], text or "", proposal.get("disputes", []))):
            return f"drops or changes the case {case}"
    return ""


def _weakened(syntax: Syntax, before: str, after: str, disputes: Sequence[Dispute]) -> str:
    """Return a case that a new text no longer holds, or wants another value of than the one that was settled."""
    new = [each for each in disputes if each["new"]]
    settled = {(each["test"], each["case"], each["old"]): syntax.one_line(each["new"]) for each in new}
    left = Counter((case.test, case.call, case.want) for case in syntax.cases(after))
    for case in syntax.cases(before):
        stood = case.test, case.call, case.want
        kept = stood if left[stood] > 0 else (*stood[:2], settled.get(stood, case.want))
        if left[kept] <= 0:
            return f"{case.call} of {case.test}"
        left[kept] -= 1
    return ""


def decide(before: Verdict, after: Verdict, aims: Collection[str]) -> Decision:
    """Keep what does not lower the Score, or what mends all that it aimed at and breaks no stage that passed."""
    if rank(after["score"]) >= rank(before["score"]):
        return Decision(True, "score not lower" if not after["green"] else "green")
    left = {key(diagnostic) for diagnostic in after["diagnostics"]}
    fell = [stage for stage in STAGES if before["score"][stage] == 1 and after["score"][stage] == 0]
    compiles = all(aim.partition("|")[0] in _COMPILING for aim in aims)
    if aims and compiles and not left.intersection(aims) and not fell:
        return Decision(True, "mended what it aimed at")
    return Decision(False, f"{', '.join(fell)} fails now" if fell else _worse(before, after))


def _worse(before: Verdict, after: Verdict) -> str:
    old, new = before["score"], after["score"]
    if new["errors"] > old["errors"]:
        return f"{new['errors']} errors instead of {old['errors']}"
    return "score lower"
