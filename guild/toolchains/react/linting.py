"""The stages that build and vet: modules are read by ESLint and their imports followed; nothing of them runs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from guild.toolchains import Report
from guild.toolchains.react.commands import Node
from guild.toolchains.react.layout import PACKAGES, TESTING, diagnostic, distinct, modules, shipped
from guild.values import Diagnostic, Stage
from guild.workspace import Workspace, temporary

_CODES = {
    "no-undef": "undefined",
    "export": "undefined",
    "import": "missing-package",
    "syntax": "syntax",
    "no-redeclare": "redeclared",
    "no-const-assign": "constant",
    "no-import-assign": "constant",
}
"""What keeps a module from running -> its code; what vet adds is suspect."""
_SUSPECT = (
    "constructor-super",
    "for-direction",
    "getter-return",
    "no-class-assign",
    "no-compare-neg-zero",
    "no-dupe-args",
    "no-dupe-class-members",
    "no-dupe-else-if",
    "no-dupe-keys",
    "no-duplicate-case",
    "no-func-assign",
    "no-obj-calls",
    "no-self-assign",
    "no-self-compare",
    "no-this-before-super",
    "no-unreachable",
    "no-unsafe-finally",
    "no-unsafe-negation",
    "no-unsafe-optional-chaining",
    "react-hooks/rules-of-hooks",
    "use-isnan",
    "valid-typeof",
)
"""What is a mistake and no matter of taste."""


def build(node: Node, root: Path) -> Report:
    """Read what ships."""
    files = Workspace(root).read()
    return _read(node, files, shipped(files), "build")


def vet(node: Node, root: Path) -> Report:
    """Read tests and all, and look for suspect code."""
    return overlaid(node, root, {})


def overlaid(node: Node, root: Path, edits: Mapping[str, str]) -> Report:
    """Vet the project at `root` with edits laid over its files, which stay as they are."""
    files = {**Workspace(root).read(), **edits}
    return _read(node, files, modules(files), "vet")


def _read(node: Node, files: Mapping[str, str], paths: Sequence[str], stage: Stage) -> Report:
    begun = monotonic()
    found, sound = list[Diagnostic](), 0
    if paths:
        asked = {
            "files": {path: files[path] for path in modules(files)}
            | {path: "" for path in set(files) - {*modules(files)}},
            "paths": [*paths],
            "packages": PACKAGES,
            "testing": TESTING,
            "rules": dict.fromkeys((*_rules(), *(_SUSPECT if stage == "vet" else ())), "error"),
        }
        with temporary() as nowhere:
            told = node.ask("linting", nowhere.root, asked)
        found = distinct([_diagnostic(line, stage) for line in told.lines if "rule" in line])
        unread = set(paths) - {line["read"] for line in told.lines if "read" in line}
        limit = (
            f"reached its limit of {told.done.stopped}" if told.done.stopped else f"ended with {told.done.returncode}"
        )
        found += [diagnostic(f"the linter {limit}", "other", (path, 0, 0), stage) for path in sorted(unread)]
        sound = len(set(paths) - {each["path"] for each in found})
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun, packages=sound)


def _rules() -> Iterator[str]:
    return (rule for rule in _CODES if rule.startswith("no-"))


def _diagnostic(said: Mapping[str, Any], stage: Stage) -> Diagnostic:
    """Read one finding."""
    rule = str(said["rule"])
    code = _CODES.get(rule, "vet")
    message = " ".join(str(said["message"]).removeprefix("Parsing error: ").split())
    found = diagnostic(message, code, (str(said["path"]), int(said["line"]), int(said["column"])), stage)
    if code == "syntax" and "already been declared" in message:
        found["code"] = "redeclared"
    found["symbol"] = str(said["symbol"]) if found["code"] not in ("vet", "syntax") else ""
    return found
