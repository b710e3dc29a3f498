"""What a run writes to --out: its own files, atomically; what a person changed there is never overwritten unseen."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from guild.errors import OutputError, RunNotFound
from guild.records import Records, run_folders
from guild.workspace import Workspace, safe_path, text_digest


class Claim(NamedTuple):
    """What stood in an output folder before a run came, as hashes: what may go, and what is not ours to judge."""

    stale: dict[str, str]
    foreign: dict[str, str]


def claim(home: Path, out: Path, paths: Iterable[str], *, force: bool) -> Claim:
    """Refuse a folder that holds what no run of ours wrote, or where a path leads out of it."""
    if (out.exists() and not out.is_dir()) or (out.is_symlink() and not out.exists()):
        raise OutputError(f"{out} is not a folder; choose another with --out")
    for path in paths:
        safe_path(out, path)
    space = Workspace(out)
    there = {path: text_digest(text) for path, text in space.read().items()} if out.is_dir() else {}
    ours = _ours(home, out)
    stale = {path: digest for path, digest in there.items() if digest in ours.get(path, set())}
    foreign = {path: digest for path, digest in there.items() if path not in stale}
    foreign |= dict.fromkeys(space.unread(), "")
    if foreign and not force:
        raise OutputError(
            f"{out} holds files that guild did not write ({', '.join(sorted(foreign)[:3])}); "
            "choose another folder with --out, or overwrite it with --force"
        )
    return Claim(stale, foreign)


class Delivery:
    """The output folder of one run."""

    whole = False
    """Whether nothing is written before all is green."""

    def __init__(self, records: Records, out: Path, claimed: Claim | None = None) -> None:
        self._records = records
        self._space = Workspace(out)
        self._out = out
        if claimed is not None:
            records.event("claimed", stale=claimed.stale, foreign=claimed.foreign)

    def write(self, files: Mapping[str, str], judged: Collection[str] = ()) -> None:
        """Make the folder hold these files, but for what a person changed there and nobody has judged yet.

        `judged` holds the hashes of changes that were. What this run, or an earlier one, wrote and is gone goes.
        """
        there = {path: text_digest(text) for path, text in self._there().items()}
        history = self._history()
        unseen = {path for path in self.changes() if there.get(path, "") not in judged} | self._unreadable(history)
        hashes = {path: text_digest(text) for path, text in files.items()}
        ours = set(history.written) | {path for path, digest in history.stale.items() if there.get(path) == digest}
        gone = (ours & set(there)) - set(files) - unseen
        due = {path: text for path, text in files.items() if there.get(path) != hashes[path] and path not in unseen}
        if not due and not gone and history.written == hashes and not history.writing:
            return
        self._records.event("writing", files=hashes)
        self._space.write(due)
        for path in gone:
            safe_path(self._out, path).unlink(missing_ok=True)
        self._records.event("written", files=hashes)

    def changes(self) -> dict[str, str | None]:
        """Return what a person changed, added or deleted (None) since the run last wrote; nothing where all is gone."""
        history = self._history()
        there = self._there()
        if not there or not (history.written or history.writing):
            return {}
        changed: dict[str, str | None] = {
            path: text
            for path, text in there.items()
            if text_digest(text) not in (history.written.get(path), history.writing.get(path))
            and text_digest(text) not in (history.foreign.get(path), history.stale.get(path))
        }
        due = history.writing or history.written
        kept = {*there, *self._unreadable(history)}
        return changed | {path: None for path in history.written if path in due and path not in kept}

    def unreadable(self) -> list[str]:
        """Return the files of the run that a person made unreadable: binary, not UTF-8, or too large."""
        return sorted(self._unreadable(self._history()))

    def _unreadable(self, history: "_History") -> set[str]:
        unread = set(self._space.unread()) if self._out.is_dir() else set[str]()
        return unread & set(history.written)

    def _there(self) -> dict[str, str]:
        return self._space.read() if self._out.is_dir() else {}

    def _history(self) -> "_History":
        """Return what was claimed, what was last written, and what was about to be when the run was killed."""
        found = _History({}, {}, {}, {})
        for event in self._records.events():
            if event["kind"] == "claimed":
                found = found._replace(stale=event["stale"], foreign=event["foreign"])
            elif event["kind"] == "writing":
                found = found._replace(writing=event["files"])
            elif event["kind"] == "written":
                found = found._replace(written=event["files"], writing={})
        return found


class _History(NamedTuple):
    stale: dict[str, str]
    foreign: dict[str, str]
    written: dict[str, str]
    writing: dict[str, str]


def _ours(home: Path, out: Path) -> dict[str, set[str]]:
    """Return the hashes of all that runs of ours wrote below a folder."""
    ours: dict[str, set[str]] = {}
    for folder in run_folders(home):
        records = Records(folder)
        try:
            if records.manifest()["out"] != str(out):
                continue
        except RunNotFound:
            continue
        for event in records.events():
            if event["kind"] == "writing":
                for path, digest in event["files"].items():
                    ours.setdefault(path, set()).add(digest)
    return ours
