"""Project files inside one root: the only writer of project files."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from guild.errors import OutputError

_SKIPPED = frozenset({".git"})
"""Folders that belong to others: hooks in them run outside any sandbox."""
_TEMPORARY = ".guild-writing-"
_LARGEST = 1 << 20
"""Bytes; a larger file is no source."""


def safe_path(root: Path, relative: str) -> Path:
    """Return where a project path lies below root; OutputError when it would leave it, through a link too."""
    pure = PurePosixPath(relative)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or "\0" in relative or "\\" in relative:
        raise OutputError(f"{relative!r} is not a path inside the project: write it like `pkg/file.go`")
    if _SKIPPED.intersection(pure.parts):
        raise OutputError(f"{relative!r} lies in a folder that guild does not write")
    path = root / pure
    if not path.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{relative!r} leaves the project through a link")
    return path


class Workspace:
    """The text files below one root, path -> text, with `/` between the parts of a path."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._owned: set[str] = set()

    def adopt(self, paths: Collection[str]) -> None:
        """Take over files that an earlier sitting wrote, so that `sync` may delete them."""
        self._owned.update(paths)

    def write(self, files: Mapping[str, str]) -> None:
        """Write the files that differ, each in one atomic step; nothing is written when a path is unsafe."""
        targets = {safe_path(self.root, relative): text for relative, text in files.items()}
        for path, text in targets.items():
            try:
                _replace(path, _encode(text))
            except OSError as error:
                raise OutputError(f"{path} cannot be written: {error.strerror}") from error

    def sync(self, files: Mapping[str, str]) -> None:
        """Write the files, and delete those that an earlier `sync` wrote and that are gone."""
        for relative in files:
            safe_path(self.root, relative)
        for relative in sorted(self._owned.difference(files)):
            self._delete(safe_path(self.root, relative))
            self._owned.discard(relative)
        self.write(files)
        self._owned.update(files)

    def read(self) -> dict[str, str]:
        """Return the text files: no repository, no binary, nothing larger than a source, no link that leaves."""
        found: dict[str, str] = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name not in _SKIPPED)
            for name in sorted(names):
                path = Path(folder, name)
                text = None if name.startswith(_TEMPORARY) else self._text(path)
                if text is not None:
                    found[path.relative_to(self.root).as_posix()] = text
        return found

    def unread(self) -> list[str]:
        """Return the paths that `read` passes over: binary, too large, or through a link that leaves."""
        found: list[str] = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name not in _SKIPPED)
            paths = (Path(folder, name) for name in sorted(names) if not name.startswith(_TEMPORARY))
            found += [path.relative_to(self.root).as_posix() for path in paths if self._text(path) is None]
        return found

    def _text(self, path: Path) -> str | None:
        try:
            if not path.resolve().is_relative_to(self.root.resolve()) or not path.is_file():
                return None
            if path.stat().st_size > _LARGEST:
                return None
            text = path.read_bytes().decode("utf-8")
        except (OSError, RuntimeError, UnicodeDecodeError):
            return None
        return None if "\0" in text else text

    def _delete(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path} cannot be deleted: {error.strerror}") from error
        for folder in path.parents:
            if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()


@contextmanager
def temporary(prefix: str = "guild-") -> Generator[Workspace]:
    """Give a Workspace in a private temporary folder that is deleted at the end."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Workspace(Path(folder).resolve())


def digest(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of a Project, whatever the order of its files."""
    whole = hashlib.sha256()
    for path in sorted(files):
        for part in (_encode(path), _encode(files[path])):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    return whole.hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(_encode(text)).hexdigest()


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _replace(path: Path, content: bytes) -> None:
    """Put content at path in one atomic step, through a new file that nobody could have planted as a link."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(_TEMPORARY + hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16])
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as file:
            file.write(content)
        if path.is_file():
            shutil.copymode(path, fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
