"""What a prompt may show of a Project: its files, what they declare, the package of a path, within a length."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from guild.syntax import go
from guild.values import Diagnostic, FileTask, Plan, Round

BYTES_PER_TOKEN = 3
"""A low bound for source code, so that what is counted in bytes fits in tokens."""

_NOTHING = "(as its purpose says)"
_PACKAGE = re.compile(r"\bpackage\s+([a-z]\w*)\b")
_PACKAGE_LEAD = re.compile(r"^package\s+\w+\s*[.;:,]\s*")
_MESSAGE = 500
"""Characters of a diagnostic that a prompt shows: enough for a panic and the frames that matter."""
_GIST = 90
"""Characters of a file's gist in the list of files: the list stands in every prompt."""

_ALL_FILES = re.compile(r"[Aa]ll files (?:use|share|are in|belong to) (?:the )?package\s+([a-z]\w*)")


def project(plan: Plan) -> str:
    """Say what the project is: its name, its module, its description."""
    return f"Project: {plan['name']} (Go module {plan['module']})\n{plan['description'].strip()}"


def file_list(plan: Plan) -> str:
    """List the files with the gist of what each is for."""
    written = [task for task in plan["tasks"] if task["role"] != "module"]
    return "\n".join(f"- {task['path']}: {_gist(task['purpose'])}".rstrip(": ") for task in written)


def listed(lines: Sequence[str]) -> str:
    """Show lines as a list, or a word that says there is nothing to add."""
    return "\n".join(f"- {line}" for line in lines) if lines else _NOTHING


def task_of(plan: Plan, path: str) -> FileTask | None:
    """Return the task that a path has in the Plan."""
    return next((task for task in plan["tasks"] if task["path"] == path), None)


def package_of(path: str, plan: Plan, files: Mapping[str, str]) -> str:
    """Return the Go package of a path: that of its folder's files, else what the prose says, else the folder's name."""
    folder = PurePosixPath(path).parent
    for other, text in sorted(files.items()):
        beside = other != path and other.endswith(".go") and PurePosixPath(other).parent == folder
        if beside and (package := go.parse(text).package.removesuffix("_test")):
            return package
    mates = [task for task in plan["tasks"] if PurePosixPath(task["path"]).parent == folder]
    own = [task for task in mates if task["path"] == path]
    for task in [*own, *mates]:
        if found := _PACKAGE.search(task["purpose"]):
            return found[1].removesuffix("_test")
    if found := _ALL_FILES.search(plan["description"]):
        return found[1]
    name = folder.name or PurePosixPath(plan["module"]).name
    return re.sub(r"\W", "", name.split(".")[0].lower()) or "main"


def context(path: str, plan: Plan, files: Mapping[str, str], *, room: int) -> str:
    """Show the other files that a path can use, whole where they fit in `room` bytes, else their signatures."""
    shown: list[str] = []
    for other, text in sorted(files.items(), key=lambda entry: _nearness(entry[0], path, plan)):
        if other == path or not other.endswith(".go") or other.endswith("_test.go"):
            continue
        block = f"{other} reads:\n```go\n{text.strip()}\n```\n"
        if len(block.encode()) > room:
            heads = "\n".join(declaration.signature for declaration in go.parse(text).declarations)
            block = f"{other} declares:\n```go\n{heads}\n```\n"
        if len(block.encode()) <= room:
            shown.append(block)
            room -= len(block.encode())
    return "\n".join(shown)


def problems(diagnostics: Sequence[Diagnostic], *, most: int = 8) -> str:
    """Show diagnostics a line each, with the tests that failed."""
    lines: list[str] = []
    for diagnostic in diagnostics[:most]:
        where = f"{diagnostic['path']}:{diagnostic['line']}: " if diagnostic["line"] else f"{diagnostic['path']}: "
        test = f"{diagnostic['test']}: " if diagnostic.get("test") else ""
        lines.append(f"{where}{test}{_cut(diagnostic['message'])}")
    if len(diagnostics) > most:
        lines.append(f"and {len(diagnostics) - most} more")
    return "\n".join(lines)


def past(rounds: Sequence[Round], path: str) -> str:
    """Digest what was tried on a path, one line a round; never the text that was wrong."""
    lines = [
        f"- round {entry['number']}: {'kept' if entry['kept'] else 'not kept'}, {entry['reason']}"
        for entry in rounds
        if entry["path"] == path
    ][-4:]
    return "Tried before:\n" + "\n".join(lines) + "\n" if lines else ""


def _cut(message: str) -> str:
    return message if len(message) <= _MESSAGE else f"{message[:_MESSAGE]} ..."


def _gist(purpose: str) -> str:
    """Return the first sentence of a purpose, in short, without its package."""
    flat = _PACKAGE_LEAD.sub("", " ".join(purpose.split()))
    return textwrap.shorten(re.split(r"(?<=[.:;])\s(?=[A-Z])", flat, maxsplit=1)[0], _GIST, placeholder=" ...")


def _nearness(other: str, path: str, plan: Plan) -> tuple[bool, bool, str]:
    task = task_of(plan, path)
    needed = task is not None and other in task["needs"]
    return not needed, PurePosixPath(other).parent != PurePosixPath(path).parent, other
