"""The planner: a Spec becomes a Plan, and the files that need no model."""

import time

from langgraph.runtime import Runtime

from guild.nodes.accounts import spend
from guild.plan import make_plan
from guild.planning import with_files
from guild.settings import Settings
from guild.spec import load_spec, self_contained
from guild.state import GRAPH_VERSION, State, Update
from guild.toolchains import LANGUAGES
from guild.values import Reply
from guild.workshop import Desk, Workshop, workshop_for


def planner(state: State, runtime: Runtime[Settings], *, shop: Workshop | None = None) -> Update:
    """Read the Spec, have its files planned where it lists none, order them, write what needs no model."""
    started = time.monotonic()
    text, replies = self_contained(state["spec"]), list[Reply]()
    spec = load_spec(text, languages=LANGUAGES)
    desk = Desk(shop or workshop_for(runtime.context, spec.language), runtime.stream_writer)
    if not spec.files:
        text, replies = with_files(desk, text, spec)
        spec = load_spec(text, languages=LANGUAGES)
    plan, files = make_plan(spec)
    paths = [task["path"] for task in plan["tasks"]]
    ready = {**desk.shop.toolchain.scaffold(plan["module"], paths), **files}
    desk.emit("plan", tasks=plan["tasks"], ready=sorted(ready))
    return {
        "spec": text,
        "plan": plan,
        "files": dict(ready),
        "graph_version": GRAPH_VERSION,
        "spent": spend(state, desk.shop.settings, started, replies),
        "question": "plan" if desk.shop.settings.approve else None,
        "outcome": None,
    }
