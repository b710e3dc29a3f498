"""What may stand in a field of a Spec: each kind says in people's words what is wrong with a value."""

import json
import re
from pathlib import PurePosixPath
from typing import Annotated

from packaging.requirements import InvalidRequirement, Requirement
from pydantic import AfterValidator, BeforeValidator, Field

from guild.spec.document import Scalar

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def _text(value: object) -> str:
    if not isinstance(value, Scalar):
        raise ValueError("must be text")
    if value.kind == "null":
        raise ValueError("must be text, not nothing")
    if value.kind != "str":
        raise ValueError(f"must be text; quote it: {json.dumps(value.text)}")
    return _encodable(value.text)


def _encodable(text: str) -> str:
    if re.search("[\x00\ud800-\udfff]", text):
        raise ValueError("holds a character that no file can hold")
    return text


def _expression(value: object) -> str:
    if not isinstance(value, Scalar) or value.kind == "null" or not value.text.strip():
        raise ValueError("must be an expression of the language")
    return _encodable(value.text.strip())


def _number(value: object) -> int:
    if not isinstance(value, Scalar) or value.kind not in ("int", "str") or not re.fullmatch("[0-9]{1,9}", value.text):
        raise ValueError("must be a number")
    return int(value.text)


def _relative(path: str) -> str:
    parts = path.split("/")
    if not path.strip():
        raise ValueError("must not be empty")
    if re.search(r'[\\:*?"<>|\x00-\x1f\x7f]', path) or path != path.strip():
        raise ValueError(f"{path!r} holds a character that a path may not hold")
    if path.startswith(("/", "~")) or ".." in parts:
        raise ValueError(f"{path!r} leaves the root of the project")
    if "." in parts or "" in parts or path != str(PurePosixPath(path)):
        raise ValueError(f"{path!r} must be written without empty parts and dots")
    if any(part.lower() == ".git" for part in parts) or any(len(part.encode()) > 200 for part in parts):
        raise ValueError(f"{path!r} is no path that guild writes")
    return path


def _request(request: str) -> str:
    method, _, rest = request.strip().partition(" ")
    path = rest.split(None, 1)[0] if rest.strip() else ""
    if method not in METHODS:
        raise ValueError(f"must begin with one of {', '.join(METHODS)}")
    if not re.fullmatch("/[!-~]*", path):
        raise ValueError("must name a path that begins with / after the method")
    return request.strip()


def _requirement(text: str) -> str:
    try:
        found = Requirement(text)
    except InvalidRequirement:
        raise ValueError(f"{text!r} is no package, such as requests or numpy>=2,<3") from None
    if found.url:
        raise ValueError(f"{text!r} names an address; only packages of a registry can be installed")
    return text


def _matching(pattern: str, message: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} {message}")
        return value

    return AfterValidator(check)


_WORD = r"[^\W\d]\w*"
_MODULE_PART = r"[A-Za-z0-9_~-](?:[A-Za-z0-9_.~-]*[A-Za-z0-9_~-])?"
Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[Text, _matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!\.)", "must be letters, digits, . _ and -")]
Module = Annotated[Text, _matching(rf"{_MODULE_PART}(?:/{_MODULE_PART})*", "is no module path")]
Path = Annotated[Text, AfterValidator(_relative)]
Package = Annotated[Text, AfterValidator(_requirement)]
Symbol = Annotated[Text, _matching(rf"{_WORD}(?:\.{_WORD})?", "is no symbol")]
Test = Annotated[Text, _matching(r"[^\W\d](?:[^:/\"\n]*[^:/\"\s])?", "is no name of a test")]
Expression = Annotated[str, BeforeValidator(_expression)]
Status = Annotated[int, BeforeValidator(_number), Field(ge=100, le=599)]
Request = Annotated[Text, AfterValidator(_request)]
