"""What a guest told of a fault, in the house's words: its code, its symbol, where it lies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guild.toolchains.python.layout import modules
from guild.values import Diagnostic, Stage, key

_WORDS = (
    ("import-cycle", r"partially initialized module"),
    ("undefined", r"^cannot import name '(?P<symbol>\w+)' from '(?P<owner>[\w.]+)'"),
    ("undefined", r"^module '(?P<owner>[\w.]+)' has no attribute '(?P<symbol>\w+)'"),
    ("missing-package", r"^No module named '(?P<symbol>[\w.]+)'"),
    ("undefined", r"^name '(?P<symbol>\w+)' is not defined"),
    ("undefined", r"^fixture '(?P<symbol>\w+)' not found"),
    ("no-member", r"object has no attribute '(?P<symbol>\w+)'"),
)
_PATTERNS = tuple((code, re.compile(pattern)) for code, pattern in _WORDS)
_TYPES = {
    "Hang": "timeout",
    "Limit": "limit",
    "Exit": "exit",
    "SystemExit": "exit",
    "Shadowed": "shadowed",
    "Misfit": "arguments",
    "AssertionError": "assertion",
    "Failed": "assertion",
}
_NAMING = {"NameError", "ImportError", "ModuleNotFoundError", "AttributeError", "FixtureLookupError"}
_SYNTAX = "SyntaxError"
_NOISE = (
    (re.compile(r"\b0x[0-9a-fA-F]{5,}\b"), "0x?"),
    (re.compile(r" \(most likely due to a circular import\)"), ""),
    (re.compile(r"(?<=') \((?:unknown location|[^()]*\.(?:py|so|pyd))\)"), ""),
    (re.compile(r"/tmp/[\w.-]*\d[\w.-]*"), "/tmp/?"),
)


@dataclass(frozen=True)
class Frame:
    """One call on a stack that lies in the project: its file below the root, its line, its function."""

    path: str
    line: int
    symbol: str


@dataclass(frozen=True)
class Fault:
    """What was raised, in whose words, and the project's frames around it, the innermost first."""

    type: str
    builtin: str
    """The nearest type that the language itself has."""
    message: str
    frames: tuple[Frame, ...]
    column: int
    op: str
    got: str
    want: str

    @property
    def worded(self) -> str:
        """The fault in one line, as the interpreter prints it."""
        if self.type == "Hang":
            return f"timeout: it {self.message}"
        own = self.type in ("Limit", "Exit", "Shadowed", "Misfit", "Failed") or self.builtin == _SYNTAX
        return self.message if own else f"{self.type}: {self.message}".rstrip(": ")


def read(said: Mapping[str, Any], root: str) -> Fault:
    """Read what a guest told of a fault in the project at `root`."""
    frames = [Frame(path, line, _symbol(name)) for path, line, name in reversed(said["frames"])]
    syntax = said["type"] in (_SYNTAX, "IndentationError", "TabError")
    place = str(said.get("filename") or "")
    if syntax and place.startswith(f"{root}/"):
        frames.insert(0, Frame(place.removeprefix(f"{root}/"), int(said.get("lineno") or 0), ""))
    return Fault(
        type=str(said["type"]),
        builtin=_SYNTAX if syntax else str(said.get("kind") or said["type"]),
        message=stable(str(said["message"]), root),
        frames=tuple(frames),
        column=int(said.get("offset" if syntax else "column") or 0),
        op=str(said.get("op", "")),
        got=stable(str(said.get("got", "")), root),
        want=stable(str(said.get("want", "")), root),
    )


def classify(fault: Fault, files: Mapping[str, str]) -> tuple[str, str]:
    """Return the code of a fault, and the symbol that it is about where it names one."""
    if fault.builtin == _SYNTAX:
        return "syntax", ""
    if fault.type in _TYPES:
        return _TYPES[fault.type], ""
    for code, pattern in _PATTERNS if {fault.type, fault.builtin} & _NAMING else ():
        if match := pattern.search(fault.message):
            named = match.groupdict()
            symbol, owner = named.get("symbol") or "", named.get("owner") or ""
            own = not owner or any(each.name == owner for each in modules(files))
            return code, symbol if own else f"{owner}.{symbol}"
    return "panic", ""


def diagnosed(fault: Fault, path: str, files: Mapping[str, str], stage: Stage) -> Diagnostic:
    """Make a diagnostic of a fault at its innermost place in the project, else at the file `path`."""
    code, symbol = classify(fault, files)
    first = fault.frames[0] if fault.frames else Frame(path, 0, "")
    found = diagnostic(fault.worded, code, (first.path, first.line, fault.column), stage)
    found["symbol"] = symbol or (first.symbol if code in ("panic", "arguments") else "")
    return found


def diagnostic(message: str, code: str, place: tuple[str, int, int], stage: Stage) -> Diagnostic:
    """Make a diagnostic."""
    path, line, column = place
    return Diagnostic(path=path, line=line, column=column, symbol="", code=code, message=message, stage=stage)


def distinct(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics in the order of their places, each message once a line, what breaks before what is suspect."""
    seen: dict[tuple[str, int], Diagnostic] = {}
    for each in sorted(diagnostics, key=lambda each: each["code"] == "vet"):
        seen.setdefault((key(each), each["line"]), each)
    return sorted(seen.values(), key=lambda each: (each["path"], each["line"], each["column"]))


def stable(text: str, root: str = "") -> str:
    """Return a message without what differs from run to run or from machine to machine: addresses, folders."""
    text = text.replace(f"{root}/", "") if root else text
    for pattern, replacement in _NOISE:
        text = pattern.sub(replacement, text)
    return text


def _symbol(qualified: str) -> str:
    """Return the declared name in a qualified one: `Stack.at` for `Stack.at.<locals>.<listcomp>`."""
    return qualified.partition(".<locals>")[0].partition("<")[0].rstrip(".")
