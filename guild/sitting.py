"""One sitting of a run: under its lock, from where it stands to where it ends, Ctrl-C and kills included."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from langchain_core.runnables import RunnableConfig
from langgraph.errors import GraphDrained
from langgraph.runtime import RunControl
from langgraph.types import StateSnapshot

from guild.checkpoint import open_saver
from guild.delivery import Delivery
from guild.errors import NOTHING_LOST, GuildError, OutputError, RunError
from guild.graph import Graph, compiled
from guild.handover import Handover
from guild.manifest import Manifest
from guild.nodes.accounts import exhausted
from guild.records import Records
from guild.state import GRAPH_VERSION, Errand, Input, State, undrafted
from guild.values import Expect, Kind, OracleResult, Proposal
from guild.watch import Watcher, drained_by_interrupt
from guild.workshop import Workshop
from guild.workspace import text_digest

RECURSION_LIMIT = 10_000


class Start(NamedTuple):
    """Where a stream begins: an input, or None to go on, and the checkpoint."""

    input: Input | Errand | None
    config: RunnableConfig


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A run, what works on it, where its files go and who watches."""

    records: Records
    shop: Workshop
    delivery: Delivery | Handover
    watch: Watcher
    checkpoint: str = ""
    """The checkpoint to go on from; the newest where empty."""

    def work(self, *, anew: bool) -> State:
        """Work until the run ends or is drained: from its beginning, or from where it stands. The caller holds it."""
        started = time.monotonic()
        self._tell_started(resumed=not anew)
        with open_saver(self.records.checkpoints) as saver:
            graph = compiled(self.shop, saver, kind=kind_of(self.records.manifest()))
            config = thread(self.records.folder.name, self.checkpoint)
            try:
                begin = Start(beginning(self.records.manifest()), config) if anew else self._ready(graph, config)
                drained = self._until_settled(graph, begin)
            except GuildError as error:
                error.add_note(f"{NOTHING_LOST}: guild resume {self.records.folder.name}")
                raise
            state = cast(State, graph.get_state(thread(self.records.folder.name)).values)
            self._deliver(state)
            self._close(state, "cancelled" if drained else state.get("outcome") or "", started)
        return state

    def _until_settled(self, graph: Graph, begin: "Start | None") -> bool:
        """Stream, then judge what a person changed in --out meanwhile; return whether Ctrl-C came between."""
        while begin is not None:
            if self._stream(graph, begin):
                return True
            newest = thread(self.records.folder.name)
            state = cast(State, graph.get_state(newest).values)
            self._deliver(state)
            begin = self._ready(graph, newest) if self._person(state) is not None else None
        return False

    def _tell_started(self, *, resumed: bool) -> None:
        manifest = self.records.manifest()
        told = {name: manifest[name] for name in ("run", "name", "out")}
        model = self.shop.models["dev"]
        self.watch.event({"kind": "started", **told, "model": model.name, "resumed": resumed})

    def _ready(self, graph: Graph, config: RunnableConfig) -> "Start | None":
        """Prepare to go on, None where nothing is left to do: a person's changes become a proposal, limits are new."""
        snapshot = graph.get_state(config)
        state = cast(State, snapshot.values)
        if "plan" not in state:
            return Start(None if snapshot.next else beginning(self.records.manifest()), config)
        if state.get("graph_version") != GRAPH_VERSION:
            raise RunError("this run was made by another version of guild; start it over with guild build")
        changes = self._person(state)
        limited = bool(state["spent"]["exhausted"]) and not exhausted(state["spent"], self.shop.settings)
        # A step whose writes were saved before a kill has nothing left to run, and no outcome where more is to come.
        pending = snapshot.next or not state.get("outcome")
        if changes is None and pending and not limited:
            return Start(None, config)
        if changes is None and state.get("outcome") == "green":
            return None
        update: dict[str, Any] = {"outcome": None, "spent": {**state["spent"], "exhausted": ""}}
        if changes is not None:
            update["proposal"] = changes
        elif "verdict" in state and not snapshot.next:
            self._deliver(state)
            self._refuse_in_vain(state)
        node = _last_node(state, snapshot, changed=changes is not None)
        updated = graph.update_state(config, update, as_node=node)
        return Start(None, {**updated, "recursion_limit": RECURSION_LIMIT})

    def _person(self, state: State) -> Proposal | None:
        """Return what a person changed in --out, as a proposal; a fixer's that waits is dropped for it."""
        rendered = self.shop.toolchain.acceptance(state["files"], state["plan"]["expect"])
        if unreadable := self.delivery.unreadable():
            raise OutputError(f"{', '.join(unreadable)} in --out cannot be read as UTF-8 text; mend or delete it first")
        edits = {path: text for path, text in self.delivery.changes().items() if path not in rendered}
        if not edits:
            return None
        note = "changed by hand"
        return Proposal(edits=edits, origin="person", path=min(edits), aims=[], role=None, draws=0, note=note)

    def _refuse_in_vain(self, state: State) -> None:
        """Say what must change first, rather than end again at once: a limit, or what no model may mend."""
        settings, spent = self.shop.settings, state["spent"]
        rounds = sum(1 for entry in state.get("rounds", []) if entry["origin"] == "fix")
        tokens = spent["prompt_tokens"] + spent["completion_tokens"]
        yours = [found for found in state["verdict"]["diagnostics"] if found.get("owner") == "user"]
        if yours and len(yours) == len(state["verdict"]["diagnostics"]):
            raise RunError(f"what is left is yours to mend: {yours[0]['message']}")
        if rounds >= settings.max_fix_rounds:
            raise RunError(f"the run has had its {rounds} fix rounds; allow more with --max-fix-rounds")
        if settings.max_tokens_total and tokens >= settings.max_tokens_total:
            raise RunError(f"the run has spent {tokens} tokens; allow more with --max-tokens-total")
        if settings.max_minutes and spent["seconds"] >= settings.max_minutes * 60:
            raise RunError(f"the run has worked {spent['seconds'] / 60:.1f} minutes; allow more with --max-minutes")

    def _stream(self, graph: Graph, begin: "Start") -> bool:
        """Let the graph work; return whether it was drained by Ctrl-C before its end."""
        control = RunControl()
        with drained_by_interrupt(control, self.watch):
            try:
                for part in graph.stream(
                    cast(Any, begin.input),
                    begin.config,
                    context=self.shop.settings,
                    durability="sync",
                    control=control,
                    stream_mode=["values", "custom"],
                    version="v2",
                ):
                    self._take(cast("dict[str, Any]", part))
            except GraphDrained:
                return True
        return False

    def _take(self, part: Mapping[str, Any]) -> None:
        if part["type"] == "custom":
            self.watch.event(part["data"])
            self._tell_dropped(part["data"])
        elif part["type"] == "values":
            self._deliver(cast(State, part["data"]))
            self.watch.event({"kind": "step"})

    def _tell_dropped(self, event: Mapping[str, Any]) -> None:
        """Say where a person's change lies that the gate did not keep."""
        if event["kind"] == "gate" and event["origin"] == "person" and not event["kept"]:
            for path, digest in event["edits"].items():
                where = f"; it lies in {self.records.folder}/blobs/{digest}" if digest else "; it is put back"
                self._note(f"your change of {path} was not kept ({event['reason']}){where}")

    def _note(self, text: str) -> None:
        self.watch.event({"kind": "note", "text": text})

    def _deliver(self, state: State) -> None:
        """Write --out, unless a person's change there still waits to be judged."""
        proposal = state.get("proposal")
        if "plan" not in state or (proposal is not None and proposal["origin"] == "person"):
            return
        if self.delivery.whole and state.get("outcome") != "green":
            return
        files = state.get("files", {})
        acceptance = self.shop.toolchain.acceptance(files, _askable(state)) if "verdict" in state else {}
        judged = {digest for r in state.get("rounds", []) if r["origin"] == "person" for digest in r["edits"].values()}
        self.delivery.write({**files, **acceptance}, judged | self._put_back(acceptance))

    def _put_back(self, acceptance: Mapping[str, str]) -> set[str]:
        """Keep what a person wrote into a rendered acceptance test, and say that the Spec is the place for it."""
        changed = {path: text for path, text in self.delivery.changes().items() if path in acceptance}
        for path, text in changed.items():
            where = f"{self.records.folder}/blobs/{self.records.put(text)}" if text else "nowhere: it was deleted"
            self._note(f"{path} is rendered from the Spec and put back; change `expect:` there. Yours lies in {where}")
        return {text_digest(text or "") for text in changed.values()} | {""}

    def _close(self, state: State, outcome: str, started: float) -> None:
        manifest = self.records.manifest()
        self.records.write_files(state.get("files", {}))
        self.records.write_manifest(
            {
                **manifest,
                "outcome": outcome,
                "finished": datetime.now(UTC).isoformat(timespec="seconds"),
                "seconds": round(manifest["seconds"] + time.monotonic() - started, 3),
            }
        )


