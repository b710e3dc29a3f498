"""What a reviewer answers: findings line by line, and the case that would prove one."""

import re
from posixpath import basename

from guild.findings import Finding
from guild.replies.blocks import clean
from guild.syntax import syntax_of

_MOST_FINDINGS = 20
_FINDING = re.compile(
    r"^[\s>*`-]*(?:(?P<path>[\w./-]+\.\w+)[`*]*\s*[:,(]?\s*)?[`*]*(?:lines?\s*)?(?P<line>\d+)(?:\s*[-–,]\s*\d+)*"
    r"(?::\d+)?\)?[`*]*\s*(?::|–|—|-(?=\s))\s*[`*]*(?P<message>\S.*)$",
    re.IGNORECASE,
)
_CASE = re.compile(r"^[\s>*`#-]*case\b[\s*`]*\d*[\s*`]*:[\s*]*(?P<equation>.+)$", re.IGNORECASE)
_CLEAN = re.compile(r"^\W*clean\W*$", re.IGNORECASE)


def findings(reply: str, path: str) -> list[Finding]:
    """Return the `path:LINE: message` and `LINE: message` lines of a review of one file; none for CLEAN."""
    lines = [line for line in _outside_fences(clean(reply)) if line.strip()]
    if lines and _CLEAN.match(lines[0]):
        return []
    found: list[Finding] = []
    for line in lines:
        match = _FINDING.match(line)
        if match is None or (match["path"] and basename(match["path"]) != basename(path)):
            continue
        finding = Finding(path=path, line=int(match["line"]), message=match["message"].strip().strip("*").strip())
        if finding not in found:
            found.append(finding)
    return found[:_MOST_FINDINGS]


def case(reply: str, path: str) -> tuple[str, str] | None:
    """Return the call and the value of the first line `Case: CALL = VALUE`, None where there is no sound one."""
    for line in clean(reply).split("\n"):
        match = _CASE.match(line)
        equation = syntax_of(path).equation(_unticked(match["equation"])) if match else None
        if equation:
            return equation
    return None


def _unticked(text: str) -> str:
    """Take off the ticks of Markdown around an equation, or around each of its sides."""
    text = text.strip().strip("*").strip()
    if text.startswith("`") and text.count("`") % 2 == 0:
        sides = [side.strip() for side in text.split("`")]
        return " ".join(side for side in sides if side)
    return text


def _outside_fences(text: str) -> list[str]:
    inside = False
    kept: list[str] = []
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            inside = not inside
        elif not inside:
            kept.append(line)
    return kept
