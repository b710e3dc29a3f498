"""The stage that vets: tests are imported too, and ruff looks for what is wrong whatever one thinks of style."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from guild.toolchains import Report
from guild.toolchains.python import faults
from guild.toolchains.python.commands import Python
from guild.toolchains.python.importing import imported
from guild.toolchains.python.layout import modules
from guild.values import Diagnostic
from guild.workspace import Workspace, temporary

RULES = ("E9", "F50", "F52", "F632", "F633", "F634", "F811", "F82", "B002", "B020", "B029", "B030", "PLE")
"""What is a mistake and no matter of taste; unused names are left to those who tidy."""
_CODES = {"F821": "undefined", "F822": "undefined", "F811": "redeclared"}
_PARSING = ("invalid-syntax", "E9")
_NAMED = re.compile(r"`(\w+)`")
_ELSEWHERE = re.compile(r" (?:from|on) line \d+(?:: `\w+` redefined here)?")


def vet(python: Python, root: Path) -> Report:
    """Import tests and all, and have ruff look at every file."""
    return _vet(python, Workspace(root).read())


def overlaid(python: Python, root: Path, edits: Mapping[str, str]) -> Report:
    """Vet the project at `root` with edits laid over its files, which stay as they are."""
    return _vet(python, {**Workspace(root).read(), **edits})


def _vet(python: Python, files: Mapping[str, str]) -> Report:
    begun = monotonic()
    wanted = modules(files)
    said = imported(python, files, wanted, "vet")
    told = {(each["path"], each["line"]) for each in said.diagnostics}
    broken = {each["path"] for each in said.diagnostics if each["code"] == "syntax"}
    suspect = [
        each
        for each in _looked_at(python, {each.path: files[each.path] for each in wanted})
        if (each["path"], each["line"]) not in told and not (each["code"] == "syntax" and each["path"] in broken)
    ]
    found = faults.distinct([*said.diagnostics, *suspect])
    sound = said.sound - {each["path"] for each in found}
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun, packages=len(sound))


def _looked_at(python: Python, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield what ruff says of files."""
    if not files:
        return
    release = "".join(str(part) for part in python.installation.release)
    flags = ("--isolated", "--no-cache", "--output-format=json", f"--target-version=py{release}", "--quiet")
    with temporary() as copy:
        copy.write(files)
        arguments = ["check", *flags, f"--select={','.join(RULES)}", "--ignore-noqa", "."]
        done = python.ruff(arguments, copy.root)
        try:
            listed: list[dict[str, Any]] = json.loads(done.stdout)
        except ValueError:
            message = f"ruff {f'reached its limit of {done.stopped}' if done.stopped else done.stderr.strip()[-400:]}"
            yield faults.diagnostic(message, "other", ("pyproject.toml", 0, 0), "vet")
            return
        for one in listed:
            found = _diagnostic(one, copy.root)
            # What is imported twice is the same thing.
            if not (found["code"] == "redeclared" and _line(files, found).startswith(("import ", "from "))):
                yield found


def _line(files: Mapping[str, str], found: Diagnostic) -> str:
    return files[found["path"]].split("\n")[found["line"] - 1].strip()


def _diagnostic(said: dict[str, Any], root: Path) -> Diagnostic:
    """Read one finding of ruff."""
    rule = str(said.get("code") or "invalid-syntax")
    path = str(Path(said["filename"]).relative_to(root))
    code = "syntax" if rule.startswith(_PARSING) else _CODES.get(rule, "vet")
    place = path, int(said["location"]["row"]), int(said["location"]["column"])
    message = _ELSEWHERE.sub("", str(said["message"]))
    found = faults.diagnostic(message, code, place, "vet")
    named = _NAMED.search(message) if rule in _CODES else None
    found["symbol"] = named[1] if named else ""
    return found
