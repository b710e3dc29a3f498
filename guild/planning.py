"""A Spec without files gets them: a model sketches, a strict lint refuses what is poor, another draft is drawn."""

from collections.abc import Sequence

import yaml

from guild import prompts
from guild.asking import ask
from guild.errors import ReplyError
from guild.models import Request
from guild.plan.drafting import composed, refusal
from guild.replies import sketches
from guild.spec.model import Spec
from guild.spec.prose import keywords
from guild.spec.sketch import Sketch
from guild.values import Reply
from guild.workshop import Desk, Workshop

_PATH = "plan.json"
_OPENING = '```json\n{"files": [\n  {"path": "'
_CLOSING = "\n```"
_WARMER = (0.0, 0.3, 0.5, 0.7, 0.7)
"""What is added to the temperature, draw by draw."""
_TOKENS = 1024
_NAMING = 3
"""Words of a sentence that name its project."""
_LONGEST_NAME = 60


def with_files(desk: Desk, text: str, spec: Spec) -> tuple[str, list[Reply]]:
    """Return the YAML text of a Spec with the files that a model plans for it, and the replies that it took.

    Raises ReplyError where no draft is sound.
    """
    replies: list[Reply] = []
    why = ""
    for number in range(len(_WARMER)):
        request = _request(desk.shop, spec, number)
        replies.append(ask(desk, request))
        try:
            drawn = sketches(replies[-1]["text"])
            whole = composed(text, spec, drawn)
            why = _echo(drawn, request.prompt) or refusal(spec, drawn, whole)
        except ReplyError as error:
            whole, why = "", str(error)
        desk.emit("sketched", draw=number, reason=why)
        if not why:
            return whole, replies
    mend = "write the `files:` of the Spec yourself, or try a larger --model"
    raise ReplyError(f"no plan of {len(replies)} was sound, the last one because: {why}; {mend}")


def _echo(drawn: Sequence[Sketch], prompt: str) -> str:
    """Return what a plan says word for word as the prompt's example of another project does; empty where none does."""
    said = (part["does"] for sketch in drawn for part in sketch["parts"])
    echoed = next((does for does in said if does and does in prompt), "")
    return f"{echoed!r} is said of the example" if echoed else ""


def opening_of(sentence: str, language: str, *, name: str = "") -> str:
    """Return the YAML text of a Spec that says what a sentence does, and lists no files.

    Its first words name it where no name is given.
    """
    name = name or "-".join(keywords(sentence)[:_NAMING])[:_LONGEST_NAME].rstrip("-") or "project"
    head = {"name": name, "language": language, "description": sentence.strip()}
    return yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=100)


def _request(shop: Workshop, spec: Spec, number: int) -> Request:
    description = " ".join(spec.description.split())
    system, prompt = prompts.load(spec.language, "plan").render(description=description, path=_PATH)
    settings = shop.settings
    prefill = _OPENING if shop.model("plan").continues and "prefill" not in settings.without else ""
    return Request(
        role="plan",
        path=_PATH,
        round=0,
        draw=number,
        system=system,
        prompt=prompt,
        temperature=settings.temperature + _WARMER[number],
        seed=settings.seed * 1000 + number,
        max_tokens=min(_TOKENS, settings.max_reply_tokens),
        stop=tuple(stop for stop in (settings.stop, _CLOSING if prefill else "") if stop),
        prefill=prefill,
        cut=False,
    )