def _askable(state: State) -> list[Expect]:
    """Return the oracles that compile, so that one which does not takes no other down with it in --out."""
    results = state["verdict"]["oracles"]
    expect = state["plan"]["expect"]
    return [oracle for n, oracle in enumerate(expect) if n >= len(results) or not _unfit(results[n])]


def _unfit(result: OracleResult) -> bool:
    return result["ok"] is None and result["message"].startswith("does not compile")


def kind_of(manifest: Manifest) -> Kind:
    """Return the graph that a run is of."""
    return manifest["errand"]["kind"] if "errand" in manifest else "build"


def beginning(manifest: Manifest) -> Input | Errand:
    """Return what a run's graph starts from."""
    if "errand" in manifest:
        return Errand(project=manifest["out"], request=manifest["errand"]["request"])
    return Input(spec=manifest["spec"])


def thread(run: str, checkpoint: str = "") -> RunnableConfig:
    """Return the config of a run's thread, at its newest checkpoint or at a given one."""
    configurable = {"thread_id": run, "checkpoint_ns": ""}
    if checkpoint:
        configurable["checkpoint_id"] = checkpoint
    return {"configurable": configurable, "recursion_limit": RECURSION_LIMIT}


def _last_node(state: State, snapshot: StateSnapshot, *, changed: bool) -> str:
    """Return the node in whose name to update, so that its edge leads to what is due."""
    if "verdict" not in state:
        return "test_coder" if "verifier" in snapshot.next else "dev_coder"
    if changed:
        return "fixer"
    if undrafted(state, "dev") or undrafted(state, "test"):
        return "test_coder" if state.get("before") else "dev_coder"
    return "verifier"
