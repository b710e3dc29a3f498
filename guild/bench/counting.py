"""What a run's trace says it cost, and which mechanisms fired and helped in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from guild.records import Event


@dataclass
class Counts:
    """Tokens and seconds of a run's models, and how often each mechanism fired and helped."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    model_seconds: float = 0.0
    fired: Counter[str] = field(default_factory=Counter[str])
    helped: Counter[str] = field(default_factory=Counter[str])


def count(events: Iterable[Event]) -> Counts:
    """Sum the trace of a run up; a mechanism helped where the draft was usable, or where the gate kept its proposal."""
    counts = Counts()
    for event in events:
        if event["kind"] == "reply" and not event.get("recorded"):
            counts.prompt_tokens += event["prompt_tokens"]
            counts.completion_tokens += event["completion_tokens"]
            counts.model_seconds += event["seconds"]
        fired: list[str] = event.get("fired", [])
        useful = fired if event.get("parses") else []
        if event["kind"] == "gate":
            fired = [event["origin"]]
            useful = fired if event["kept"] else []
        counts.fired.update(fired)
        counts.helped.update(event.get("helped", useful))
    return counts
