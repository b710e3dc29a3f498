"""The packages of a project: named in its pyproject.toml, fetched as wheels into the cache, seen by all that runs."""

import compileall
import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any
from uuid import uuid4

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from guild import process
from guild.process import Limits
from guild.settings import environment
from guild.toolchains import Acted

MANIFEST = "pyproject.toml"
_LAYOUT = "1"
_SECONDS = 300
_LISTED = re.compile(r"^dependencies = \[.*\]\n", re.MULTILINE)
_HEAD = re.compile(r"^\[project\][ \t]*\n", re.MULTILINE)
_PIP = ("install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile")


def required(manifest: str) -> list[str]:
    """Return what a pyproject.toml requires; nothing where it does not say so soundly."""
    try:
        project: Any = tomllib.loads(manifest).get("project", {})
        return [str(each) for each in project.get("dependencies", [])]
    except (tomllib.TOMLDecodeError, AttributeError, TypeError):
        return []


def folder(cache: Path, release: str, requirements: Iterable[str]) -> Path:
    """Return where the packages lie that are required together by an interpreter."""
    named = "\n".join([_LAYOUT, release, *sorted(requirements)])
    return cache / "python-packages" / sha256(named.encode()).hexdigest()[:16]


def offered(place: Path) -> frozenset[str]:
    """Return the names that can be imported from a folder of packages."""
    entries = [each.name for each in place.iterdir()]
    return frozenset(name.partition(".")[0] for name in entries if not name.endswith(".dist-info"))


def install(cache: Path, release: str, files: Mapping[str, str], requirement: str) -> Acted:
    """Fetch a package beside those that a project requires already, and record all of them, each at its version."""
    manifest, name = files.get(MANIFEST, ""), canonicalize_name(Requirement(requirement).name)
    before = required(manifest)
    if any(canonicalize_name(Requirement(each).name) == name for each in before):
        return Acted(ok=False, said=f"{name} is installed already")
    fresh = cache / "python-packages" / f"{uuid4().hex}.new"
    try:
        if fault := _fetched(fresh, [*before, requirement]):
            return Acted(ok=False, said=fault)
        pins = [*before, _pinned(fresh, requirement)]
        text = _recorded(manifest, pins)
        if text is None:
            return Acted(ok=False, said=f"{MANIFEST} lists its dependencies in a form that guild does not change")
        place = folder(cache, release, pins)
        if not place.is_dir():
            fresh.rename(place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Acted(ok=True, said=f"installed {pins[-1]}", edits={MANIFEST: text})


def _fetched(place: Path, requirements: Sequence[str]) -> str:
    """Fetch wheels, which run no code when they are unpacked; return what went wrong, or nothing."""
    place.parent.mkdir(parents=True, exist_ok=True)
    argv = [sys.executable, "-I", "-m", "pip", *_PIP, "--only-binary=:all:", "--target", str(place), *requirements]
    done = process.run(argv, env=environment(), limits=Limits(seconds=_SECONDS))
    if done.returncode != 0 or done.stopped:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        return f"pip: {lines[0].removeprefix('ERROR: ') if lines else done.stopped or done.returncode}"
    compileall.compile_dir(place, quiet=2)
    return ""


def _pinned(place: Path, requirement: str) -> str:
    """Return a requirement at the version that was fetched for it."""
    wanted = Requirement(requirement)
    extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
    there = {canonicalize_name(each.name): each.version for each in distributions(path=[str(place)])}
    return f"{wanted.name}{extras}=={there[canonicalize_name(wanted.name)]}"


def _recorded(manifest: str, pins: Sequence[str]) -> str | None:
    """Return a pyproject.toml that requires these; None where it cannot be made one."""
    line = f"dependencies = {json.dumps(pins)}\n"
    text = _LISTED.sub("", manifest)
    text = _HEAD.sub(lambda head: f"{head[0]}{line}", text, count=1)
    return text if required(text) == [*pins] else None
