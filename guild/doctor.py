"""What works on this machine, found out by trying it, and the mend of what does not."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from guild import process, settings
from guild.errors import GuildError, SandboxError
from guild.models.embedded import slots_for
from guild.models.weights import CATALOGUE, cached
from guild.process import Limits
from guild.sandbox import KINDS, Sandbox, open_sandbox
from guild.toolchains import LANGUAGES, Toolchain, mend_of, open_toolchain, to_fetch
from guild.workspace import temporary

OLDEST_PYTHON = (3, 11)
MACHINES = ("x86_64", "aarch64")
"""Those that the embedded model and the sandbox have wheels for."""
SPARE_BYTES = 1_000_000_000
"""Memory, or disk in the cache, that compiling and testing a small project takes."""
PROBES: Mapping[str, Mapping[str, str]] = {
    "go": {"probe.go": "package probe\n\nvar One = 1\n"},
    "python": {"probe.py": "ONE = 1\n"},
    "rust": {"src/lib.rs": "pub const ONE: i32 = 1;\n"},
    "react": {"src/Probe.jsx": "export const Probe = () => <p>1</p>;\n"},
}
"""The small project of each language that its toolchain is tried with."""
LOCAL = "local:"
EXTRA = "pip install 'guild[local]'"


@dataclass(frozen=True, kw_only=True)
class Ability:
    """One thing that a build wants of the machine, and whether it is there."""

    name: str
    ok: bool
    detail: str
    """What was found, in one line."""
    mend: str = ""
    """What to do about it; empty when it is there."""
    needed: bool = True
    """Whether a build stops without it."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a build on this machine would use."""

    model: str
    cache: Path
    path: str
    """The PATH that programs are looked for in."""
    language: str = "go"
    sandbox: str = "auto"
    unsafe_host: bool = False


def wanted_here() -> Wanted:
    """Return what a build without any flag would use."""
    found = settings.from_environment({})
    return Wanted(
        model=found.model,
        cache=settings.cache_folder(),
        path=settings.search_path(),
        sandbox=found.sandbox,
        unsafe_host=found.unsafe_host,
    )


def examine(wanted: Wanted | None = None) -> list[Ability]:
    """Try everything that a build would use; what does not work is an Ability that is not ok, never an exception."""
    wanted = wanted or wanted_here()
    return [
        _platform(wanted),
        _python(),
        _sandbox(wanted),
        *_sandboxes(),
        _cgroups(),
        *_toolchain(wanted, wanted.language),
        *(found for other in LANGUAGES if other != wanted.language for found in _toolchain(wanted, other)),
        *_embedded(wanted),
        _memory(wanted),
        _disk(wanted),
    ]


def _platform(wanted: Wanted) -> Ability:
    found, local = f"{platform.system()} on {platform.machine()}", wanted.model.startswith(LOCAL)
    ok = sys.platform == "linux" and platform.machine() in MACHINES
    mend = "" if ok else "use Linux on x86-64 or arm64; elsewhere name a server with --base-url, and say --unsafe-host"
    return Ability(name="platform", ok=ok, detail=found, mend=mend, needed=local or not wanted.unsafe_host)


def _python() -> Ability:
    ok = sys.version_info >= OLDEST_PYTHON
    return Ability(
        name="python", ok=ok, detail=platform.python_version(), mend="" if ok else "use Python 3.11 or newer"
    )


def _sandbox(wanted: Wanted) -> Ability:
    try:
        sandbox = open_sandbox(wanted.sandbox)
    except (SandboxError, OSError) as error:
        return Ability(
            name="sandbox",
            ok=False,
            detail="generated code cannot be isolated",
            mend=str(error),
            needed=not wanted.unsafe_host,
        )
    return Ability(name="sandbox", ok=True, detail=f"{sandbox.name} runs commands in isolation")


def _sandboxes() -> Iterator[Ability]:
    """Yield each way to isolate that there is, whether it works here or why not; none of them alone is needed."""
    for name in KINDS:
        try:
            open_sandbox(name)
        except (SandboxError, OSError) as error:
            yield Ability(name=name, ok=False, detail="does not run commands", mend=str(error), needed=False)
        else:
            yield Ability(name=name, ok=True, detail=f"runs commands; --sandbox {name} takes it", needed=False)


def _cgroups() -> Ability:
    name, places = "cgroups", process.bounding()
    if places:
        held = f"the kernel holds memory and processes of each job; tried in {' and '.join(map(str, places))}"
        return Ability(name=name, ok=True, detail=held, needed=False)
    mend = "start guild by `systemd-run --user --scope -p Delegate=yes`, or where /sys/fs/cgroup can be written"
    return Ability(name=name, ok=False, detail="none can be made: a watcher looks at jobs", mend=mend, needed=False)


