"""The stages that compile: check of what ships, clippy of everything, and the same with edits laid over the files."""

from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from guild.toolchains import Report
from guild.toolchains.rust.commands import Rust
from guild.toolchains.rust.layout import completed, roots, sources, stray
from guild.toolchains.rust.output import diagnostic, distinct, read
from guild.values import Diagnostic, Stage
from guild.workspace import Workspace

LINTS = (
    *(
        "-A",
        "clippy::all",
        "-D",
        "clippy::correctness",
        "-D",
        "unconditional_recursion",
        "-D",
        "invalid_nan_comparisons",
    ),
    *("-A", "clippy::absurd_extreme_comparisons", "-A", "clippy::approx_constant"),
    *("-D", "unused_imports", "-D", "unused_mut"),
)
"""What is a mistake and no matter of taste, and what the compiler itself can take away."""


def build(rust: Rust, root: Path) -> Report:
    """Type-check what ships."""
    return _compiled(rust, Workspace(root).read(), "build")


def vet(rust: Rust, root: Path) -> Report:
    """Type-check tests and all, and look for suspect code."""
    return _compiled(rust, Workspace(root).read(), "vet")


def overlaid(rust: Rust, root: Path, edits: Mapping[str, str]) -> Report:
    """Vet the project at `root` with edits laid over its files, which stay as they are."""
    return _compiled(rust, completed({**Workspace(root).read(), **edits}), "vet")


def _compiled(rust: Rust, files: Mapping[str, str], stage: Stage) -> Report:
    begun = monotonic()
    if not sources(files):
        return Report(ok=True, diagnostics=(), seconds=0.0)
    with rust.placed(files) as at:
        wanted = ["clippy", "--all-targets"] if stage == "vet" else ["check"]
        lints = ["--", *LINTS] if stage == "vet" else []
        told = read(rust.cargo([*wanted, "--keep-going", *lints], at), at.root, files, stage)
    found = distinct([*told.diagnostics, *_strays(files, stage)])
    return Report(ok=not found, diagnostics=tuple(found), seconds=monotonic() - begun, packages=len(told.sound))


def _strays(files: Mapping[str, str], stage: Stage) -> list[Diagnostic]:
    """Say which files no crate holds: nothing would compile them."""
    home = next(iter(roots(files)), "")
    found: list[Diagnostic] = []
    for path in stray(files) if home else ():
        message = f"`mod {_stem(path)};` is missing: {path} is in no crate"
        found.append({**diagnostic(message, "stray-file", (home, 0, 0), stage), "symbol": _stem(path)})
    return found


def _stem(path: str) -> str:
    return path.removesuffix(".rs").removesuffix("/mod").rpartition("/")[2]
