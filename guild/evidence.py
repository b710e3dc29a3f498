"""What the Spec itself says a case wants: an oracle, a value that its prose states, a scenario that it spells out."""

import re
from itertools import pairwise

from guild.spec.prose import bare
from guild.syntax import Case, syntax_for
from guild.values import FileTask, Plan

_RESULT = re.compile(r" #\d+$")
_OTHERS = r"(?:\s*(?:,|and|,\s*and)\s*!?[\w.]+\([^()]*\))*"
_IS = r"\s*(?:==?|->|→|is|are|equals?|returns?|gives?|yields?|(?:must|should|to)\s+be)\s*(?:(?:all|both|exactly)\s+)?"


def stated_want(plan: Plan, case: Case) -> str:
    """Return the value that the Spec wants where a case asks, as cases are written; empty where it says nothing."""
    written = syntax_for(plan["language"]).one_line
    for told in (*plan["expect"], *plan["stated"]):
        if bare(written(told["call"])) == bare(case.call) and len(told["want"]) == 1:
            return written(told["want"][0])
    tests = (task for task in plan["tasks"] if case.test in task["tests"])
    told_of = (written(scenario(task, case.test)) for task in tests)
    return case.want if case.want and any(_says(prose, case) for prose in told_of) else ""


def scenario(task: FileTask, test: str = "") -> str:
    """Return what a purpose says of one test, from each mention of it to the next test's; what comes first, of none."""
    prose, names = task["purpose"], "|".join(map(re.escape, sorted(task["tests"], key=len, reverse=True)))
    mentions = re.finditer(rf"(?<!\w)(?:{names})(?!\w)", prose) if names else ()
    starts = [0, *(found.start() for found in mentions), len(prose)]
    parts = [prose[start:end] for start, end in pairwise(starts)]
    return parts[0] if not test else "".join(part for part in parts[1:] if re.match(rf"{re.escape(test)}(?!\w)", part))


def _says(prose: str, case: Case) -> bool:
    """Tell whether a text says that this very call has this very value, alone or in a list of calls."""
    call = re.escape(_RESULT.sub("", case.call)).replace(r"\ ", r"\s+")
    want = re.escape(case.want).replace(r"\ ", r"\s+")
    return re.search(rf"(?<![\w.!]){call}{_OTHERS}{_IS}{want}(?!\w|\.\d)", prose) is not None
