"""Folders of a job's own on the machine's disk, for sandboxes that cannot mount any."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from guild.sandbox.job import PATH


@contextmanager
def private(prefix: str) -> Generator[tuple[Path, dict[str, str]]]:
    """Make a fresh HOME and a fresh TMPDIR, and yield their folder with the environment that names them."""
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        home, scratch = Path(folder, "home"), Path(folder, "tmp")
        home.mkdir()
        scratch.mkdir()
        yield (
            Path(folder),
            {"PATH": PATH, "LANG": "C.UTF-8", "USER": "guild", "HOME": str(home), "TMPDIR": str(scratch)},
        )
