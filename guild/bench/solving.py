"""The ways to an answer: one draw, draws until one compiles, one review, the whole loop; none of them sees a key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from guild import process, prompts
from guild.asking import ask
from guild.bench.finding import taken_apart
from guild.bench.rows import Bench, Task, spec_of
from guild.bench.scoring import ANSWERS
from guild.build import Place, start_in
from guild.drafts import read
from guild.errors import PromptTooLong
from guild.models import Request
from guild.nodes.accounts import NOTHING
from guild.nodes.orders import coder_order
from guild.plan import make_plan
from guild.records import Records, new_run
from guild.replies.blocks import blocks
from guild.search import Order, request_for
from guild.spec import load_spec
from guild.state import State
from guild.toolchains import LANGUAGES
from guild.values import Reply
from guild.workshop import Desk, Workshop
from guild.workspace import temporary

_REVIEW_TOKENS = 512


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What was made of a task, and what it took; the records lie below the bench's folder."""

    files: Mapping[str, str]
    records: Records
    seconds: float
    toolchain_seconds: float
    rounds: int = 0
    outcome: str = ""
    """How the loop ended, or why nothing was asked outside of it."""


@dataclass(frozen=True)
class Bout:
    """A task to be solved: of which bench, in which Workshop, with its records below which folder."""

    bench: Bench
    task: Task
    shop: Workshop
    folder: Path

    @property
    def answer(self) -> str:
        """The path of the file that is the answer."""
        return ANSWERS[self.bench]


def one_shot(bout: Bout) -> Attempt:
    """Draw once, greedily, what the loop would ask for; take the first fence as it is."""

    def solve(desk: Desk) -> dict[str, str]:
        order = coder_order(desk.shop, _begun(desk.shop, bout), bout.answer)
        asked = request_for(desk.shop, order, order.first_draw)
        stop = tuple(text for text in (desk.shop.settings.stop,) if text)
        reply = ask(desk, replace(asked, temperature=0.0, prefill="", stop=stop, cut=False))
        return {bout.answer: _first_fence(reply["text"])}

    return _attempted(bout, solve)


def best_of(bout: Bout, budget: int) -> Attempt:
    """Draw and repair each file up to the answer until it compiles or the tokens are spent; keep that, or the first."""

    def solve(desk: Desk) -> dict[str, str]:
        state, left = _begun(desk.shop, bout), budget
        for task in state["plan"]["tasks"]:
            if task["role"] in ("dev", "test") and bout.answer not in state["files"]:
                text, spent = _first_that_compiles(desk, coder_order(desk.shop, state, task["path"]), left)
                left -= spent
                state["files"] = {**state["files"], task["path"]: text}
        return state["files"]

    return _attempted(bout, solve)


def review(bout: Bout) -> Attempt:
    """Ask the loop's reviewer once about the code that stands in the prompt."""

    def solve(desk: Desk) -> dict[str, str]:
        prose, code = taken_apart(bout.task.prompt)
        given = {"project": "Project: sandbox", "purpose": prose, "current": code, "path": "impl.go"}
        prompt = prompts.load("go", "review")
        system, body = prompt.render(**{name: given[name] for name in prompt.inputs})
        request = Request(
            role="review",
            path="impl.go",
            round=0,
            draw=0,
            system=system,
            prompt=body,
            temperature=0.0,
            seed=desk.shop.settings.seed,
            max_tokens=min(_REVIEW_TOKENS, desk.shop.settings.max_reply_tokens),
        )
        return {bout.answer: ask(desk, request)["text"]}

    return _attempted(bout, solve)


class _Unseen:
    """Watches a run only to know where it lies and when its work began."""

    def __init__(self) -> None:
        self.run = ""
        self.began, self.spent = monotonic(), sum(process.durations)

    def event(self, event: Mapping[str, Any]) -> None:
        """Take note of the run's start; what else happens stands in its records."""
        if event["kind"] == "started":
            self.run = event["run"]
            self.began, self.spent = monotonic(), sum(process.durations)


def loop(bout: Bout) -> Attempt:
    """Run the real graph; Ctrl-C ends the bench, and the row is run anew another time."""
    watch = _Unseen()
    place = Place(home=bout.folder, out=bout.folder / "projects" / bout.task.id, force=True)
    result = start_in(bout.shop, spec_of(bout.bench, bout.task), place=place, watch=watch)
    if result.manifest["outcome"] == "cancelled":
        raise KeyboardInterrupt
    return Attempt(
        files=result.state.get("files", {}),
        records=Records(bout.folder / "runs" / watch.run),
        seconds=monotonic() - watch.began,
        toolchain_seconds=sum(process.durations) - watch.spent,
        rounds=len(result.state.get("rounds", [])),
        outcome=result.manifest["outcome"],
    )


def _attempted(bout: Bout, solve: Callable[[Desk], dict[str, str]]) -> Attempt:
    """Time what solves a task outside of the loop, with its prompts and replies recorded like those of a run."""
    records = Records(new_run(bout.folder, bout.task.id))
    began, spent = monotonic(), sum(process.durations)
    files, outcome = dict[str, str](), ""
    try:
        files = solve(Desk(replace(bout.shop, records=records)))
    except PromptTooLong as error:
        outcome = str(error)
    return Attempt(
        files=files,
        records=records,
        seconds=monotonic() - began,
        toolchain_seconds=sum(process.durations) - spent,
        outcome=outcome,
    )


def _begun(shop: Workshop, bout: Bout) -> State:
    """Return the State in which the loop would begin to draft."""
    text = spec_of(bout.bench, bout.task)
    plan, given = make_plan(load_spec(text, languages=LANGUAGES))
    return State(spec=text, plan=plan, files={**shop.toolchain.scaffold(plan["module"]), **given}, spent=NOTHING)


def _first_that_compiles(desk: Desk, order: Order, budget: int) -> tuple[str, int]:
    """Return the first draft that compiles, else the first there was, and the tokens that it took."""
    first, spent, number = "", 0, order.first_draw
    while not spent or spent < budget:
        reply = ask(desk, request_for(desk.shop, order, number))
        draft = read(desk.shop, order, reply)
        desk.emit("draft", path=order.path, draw=number, fired=list(draft.fired), parses=draft.usable)
        spent, number, first = spent + _tokens(reply), number + 1, first or draft.text
        if draft.usable and _compiles(desk.shop, {**order.files, order.path: draft.text}):
            return draft.text, spent
    return first, spent


def _compiles(shop: Workshop, files: Mapping[str, str]) -> bool:
    with temporary() as place:
        place.write(files)
        return shop.toolchain.vet(place.root).ok


def _tokens(reply: Reply) -> int:
    return max(1, reply["prompt_tokens"] + reply["completion_tokens"])


def _first_fence(reply: str) -> str:
    found = blocks(reply, lambda _: False)
    return next((block.text for block in found if block.fenced), reply).strip("\n") + "\n"
