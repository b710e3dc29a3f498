"""The environment layer: a folder of its own for each set of crates, with places where projects are compiled."""

import tomllib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout

from guild.errors import ToolchainError
from guild.process import Limits, run
from guild.settings import environment
from guild.toolchains.rust.layout import LOCK, MANIFEST
from guild.toolchains.rust.locate import Installation
from guild.workspace import Workspace, temporary

_LAYOUT = "1"
"""Changes when layers are made in another way, so that no older one is taken for a new one."""
_TABLES = ("dependencies", "dev-dependencies")
_ELSEWHERE = {"path", "git", "registry", "package", "workspace"}
_FETCHING = Limits(seconds=280)
_PACKAGE = '[package]\nname = "layer"\nversion = "0.1.0"\nedition = "2021"\nbuild = false\n'


@dataclass(frozen=True)
class Place:
    """Where a project is compiled: always under the same path, so that cargo knows what it made there before."""

    root: Path
    target: Path
    crates: Path | None
    """Cargo's folder of crates; None where the project names none."""


def crates_of(manifest: str) -> dict[str, dict[str, str]]:
    """Return the crates of a registry that a manifest names, table by table; ToolchainError for any other."""
    try:
        said: dict[str, Any] = tomllib.loads(manifest)
    except tomllib.TOMLDecodeError:
        return {}
    found: dict[str, dict[str, str]] = {}
    for table in _TABLES:
        for name, wanted in said.get(table, {}).items():
            found.setdefault(table, {})[name] = _line(name, wanted)
    return found


@contextmanager
def place(installation: Installation, cache: Path, files: Mapping[str, str], path: str) -> Generator[Place]:
    """Give a place that nobody else has, with these files in it and nothing else of a project."""
    crates = crates_of(files.get(MANIFEST, ""))
    named = repr(
        (_LAYOUT, installation.version, sorted((table, sorted(lines.items())) for table, lines in crates.items()))
    )
    folder = cache / "rust-layers" / sha256(named.encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    home = _fetched(installation, folder, crates, path) if crates else None
    with _free(folder) as own:
        workspace = Workspace(own / "project")
        workspace.root.mkdir(parents=True, exist_ok=True)
        (own / "target").mkdir(exist_ok=True)
        workspace.adopt([found for found in workspace.read() if found != LOCK])
        workspace.sync(files)
        yield Place(workspace.root, own / "target", home)


@contextmanager
def _free(folder: Path) -> Generator[Path]:
    """Give the first of the numbered folders that nobody works in."""
    for number in count(1):
        lock = FileLock(folder / f"{number}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        try:
            yield folder / str(number)
        finally:
            lock.release()
        return


def _fetched(installation: Installation, folder: Path, crates: Mapping[str, Mapping[str, str]], path: str) -> Path:
    """Return the layer's folder of crates: fetched once, with what they need, and then only read.

    Fetching runs nothing of a crate; it has the network, which nothing else has.
    """
    home = folder / "crates"
    done = folder / "fetched"
    with FileLock(folder / "crates.lock"), temporary() as scratch:
        if done.is_file():
            return home
        tables = (f"[{table}]\n" + "".join(f"{line}\n" for line in lines.values()) for table, lines in crates.items())
        scratch.write({MANIFEST: _PACKAGE + "\n" + "\n".join(tables), "src/lib.rs": ""})
        env = {**environment(), "PATH": path, "CARGO_HOME": str(home), "RUSTC": str(installation.program("rustc"))}
        argv = [str(installation.program("cargo")), "fetch", "--quiet"]
        said = run(argv, cwd=scratch.root, env=env, limits=_FETCHING)
        if said.returncode != 0:
            why = " ".join((said.stderr or said.stopped).split())[-300:]
            raise ToolchainError(f"the crates of {MANIFEST} cannot be fetched: {why}")
        done.touch()
    return home


def _line(name: str, wanted: Any) -> str:
    """Return the line of a manifest that asks the registry for a crate."""
    asked = cast("dict[str, Any]", wanted if isinstance(wanted, dict) else {"version": wanted})
    if not isinstance(asked.get("version"), str) or _ELSEWHERE & asked.keys():
        raise ToolchainError(f"{MANIFEST} takes {name} from elsewhere than the registry: name its version alone")
    features = ", ".join(_quoted(str(each)) for each in asked.get("features", ()))
    default = str(asked.get("default-features", True)).lower()
    version = _quoted(asked["version"])
    return f"{name} = {{ version = {version}, features = [{features}], default-features = {default} }}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "").replace('"', "") + '"'
