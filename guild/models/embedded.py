"""The embedded model: llama.cpp in this process, asked over loopback like any other endpoint."""

import atexit
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from guild.errors import EndpointError, WeightsError
from guild.models.connection import Connection
from guild.models.context import find_context
from guild.models.endpoint import Endpoint
from guild.models.request import ignore
from guild.models.weights import find_weights

CONTEXT = 8192
"""Tokens of one slot."""
SLOTS = 2
"""Two keep the prompts of two roles warm; more gain nothing on a CPU."""
PROMPT_CACHE_MIB = 256
QUIET = -1
BYTES_OF_A_TOKEN = 40_000
"""A token of context takes about the size of the weights divided by this, for the models of the catalogue."""
OVERHEAD = 700_000_000
"""What llama.cpp takes beside weights and context: buffers, and weights laid out anew for this CPU."""
CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")


@dataclass(frozen=True)
class Resident:
    """A llama.cpp server of this process: it lives as long as this is referred to."""

    server: Any
    url: str
    key: str


_residents: dict[tuple[Path, int], Resident] = {}
_lock = threading.Lock()
atexit.register(_residents.clear)


def open_embedded(name: str, *, threads: int = 0, report: Callable[[str], None] = ignore) -> Endpoint:
    """Open a model of the catalogue or a GGUF file; roles that ask for the same one share it, and its memory."""
    _llama_cpp()
    path = find_weights(name, report)
    resident = _resident(path, threads or cores(), report)
    connection = Connection(resident.url, resident.key, report=report)
    context = find_context(connection.api, {"id": name})
    endpoint = Endpoint(path.name, connection, name=f"local:{name}", context=context)
    endpoint.learn_to_continue()
    return endpoint


def cores() -> int:
    """Return how many cores this process may use, by affinity and by a container's quota."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = CPU_QUOTA.read_text(encoding="ascii").split()
        return max(1, min(allowed, round(int(quota) / int(period))))
    except (OSError, ValueError):
        return allowed


def slots_for(size: int, available: int) -> int:
    """Return how many slots weights of this size leave room for in the memory that is available; 0 for none."""
    room = available - size - OVERHEAD
    return max(0, min(SLOTS, room // (CONTEXT * size // BYTES_OF_A_TOKEN)))


def _llama_cpp() -> Any:
    try:
        return import_module("xllamacpp")
    except ImportError as error:
        raise EndpointError(
            f"the embedded model needs xllamacpp ({error}), which has wheels for Linux on x86-64 and arm64: "
            "pip install 'guild[local]', or name a server with --model and --base-url"
        ) from error


def _resident(path: Path, threads: int, report: Callable[[str], None]) -> Resident:
    with _lock:
        key = (path.resolve(), threads)
        if key not in _residents:
            report(f"loading {path.name} ({threads} threads)")
            _residents[key] = _load(path, threads)
        return _residents[key]


def _load(path: Path, threads: int) -> Resident:
    size, available = path.stat().st_size, psutil.virtual_memory().available
    slots = slots_for(size, available)
    if not slots:
        raise WeightsError(
            f"{path}: {size // 1_000_000} MB of weights do not fit the {available // 1_000_000} MB of memory that are "
            "free; take a smaller model (--model local:qwen2.5-coder-0.5b)"
        )
    xllamacpp = _llama_cpp()
    params, secret = xllamacpp.CommonParams(), secrets.token_urlsafe()
    params.model.path = str(path)
    params.hostnames, params.port, params.api_keys = ["127.0.0.1"], 0, [secret]
    params.n_parallel, params.n_ctx = slots, slots * CONTEXT
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    # Threads that spin while they wait starve whatever else runs on the cores, the toolchain first.
    params.cpuparams.poll = params.cpuparams_batch.poll = 0
    # What stands in the prompt is guessed to come again: 1.6 times as fast where a file is rewritten.
    params.speculative.types = [xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE]
    params.cache_ram_mib, params.verbosity, params.warmup = PROMPT_CACHE_MIB, QUIET, True
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as error:
        raise WeightsError(f"{path}: llama.cpp cannot load it: not a GGUF model, damaged, or of a new kind") from error
    return Resident(server, f"{server.listening_address}/v1", secret)
