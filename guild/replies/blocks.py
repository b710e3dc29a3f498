"""The fenced blocks of a chatty reply, and what stands around them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_FENCE = re.compile(r"^(?P<before>[^`~]*?)(?P<ticks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
_CLOSED_BEHIND_CODE = re.compile(r"^(?P<code>.*[^`\s])\s*`{3}\s*$")
_FILE_NAME = re.compile(
    r"(?<![\w./-])(?:\./)?[\w][\w./-]*\.(?:go|mod|sum|py|rs|jsx?|html|css|toml|md|json|ya?ml|sh|txt)\b"
)
_ABOUT = re.compile(r"\b(?:tests?|for|of|from|with|to|in|by|using|imports?|uses?|against)\b", re.IGNORECASE)
_SPECIAL = re.compile(r"<\|[a-z_]+\|>")
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_MOST_TRIES = 12


@dataclass(frozen=True)
class Block:
    """A piece of a reply: what stands in a fence, or between fences."""

    text: str
    info: str
    """The words behind the opening fence."""
    name: str
    """The file that the reply says it is, empty where it does not say."""
    fenced: bool


def blocks(reply: str, sound: Callable[[str], bool]) -> list[Block]:
    """Cut a reply at its fences; a line of three ticks inside a raw string is code where `sound` says so."""
    lines = clean(reply).split("\n")
    found: list[Block] = []
    prose: list[str] = []
    at = 0
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence is None:
            prose.append(lines[at])
            at += 1
            continue
        prose.append(fence["before"])
        stop, body = _body(lines, at, fence, sound)
        found += [*_prose(prose), _block(body, fence["info"].strip(), prose)]
        prose = []
        reopens = stop < len(lines) and stop > at and _opens(lines[stop])
        at = stop if reopens else stop + 1
    return found + _prose(prose)


def clean(reply: str) -> str:
    """Return a reply without what is not meant for its reader: thoughts, special tokens, carriage returns."""
    reply = reply.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return _SPECIAL.sub("", _THOUGHTS.sub("", reply))


def _opens(line: str) -> bool:
    fence = _FENCE.match(line)
    return fence is not None and bool(fence["info"].strip()) and not fence["before"].strip()


def _body(lines: list[str], at: int, fence: re.Match[str], sound: Callable[[str], bool]) -> tuple[int, str]:
    """Find the line that closes a fence: the first at which the code is whole, else the first outside of ticks."""
    ends = [
        index
        for index in range(at + 1, len(lines))
        if _may_close(lines[index], fence["ticks"]) or _closed_behind_code(lines[index])
    ]
    bodies = [(end, _text(lines, at, end, fence["before"])) for end in [*ends[:_MOST_TRIES], len(lines)]]
    paired = (pair for pair in bodies if pair[1].replace("```", "").count("`") % 2 == 0)
    return next((pair for pair in bodies if sound(pair[1])), None) or next(paired, bodies[0])


def _may_close(line: str, ticks: str) -> bool:
    fence = _FENCE.match(line)
    return fence is not None and fence["ticks"].startswith(ticks) and not fence["before"].strip()


def _closed_behind_code(line: str) -> str:
    """Return the code of a line that closes a fence behind it; a comment with ticks in it is code alone."""
    closed = _CLOSED_BEHIND_CODE.match(line)
    return closed["code"] if closed and not closed["code"].lstrip().startswith("//") else ""


def _text(lines: list[str], at: int, end: int, indent: str) -> str:
    body = lines[at + 1 : end]
    if end < len(lines):
        body += [code] if (code := _closed_behind_code(lines[end])) else []
    if indent and not indent.strip():
        body = [line.removeprefix(indent) for line in body]
    return "\n".join(body)


def _prose(lines: list[str]) -> list[Block]:
    text = "\n".join(lines)
    return [Block(text, "", "", fenced=False)] if text.strip() else []


def _block(body: str, info: str, prose: list[str]) -> Block:
    above = next((line for line in reversed(prose) if line.strip()), "")
    name = _only_name(info.replace(":", " ").replace("=", " ")) or _heading(above)
    return Block(body, info, name, fenced=True)


def _only_name(text: str) -> str:
    names: list[str] = _FILE_NAME.findall(text)
    return names[0].removeprefix("./") if len(names) == 1 else ""


def _heading(line: str) -> str:
    """Return the file that a line above a fence names as what follows; `tests for numkit.go` names another."""
    name = _only_name(line)
    before = line[: line.find(name)] if name else ""
    return "" if _ABOUT.search(before) else name


def named_by_comment(text: str) -> tuple[str, str]:
    """Return the file that a first line `// numkit.go` names, and the text without that line."""
    first, _, rest = text.lstrip().partition("\n")
    words = first.strip().strip("/*# -=").split()
    if not first.lstrip().startswith(("//", "/*", "#", "--")) or not words:
        return "", text
    if words[0].lower().strip(":") in ("file", "filename", "path", "filepath") and len(words) == 2:
        words = words[1:]
    name = _only_name(words[0])
    if len(words) == 1 and name:
        return name, rest
    return name, text
