"""Types, which JavaScript has none of: those of its sister language are dropped where that makes a file parse."""

import re

from guild.repairs.react.surroundings import REACT
from guild.repairs.subject import Subject

_NAME = r"(?:readonly\s+)?(?:React\.)?[A-Za-z_]\w*"
_TYPE = rf"{_NAME}(?:<[^<>()=;]*(?:<[^<>()=;]*>[^<>()=;]*)?>)?(?:\[\])*(?:\s*\|\s*{_NAME}(?:\[\])*)*"
_SHAPE = r"\{[^{}]*\}(?:\[\])*"
_DROPPED = (
    re.compile(r"^(?:export\s+)?interface\s+\w+[^{]*\{[^}]*\}\n?", re.M),
    re.compile(r"^(?:export\s+)?type\s+\w+(?:<[^>]*>)?\s*=[^;]*;\n?", re.M),
    re.compile(r"^import\s+type\s[^;]*;\n?", re.M),
    re.compile(rf"(?<=\w)\s*\??:\s*(?:{_TYPE}|{_SHAPE})(?=\s*[,)=])"),
    re.compile(rf"(?<=\}})\s*:\s*(?:{_TYPE}|{_SHAPE})(?=\s*[,)=])"),
    re.compile(rf"(?<=\))\s*:\s*(?:{_TYPE}|{_SHAPE})(?=\s*(?:\{{|=>))"),
    re.compile(rf"\s+as\s+{_TYPE}(?=\s*[,;)\]])"),
    re.compile(rf"(?<=\w)<{_TYPE}(?:,\s*{_TYPE})*>(?=\()"),
    re.compile(r"(?<=[\w)\]])!(?=[.;,)])"),
)


def apply(subject: Subject) -> str:
    """Drop the types of a file that does not parse with them and does without; any other file stays."""
    if not REACT.parse(subject.text).faults:
        return subject.text
    text = subject.text
    for pattern in _DROPPED:
        text = pattern.sub("", text)
    return text if not REACT.parse(text).faults else subject.text
