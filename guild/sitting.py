"""One sitting of a run: under its lock, from where it stands to where it ends, Ctrl-C and kills included."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.errors import GraphDrained
from langgraph.runtime import RunControl
from langgraph.types import Command, StateSnapshot

from guild.checkpoint import open_saver
from guild.delivery import Delivery
from guild.dialogue import Answer, Said
from guild.errors import NOTHING_LOST, GuildError, OutputError, RunError
from guild.graph import Graph, compiled
from guild.handover import Handover
from guild.nodes.accounts import exhausted, in_vain
from guild.records import Records
from guild.standing import RECURSION_LIMIT, Start, askable, beginning, kind_of, last_node, question_at, spoken, thread
from guild.state import GRAPH_VERSION, State
from guild.values import Proposal
from guild.watch import Person, Watcher, drained_by_interrupt
from guild.workshop import Workshop
from guild.workspace import text_digest


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
                begin = Start(beginning(self.records.manifest()), config) if anew else self._begun(graph, config)
                stopped = self._until_settled(graph, begin)
            except GuildError as error:
                error.add_note(f"{NOTHING_LOST}: guild resume {self.records.folder.name}")
                raise
            state = cast(State, graph.get_state(thread(self.records.folder.name)).values)
            self._deliver(state)
            self._close(state, stopped or state.get("outcome") or "", started)
        return state

    def _until_settled(self, graph: Graph, begin: "Start | None") -> str:
        """Stream, ask where a person is wanted, judge what they changed; return what stopped it, if anything."""
        while begin is not None:
            if self._stream(graph, begin):
                return "cancelled"
            newest = thread(self.records.folder.name)
            snapshot = graph.get_state(newest)
            state = cast(State, snapshot.values)
            self._deliver(state)
            if not snapshot.next:
                begin = self._ready(graph, newest, []) if self._changes(state) is not None else None
            elif (begin := self._answered(graph, snapshot)) is None:
                return "waiting" if snapshot.interrupts else "cancelled"
        return ""

    def _answered(self, graph: Graph, snapshot: StateSnapshot) -> "Start | None":
        """Put what a run stopped for to a person; None where it is left open. A stall that nobody answers has ended."""
        question = question_at(snapshot)
        about, config = question["about"], thread(self.records.folder.name)
        self._tell("question", about=about, text=question["text"])
        answer = self.watch.answer(question) if isinstance(self.watch, Person) else None
        if answer is not None:
            self._tell("said", at=about, **answer)
        elif about == "stall":
            answer = Answer(go_on=False)
        if answer is None or (about == "step" and not answer["go_on"]):
            return None
        state = cast(State, snapshot.values)
        if about == "step" or self._changes(state) is not None:
            return self._ready(graph, config, spoken(state, about, answer.get("say", "")))
        return Start(Command(resume=answer), config)

    def _begun(self, graph: Graph, config: RunnableConfig) -> "Start | None":
        """Prepare to go on with what a person says beforehand; where a question stands, that is their answer to it."""
        state = cast(State, graph.get_state(config).values)
        word = "" if state.get("question") or not isinstance(self.watch, Person) else self.watch.word()
        if word and "plan" not in state:
            raise RunError("nothing is planned yet that a word could be about; go on without --say")
        if word and state.get("outcome") == "green":
            raise RunError("the run is green; a further wish is one for guild maintain, or for another Spec")
        if word:
            self._tell("said", at="resume", go_on=True, say=word)
        return self._ready(graph, config, spoken(state, "resume", word))

    def _tell_started(self, *, resumed: bool) -> None:
        manifest = self.records.manifest()
        told = {name: manifest[name] for name in ("run", "name", "out")}
        model = self.shop.models["dev"]
        self.watch.event({"kind": "started", **told, "model": model.name, "resumed": resumed})

    def _ready(self, graph: Graph, config: RunnableConfig, said: list[Said]) -> "Start | None":
        """Prepare to go on, None where nothing is left to do: a person's changes become a proposal, limits are new."""
        snapshot = graph.get_state(config)
        state = cast(State, snapshot.values)
        if "plan" not in state:
            return Start(None if snapshot.next else beginning(self.records.manifest()), config)
        if state.get("graph_version") != GRAPH_VERSION:
            raise RunError("this run was made by another version of guild; start it over with guild build")
        changes = self._changes(state)
        limited = bool(state["spent"]["exhausted"]) and not exhausted(state["spent"], self.shop.settings)
        # A step whose writes were saved before a kill has nothing left to run, and no outcome where more is to come.
        pending = snapshot.next or not state.get("outcome")
        if changes is None and pending and (not limited or state.get("question")):
            # In the name of the node that came before: its edge leads where it led.
            return _updated(graph, config, {"said": said}) if said else Start(None, config)
        if changes is None and state.get("outcome") == "green":
            return None
        update: dict[str, Any] = {"outcome": None, "said": said, "spent": {**state["spent"], "exhausted": ""}}
        if changes is not None:
            update |= {"proposal": changes, "question": None}
        elif "verdict" in state and not snapshot.next:
            self._deliver(state)
            if reason := in_vain(state, self.shop.settings):
                raise RunError(reason)
        node = last_node(state, snapshot, changed=changes is not None)
        return _updated(graph, config, update, node)

    def _changes(self, state: State) -> Proposal | None:
        """Return what a person changed in --out, as a proposal; a fixer's that waits is dropped for it."""
        rendered = self.shop.toolchain.acceptance(state["files"], state["plan"]["expect"])
        if unreadable := self.delivery.unreadable():
            raise OutputError(f"{', '.join(unreadable)} in --out cannot be read as UTF-8 text; mend or delete it first")
        edits = {path: text for path, text in self.delivery.changes().items() if path not in rendered}
        if not edits:
            return None
        note = "changed by hand"
        return Proposal(edits=edits, origin="person", path=min(edits), aims=[], role=None, draws=0, note=note)

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
                    interrupt_before=self._stops(graph),
                    stream_mode=["values", "custom"],
                    version="v2",
                ):
                    self._take(cast("dict[str, Any]", part))
            except GraphDrained:
                return True
        return False

    def _stops(self, graph: Graph) -> list[str]:
        """Return the nodes before which a person wants to be heard: all that follow the plan, where they step."""
        steps = isinstance(self.watch, Person) and self.watch.steps
        return [name for name in graph.nodes if name not in ("__start__", "planner")] if steps else []

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

    def _tell(self, kind: str, **fields: Any) -> None:
        """Record what was asked or said, and show it."""
        self.records.event(kind, **fields)
        self.watch.event({"kind": kind, **fields})

    def _note(self, text: str) -> None:
        self.watch.event({"kind": "note", "text": text})

    def _deliver(self, state: State) -> None:
        """Write --out, unless a plan waits for its approval, or a person's change there to be judged."""
        proposal = state.get("proposal")
        if "plan" not in state or state.get("question") == "plan":
            return
        if proposal is not None and proposal["origin"] == "person":
            return
        if self.delivery.whole and state.get("outcome") != "green":
            return
        files = state.get("files", {})
        acceptance = self.shop.toolchain.acceptance(files, askable(state)) if "verdict" in state else {}
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


def _updated(graph: Graph, config: RunnableConfig, values: Mapping[str, Any], node: str | None = None) -> Start:
    """Begin where a thread stands, with values that were changed in the name of a node."""
    updated = graph.update_state(config, dict(values), as_node=node)
    return Start(None, {**updated, "recursion_limit": RECURSION_LIMIT})
