"""The planner of a project that is there and is not to be changed: what is to be tested of it, what to be read."""

import time

from langgraph.runtime import Runtime

from guild.covering import MOST, covering, untested
from guild.errors import UserError
from guild.nodes.accounts import spend
from guild.nodes.arriving import Arrived, arrived
from guild.settings import Settings
from guild.state import GRAPH_VERSION, State, Update
from guild.values import Kind, Plan, is_sound
from guild.workshop import Workshop


def inspector(state: State, runtime: Runtime[Settings], *, errand: Kind, shop: Workshop | None = None) -> Update:
    """Read the project, judge it as it is, and plan what tests it lacks, or what is to be read of it."""
    started = time.monotonic()
    there = arrived(state, runtime, shop)
    plan = _lacking(state, there) if errand == "tests" else _readable(state, there)
    asked = [task for task in plan["tasks"] if "about" in task or (errand == "review" and task["role"] == "dev")]
    there.desk.emit("plan", tasks=asked, ready=[], renamed=[])
    return {
        "plan": plan,
        "files": dict(there.files),
        "before": dict(there.files) if errand == "tests" else {},
        "errand": errand,
        "verdict": there.verdict,
        "graph_version": GRAPH_VERSION,
        "spent": spend(state, there.desk.shop.settings, started),
        "outcome": None,
    }


def _lacking(state: State, there: Arrived) -> Plan:
    """Return a Plan of tests that are lacking; they can only be tried on what is green."""
    if not is_sound(there.verdict):
        raise UserError(f"the project is not green, so that no test can show it: {there.verdict['reason']}")
    wanted = state.get("request", "").split()
    found = untested(there.files, wanted)
    if wanted and not untested(there.files | _tests_off(there), wanted):
        raise UserError(f"the project has no function and no file of the name {', '.join(wanted)}")
    return covering(there.plan, there.files, found[:MOST])


def _tests_off(there: Arrived) -> dict[str, str]:
    """Return the files of tests without what they hold."""
    return {task["path"]: "" for task in there.plan["tasks"] if task["role"] == "test"}


def _readable(state: State, there: Arrived) -> Plan:
    """Return a Plan whose implementation is what is to be read; all else is given."""
    wanted = state.get("request", "").split()
    files = [task["path"] for task in there.plan["tasks"] if task["role"] == "dev"]
    if unknown := [each for each in wanted if each not in files]:
        raise UserError(f"the project has no file {', '.join(unknown)} that could be reviewed")
    kept = {path for path in files if not wanted or path in wanted}
    if not kept:
        raise UserError("the project has no implementation that could be reviewed")
    tasks = [task for task in there.plan["tasks"] if task["path"] in kept or task["role"] != "dev"]
    return {**there.plan, "tasks": tasks}
