"""Arriving at a project that is there: it is read, and judged as it is."""

from dataclasses import dataclass
from pathlib import Path

from langgraph.runtime import Runtime

from guild.check import check
from guild.errors import UserError
from guild.existing import foreign_imports, project_language, read_project
from guild.settings import Settings
from guild.state import State
from guild.surveying import project_plan
from guild.values import Plan, Verdict
from guild.workshop import Desk, Workshop, workshop_for


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A project that is there, with a Plan that asks for nothing yet and what the toolchain says of it."""

    desk: Desk
    files: dict[str, str]
    plan: Plan
    verdict: Verdict


def arrived(state: State, runtime: Runtime[Settings], shop: Workshop | None) -> Arrived:
    """Read the project of an errand and judge it; UserError for one that cannot be worked on."""
    folder = Path(state["project"])
    files = read_project(folder)
    desk = Desk(shop or workshop_for(runtime.context, project_language(files)), runtime.stream_writer)
    request = " ".join(state.get("request", "").split())
    plan = project_plan(folder.resolve().name, files, desk.shop.toolchain.language, request)
    if foreign := next(foreign_imports(files, plan["module"]), ""):
        raise UserError(f"{folder} imports {foreign}; guild works on projects of the standard library alone so far")
    verdict = check(files, plan, desk.shop.toolchain)
    desk.emit("verdict", round=0, origin="found", **verdict)
    return Arrived(desk=desk, files=files, plan=plan, verdict=verdict)
