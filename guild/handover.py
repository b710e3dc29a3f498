"""What a run hands over to a project that is somebody's: the whole change, in one go, once it is green."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from guild.errors import OutputError
from guild.records import Records
from guild.syntax import syntax_of
from guild.workspace import Workspace, safe_path, text_digest


class Handover:
    """The folder of a project that was there before a run."""

    whole = True
    """Whether nothing is written before all is green."""

    def __init__(self, records: Records, folder: Path, taken: Mapping[str, str] | None = None) -> None:
        self._records = records
        self._folder = folder
        self._space = Workspace(folder)
        if taken is not None:
            records.event("taken", files={path: records.put(text) for path, text in taken.items()})

    def taken(self) -> dict[str, str]:
        """Return the project as the run found it, path -> text."""
        return {path: self._records.get(digest) for path, digest in self._hashes().items()}

    def write(self, files: Mapping[str, str], judged: Collection[str] = ()) -> None:
        """Make the folder hold these files, all or none; OutputError where somebody changed it meanwhile."""
        before = self._hashes()
        due = {path: text for path, text in files.items() if before.get(path) != text_digest(text)}
        gone = [path for path in before if path not in files]
        if moved := sorted(self._moved(before, due)):
            raise OutputError(
                f"{', '.join(moved[:3])} changed in {self._folder} while guild worked, and nothing was written there; "
                "put it back and resume, or take the change from `guild show --diff`"
            )
        self._records.event("writing", files={path: text_digest(text) for path, text in due.items()})
        try:
            self._space.write(due)
            for path in gone:
                safe_path(self._folder, path).unlink(missing_ok=True)
        except (OutputError, OSError):
            self._put_back([*due, *gone])
            raise
        self._records.event("written", files={path: text_digest(text) for path, text in due.items()})

    def changes(self) -> dict[str, str | None]:
        """Return nothing: what a person changes meanwhile is not the run's to judge."""
        return {}

    def unreadable(self) -> list[str]:
        """Return nothing: what could not be read was never taken."""
        return []

    def _hashes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for event in self._records.events():
            if event["kind"] == "taken":
                found = event["files"]
        return found

    def _moved(self, before: Mapping[str, str], due: Mapping[str, str]) -> Iterator[str]:
        """Yield what is to be written, or is code, and is neither as it was found nor as it is to be."""
        there = {path: text_digest(text) for path, text in self._space.read().items()}
        for path in {*before, *due}:
            new = text_digest(due[path]) if path in due else ""
            if (path in due or syntax_of(path).name) and there.get(path, "") not in (before.get(path, ""), new):
                yield path

    def _put_back(self, paths: Collection[str]) -> None:
        """Undo what was written, to the byte."""
        old = self.taken()
        self._space.write({path: old[path] for path in paths if path in old})
        for path in paths:
            target = safe_path(self._folder, path)
            if path not in old and target.is_file():
                target.unlink()
