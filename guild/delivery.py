"""What a run writes to --out: its own files, atomically; what a person changed there is never overwritten unseen."""

from collections.abc import Collection, Mapping
from pathlib import Path

from guild.errors import OutputError
from guild.records import Records, run_folders
from guild.workspace import Workspace, safe_path, text_digest


class Delivery:
    """The output folder of one run."""

    def __init__(self, records: Records, out: Path) -> None:
        self._records = records
        self._space = Workspace(out)
        self._out = out
        self._stale: set[str] = set()

    def claim(self, home: Path, *, force: bool) -> None:
        """Refuse a folder that holds what no run of ours wrote; what an earlier run left there may go."""
        if self._out.exists() and not self._out.is_dir():
            raise OutputError(f"{self._out} is not a folder; choose another with --out")
        ours = _ours(home, self._out)
        foreign: list[str] = []
        for path, text in self._there().items():
            if text_digest(text) in ours.get(path, set()):
                self._stale.add(path)
            else:
                foreign.append(path)
        if foreign and not force:
            raise OutputError(
                f"{self._out} holds files that guild did not write ({', '.join(sorted(foreign)[:3])}); "
                "choose another folder with --out, or overwrite it with --force"
            )

    def write(self, files: Mapping[str, str], judged: Collection[str] = ()) -> None:
        """Make the folder hold these files, but for what a person changed there and nobody has judged yet.

        `judged` holds the hashes of changes that were. What this run, or an earlier one, wrote and is gone goes.
        """
        there = {path: text_digest(text) for path, text in self._there().items()}
        unseen = {path for path in self.changes() if there[path] not in judged}
        hashes = {path: text_digest(text) for path, text in files.items()}
        gone = ((self._stale | set(self._written()[0])) & set(there)) - set(files) - unseen
        due = {path: text for path, text in files.items() if there.get(path) != hashes[path] and path not in unseen}
        if not due and not gone:
            return
        self._records.event("writing", files=hashes)
        self._space.write(due)
        for path in gone:
            safe_path(self._out, path).unlink(missing_ok=True)
        self._stale = set()
        self._records.event("written", files=hashes)

    def changes(self) -> dict[str, str]:
        """Return the files that a person changed or added since the run last wrote, path -> text."""
        written, writing = self._written()
        if not written and not writing:
            return {}
        return {
            path: text
            for path, text in self._there().items()
            if text_digest(text) not in (written.get(path), writing.get(path))
        }

    def _there(self) -> dict[str, str]:
        return self._space.read() if self._out.is_dir() else {}

    def _written(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the hashes last written, and those that were about to be when the run was killed."""
        written: dict[str, str] = {}
        writing: dict[str, str] = {}
        for event in self._records.events():
            if event["kind"] == "writing":
                writing = event["files"]
            elif event["kind"] == "written":
                written, writing = event["files"], {}
        return written, writing


def _ours(home: Path, out: Path) -> dict[str, set[str]]:
    """Return the hashes of all that runs of ours wrote below a folder."""
    ours: dict[str, set[str]] = {}
    for folder in run_folders(home):
        records = Records(folder)
        if records.manifest()["out"] != str(out):
            continue
        for event in records.events():
            if event["kind"] == "writing":
                for path, digest in event["files"].items():
                    ours.setdefault(path, set()).add(digest)
    return ours
