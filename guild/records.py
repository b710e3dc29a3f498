"""The only writer of a run's folder: its manifest, its trace, its texts by hash and its final files.

A run lies in `HOME/runs/ID/`: `manifest.json`, `trace.jsonl` (one line an event), `blobs/SHA256` (prompts, replies,
drafts), `files/` (the Project as it ended), `checkpoints.sqlite` (the saver's own) and `lock`. Whatever moment a
process is killed at, what stands there can be read: files are replaced whole, and a torn last line is passed over.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias, cast

from filelock import FileLock, Timeout

from guild.errors import OutputError, RunLocked, RunNotFound
from guild.manifest import Manifest
from guild.values import Reply

Event: TypeAlias = dict[str, Any]
"""One line of a trace: `kind`, `time` (UTC, ISO 8601) and what that kind carries."""

_LOCK_PATIENCE = 1.0  # seconds: long enough for somebody who only looks whether it is held
_ABOUT_OUT = ("writing", "written", "outcome")
"""Kinds of events that are of no run but the one whose `out` they speak of."""


class Records:
    """The records of one run, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkpoints = folder / "checkpoints.sqlite"
        self._manifest = folder / "manifest.json"
        self._trace = folder / "trace.jsonl"
        self._blobs = folder / "blobs"
        self._replies: dict[str, Event] | None = None
        self._writing = Lock()

    def manifest(self) -> Manifest:
        """Return the run's manifest; RunNotFound where there is none."""
        try:
            manifest = json.loads(self._manifest.read_bytes())
            return cast(Manifest, {name: manifest[name] for name in Manifest.__required_keys__} | manifest)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise RunNotFound(f"{self.folder} holds no readable manifest.json: {error}") from error

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the run's manifest, whole."""
        _replace(self._manifest, json.dumps(manifest, indent=1).encode())

    def event(self, kind: str, **fields: Any) -> None:
        """Append one line to the trace; fields are anything that JSON can say."""
        line = {"kind": kind, "time": _now().isoformat(timespec="milliseconds"), **fields}
        with self._writing:
            _append(self._trace, json.dumps(line).encode())
            if kind == "reply" and self._replies is not None:
                _remember(self._replies, line)

    def events(self) -> Iterator[Event]:
        """Give the trace's events in order, passing over lines that a kill tore."""
        if not self._trace.exists():
            return
        with self._trace.open("rb") as lines:
            for line in lines:
                event = _parsed(line)
                if event is not None:
                    yield event

    def put(self, text: str) -> str:
        """Keep a text and return its sha256."""
        data = _encoded(text)
        digest = hashlib.sha256(data).hexdigest()
        blob = self._blobs / digest
        if not blob.exists() or blob.read_bytes() != data:
            _replace(blob, data)
        return digest

    def get(self, digest: str) -> str:
        """Return the text of a sha256; KeyError where it is not kept, or not whole."""
        try:
            data = (self._blobs / digest).read_bytes()
        except OSError as error:
            raise KeyError(digest) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise KeyError(digest)
        return data.decode(errors="surrogatepass")

    def add_reply(self, key: str, reply: Reply, **fields: Any) -> None:
        """Record a reply under its key, text first, as the `reply` event with whatever fields describe the request."""
        self.event("reply", **{**fields, **reply, "key": key, "text": self.put(reply["text"]), "recorded": False})

    def find_reply(self, key: str) -> Reply | None:
        """Return the reply that was first recorded under this key."""
        with self._writing:
            if self._replies is None:
                self._replies = {}
                for event in self.events():
                    _remember(self._replies, event)
            found = self._replies.get(key)
        if found is None:
            return None
        try:
            return cast(
                Reply, {name: found[name] for name in Reply.__annotations__} | {"text": self.get(found["text"])}
            )
        except KeyError:
            return None

    def adopt(self, origin: "Records", *, until: str = "") -> None:
        """Take over all that another run was answered, so that it is not asked again, and its history until a time."""
        if origin._blobs.exists():
            shutil.copytree(origin._blobs, self._blobs, dirs_exist_ok=True)
        for event in origin.events():
            if event["kind"] == "reply" or (event["time"] <= until and event["kind"] not in _ABOUT_OUT):
                _append(self._trace, json.dumps(event).encode())
        self._replies = None

    def write_files(self, files: Mapping[str, str]) -> None:
        """Replace the run's copy of the Project."""
        fresh, place = self.folder / "files.new", self.folder / "files"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for path, text in files.items():
            target = fresh / path
            if not target.resolve().is_relative_to(fresh.resolve()):
                raise OutputError(f"{path}: leaves the run's folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_encoded(text))
        shutil.rmtree(place, ignore_errors=True)
        fresh.replace(place)

    @contextmanager
    def hold(self) -> Generator[None]:
        """Work on the run alone: RunLocked while another process does; the system frees the lock of a dead one."""
        lock = FileLock(self.folder / "lock", timeout=_LOCK_PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            raise RunLocked(
                f"run {self.folder.name} is worked on by another process; wait for it or stop it"
            ) from error
        try:
            yield
        finally:
            lock.release()

    def held(self) -> bool:
        """Say whether a process works on the run now."""
        if not (self.folder / "lock").exists():
            return False
        lock = FileLock(self.folder / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        lock.release()
        return False


def new_run(home: Path, name: str) -> Path:
    """Make the folder of a fresh run; its name is sortable by time, readable and unique. Git passes all runs by."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "run"
    while True:
        folder = home / "runs" / f"{_now():%Y%m%d-%H%M%S}-{slug}-{secrets.token_hex(2)}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        if not (home / ".gitignore").exists():
            (home / ".gitignore").write_text("*\n", "utf-8")
        return folder


def run_folders(home: Path) -> list[Path]:
    """List the folders of the runs that have a manifest, oldest first."""
    return sorted(manifest.parent for manifest in (home / "runs").glob("*/manifest.json"))


def _now() -> datetime:
    return datetime.now(UTC)


def _encoded(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    fresh.write_bytes(data)
    fresh.replace(path)


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line + b"\n")


def _parsed(line: bytes) -> Event | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return cast(Event, value) if isinstance(value, dict) and "kind" in value else None


def _remember(replies: dict[str, Event], event: Event) -> None:
    if event["kind"] == "reply" and "key" in event:
        replies.setdefault(event["key"], event)
