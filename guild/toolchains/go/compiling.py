"""The stages that compile: build and vet, each with every error that the compiler can be made to print."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from time import monotonic
from typing import Any

from guild.process import Completed
from guild.toolchains import Report
from guild.toolchains.go.commands import UNIFORM, Go
from guild.toolchains.go.layout import packages, read_sources
from guild.toolchains.go.output import Origin, distinct, never_mute, read
from guild.values import Diagnostic, Stage
from guild.workspace import temporary

_OVERLAY = "overlay.json"


def build(go: Go, root: Path) -> Report:
    """Compile and link what ships; on failure ask package by package, so that one hides nothing of another."""
    begun = monotonic()
    origin = _origin(root)
    done = go.compile(["build", "-o", "/dev/null", *UNIFORM, "./..."], root)
    if done.returncode == 0:
        return Report(ok=True, diagnostics=(), seconds=monotonic() - begun, packages=len(origin.packages))
    listed, sound = _ask_each(go, origin, "build")
    found = distinct([*read(done.stderr, origin, "build"), *listed])
    return Report(ok=False, diagnostics=never_mute(found, done, "build"), seconds=monotonic() - begun, packages=sound)


def vet(go: Go, root: Path) -> Report:
    """Type-check tests and all, and look for suspect code; a type error brings every other one with it."""
    return _vet(go, _origin(root))


def overlaid(go: Go, root: Path, edits: Mapping[str, str]) -> Report:
    """Vet the project at `root` with edits laid over its files, which stay as they are."""
    for path in edits:
        # Vet works in the folder of each package, and a file may be the first of its own.
        (root / path).parent.mkdir(parents=True, exist_ok=True)
    with temporary() as scratch:
        # Vet caches what it found under the name that it read, which must still tell the file when this folder is gone.
        places = {str(root / path): str(scratch.root / path) for path in edits}
        scratch.write({**edits, _OVERLAY: json.dumps({"Replace": places})})
        files = {**read_sources(root), **edits}
        return _vet(go, Origin(root, packages(files), edits), scratch.root)


def exports(go: Go, path: str) -> tuple[str, ...]:
    """Return the exported declarations of a package of the standard library, a line each."""
    done = go.compile(["doc", "-short", path], go.installation.root) if path else None
    return tuple(line.strip() for line in done.stdout.splitlines()) if done and done.returncode == 0 else ()


def _vet(go: Go, origin: Origin, overlay: Path | None = None) -> Report:
    begun = monotonic()
    if not origin.packages:
        return Report(ok=True, diagnostics=(), seconds=0.0)
    done = _laid_over(go, origin, ["vet", "-trimpath"], overlay)
    if done.returncode == 0:
        return Report(ok=True, diagnostics=(), seconds=monotonic() - begun, packages=len(origin.packages))
    listed, sound = _ask_each(go, origin, "vet", overlay)
    found = distinct([*read(done.stderr, origin, "vet"), *listed])
    return Report(ok=False, diagnostics=never_mute(found, done, "vet"), seconds=monotonic() - begun, packages=sound)


def _origin(root: Path) -> Origin:
    return Origin(root, packages(read_sources(root)))


def _ask_each(go: Go, origin: Origin, stage: Stage, overlay: Path | None = None) -> tuple[list[Diagnostic], int]:
    """Compile every package as far as it goes; return what was said and how many packages are sound."""
    tests = ["-test"] if stage == "vet" else []
    fields = "-json=ImportPath,ForTest,ImportStack,Error,DepsErrors"
    done = _laid_over(go, origin, ["list", "-e", "-export", *tests, *UNIFORM, fields], overlay)
    entries = list(_objects(done.stdout))
    broken = {_package_of(entry) for entry in entries if entry.get("Error") or entry.get("DepsErrors")}
    text = "\n".join(_as_printed(error) for entry in entries for error in _errors(entry))
    return read(text, origin, stage), len({_package_of(entry) for entry in entries} - broken)


def _laid_over(go: Go, origin: Origin, arguments: Sequence[str], overlay: Path | None) -> Completed:
    """Run a command on every package, an overlay's texts under the names of the files that they stand for."""
    if overlay is None:
        return go.compile([*arguments, "./..."], origin.root)
    done = go.compile([*arguments, f"-overlay={overlay / _OVERLAY}", "./..."], origin.root, scratch=overlay)
    out, err = done.stdout, done.stderr
    for path in origin.edits:
        for name in (relpath(overlay / path, origin.root), str(overlay / path)):
            out, err = out.replace(name, path), err.replace(name, path)
    return replace(done, stdout=out, stderr=err)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Read JSON objects that stand one after the other."""
    decoder, position = json.JSONDecoder(), text.find("{")
    while position >= 0:
        try:
            value, position = decoder.raw_decode(text, position)
        except ValueError:
            return
        yield value
        position = text.find("{", position)


def _package_of(entry: dict[str, Any]) -> str:
    """Return the import path of the package whose files an entry compiles, tests counted to their package."""
    path = str(entry.get("ForTest") or entry.get("ImportPath") or "").split(" ")[0]
    return path.removesuffix(".test")


def _errors(entry: dict[str, Any]) -> Sequence[dict[str, Any]]:
    own = entry.get("Error")
    return [*([own] if own else []), *(entry.get("DepsErrors") or [])]


def _as_printed(error: dict[str, Any]) -> str:
    """Give an error of `go list` the form in which `go build` prints it."""
    said, place = str(error.get("Err", "")), str(error.get("Pos", ""))
    if said == "import cycle not allowed":
        return f"package {' imports '.join(error.get('ImportStack') or [])}: {said}"
    return f"{place}: {said}" if place else said
