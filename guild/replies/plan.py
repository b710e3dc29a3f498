"""What a planner answers: the source files of a project, with what each declares."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from guild.errors import ReplyError
from guild.replies.blocks import clean
from guild.spec.sketch import Part, Sketch


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")
    head: str
    does: str


class _File(BaseModel):
    model_config = ConfigDict(extra="ignore")
    path: str
    purpose: str
    parts: list[_Part]


class _Plan(BaseModel):
    model_config = ConfigDict(extra="ignore")
    files: list[_File]


def sketches(reply: str) -> list[Sketch]:
    """Return the files that the first JSON object of a reply plans; ReplyError where there is none of that form."""
    try:
        found = _Plan.model_validate(_object(clean(reply)))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReplyError(f"the plan does not have the form that is asked for: {where}: {first['msg']}") from error
    return [
        Sketch(
            path=file.path.strip(),
            purpose=file.purpose.strip(),
            parts=[Part(head=part.head.strip(), does=part.does.strip()) for part in file.parts],
        )
        for file in found.files
    ]


def _object(text: str) -> Any:
    start = text.find("{")
    if start < 0:
        raise ReplyError("the plan holds no JSON")
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError) as error:
        raise ReplyError(f"the plan is no JSON: {error}") from error
