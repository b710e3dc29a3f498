"""Open the saver that a caller wants, and move a thread from one run to another."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from langgraph.checkpoint.sqlite import SqliteSaver

from guild.errors import RunError

PATIENCE = 30.0
"""Seconds to wait for a lock of the database."""


@contextmanager
def open_saver(path: Path) -> Generator[SqliteSaver]:
    """Open the saver of a run's database: WAL, so that a kill loses no committed step; RunError where it is damaged."""
    try:
        with closing(sqlite3.connect(path, check_same_thread=False, timeout=PATIENCE)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            yield SqliteSaver(connection)
    except sqlite3.DatabaseError as error:
        raise RunError(f"{path}: {error}; without that file, guild resume starts the run over") from error


def copy_thread(source: Path, target: Path, thread: str) -> None:
    """Copy a run's database whole and give its one thread another id."""
    with closing(sqlite3.connect(source, timeout=PATIENCE)) as old, closing(sqlite3.connect(target)) as copy, copy:
        old.backup(copy)
        for table in ("checkpoints", "writes"):
            copy.execute(f"UPDATE {table} SET thread_id = ?", (thread,))