def _toolchain(wanted: Wanted, language: str) -> Iterator[Ability]:
    name, needed = f"{language} toolchain", language == wanted.language
    try:
        if not needed and (lacking := to_fetch(language, wanted.cache, path=wanted.path)):
            mend = f"the first build in {language} fetches them"
            yield Ability(name=name, ok=False, detail=f"{lacking} are not fetched yet", mend=mend, needed=False)
            return
        toolchain = open_toolchain(language, _any_sandbox(wanted), wanted.cache, path=wanted.path)
        fault, race = _compile(toolchain), toolchain.race_available()
    except (GuildError, OSError) as error:
        yield Ability(name=name, ok=False, detail="no toolchain works here", mend=str(error), needed=needed)
        return
    detail = f"{toolchain.version} {fault or 'compiles'}"
    yield Ability(name=name, ok=not fault, detail=detail, mend=fault and mend_of(language), needed=needed)
    if race is None:
        return
    mend = "install a C compiler, such as gcc, to have data races looked for"
    yield Ability(
        name="race detector", ok=not race, detail=race or "a C compiler is here", mend=race and mend, needed=False
    )


def _any_sandbox(wanted: Wanted) -> Sandbox:
    """Return a way to compile the one file of our own that the toolchain is tried with."""
    try:
        return open_sandbox(wanted.sandbox)
    except SandboxError:
        return open_sandbox("host")


def _compile(toolchain: Toolchain) -> str:
    """Return why a small project does not compile; empty when it does."""
    with temporary() as workspace:
        workspace.write({**toolchain.scaffold("probe"), **PROBES[toolchain.language]})
        report = toolchain.build(workspace.root)
    said = [diagnostic["message"] for diagnostic in report.diagnostics] or [report.note]
    return "" if report.ok else f"does not compile: {said[0]}"


def _embedded(wanted: Wanted) -> Iterator[Ability]:
    """Yield what the embedded model needs, where one is wanted."""
    if not wanted.model.startswith(LOCAL):
        return
    code = "import xllamacpp; xllamacpp.CommonParams()"
    done = process.run((sys.executable, "-c", code), env={"PATH": wanted.path}, limits=Limits(seconds=60))
    said = (done.stderr.strip().splitlines() or [f"ended with {done.stopped or done.returncode}"])[-1]
    fault = "" if done.returncode == 0 and not done.stopped else said
    yield Ability(name="embedded model", ok=not fault, detail=fault or "llama.cpp loads", mend=fault and EXTRA)
    path, size = _weights(wanted)
    if path:
        yield Ability(name="weights", ok=True, detail=f"{path} ({size // 1_000_000} MB)")
    elif size:
        mend = f"guild models pull {wanted.model.removeprefix(LOCAL)} (a build fetches them too)"
        yield Ability(name="weights", ok=False, detail="not fetched yet", mend=mend, needed=False)
    else:
        mend = f"take one of {', '.join(LOCAL + name for name in CATALOGUE)}, or the path of a GGUF file"
        yield Ability(name="weights", ok=False, detail=f"{wanted.model}: no such file or name", mend=mend)


def _weights(wanted: Wanted) -> tuple[Path | None, int]:
    """Return where the weights of the embedded model lie, and their bytes; 0 where nobody knows them."""
    name = wanted.model.removeprefix(LOCAL)
    if not wanted.model.startswith(LOCAL):
        return None, 0
    if weights := CATALOGUE.get(name):
        return cached(weights, wanted.cache / "models"), weights.size
    path = Path(name).expanduser()
    return (path, path.stat().st_size) if path.is_file() else (None, 0)


def _memory(wanted: Wanted) -> Ability:
    _, size = _weights(wanted)
    available = psutil.virtual_memory().available
    ok = available >= SPARE_BYTES and (not size or slots_for(size, available) > 0)
    mend = "close other programs, or take a smaller model (--model local:qwen2.5-coder-0.5b)"
    return Ability(name="memory", ok=ok, detail=f"{available // 1_000_000} MB are free", mend="" if ok else mend)


def _disk(wanted: Wanted) -> Ability:
    path, size = _weights(wanted)
    folder = next(place for place in (wanted.cache, *wanted.cache.parents) if place.is_dir())
    free, needed = shutil.disk_usage(folder).free, SPARE_BYTES + (0 if path else size)
    mend = "" if free >= needed else f"free {(needed - free) // 1_000_000} MB there"
    if not os.access(folder, os.W_OK):
        mend = "make it writable, or name another cache folder in XDG_CACHE_HOME"
    return Ability(name="disk", ok=not mend, detail=f"{free // 1_000_000} MB are free in {folder}", mend=mend)
