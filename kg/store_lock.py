"""One build at a time: the lock of a store, which ends with the process that holds it."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from kg.errors import BusyError
from kg.store_errors import told

_POLL = 0.2


@contextlib.contextmanager
def only_builder(path: Path, wait: bool = False) -> Iterator[None]:
    """Let no other build change a store inside the `with` block; readers are not held up.

    The lock is one of the operating system on an empty file beside the store, so that it ends with the process that
    holds it, however that ends.

    Args:
        path: The store.
        wait: Whether to wait for another build instead of raising.

    Raises:
        BusyError: Another build is at the store.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, only_builder(Path(folder) / "kg.sqlite"):
    ...     with only_builder(Path(folder) / "kg.sqlite"):
    ...         pass
    Traceback (most recent call last):
    ...
    kg.errors.BusyError: Another build is writing to ...; let it end first, or wait for it with --wait.
    """
    file = path.with_name(f"{path.name}-lock")
    with told(file):
        # SQLite locks the same way on every system, also against other threads, and forked workers inherit nothing.
        lock = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        with told(file):
            while not _locked(lock):
                if not wait:
                    advice = "let it end first, or wait for it with --wait"
                    raise BusyError(f"Another build is writing to {path.parent}; {advice}.")
                time.sleep(_POLL)
        yield
    finally:
        lock.close()


def _locked(lock: sqlite3.Connection) -> bool:
    try:
        # Nothing is ever written to it, so that there is nothing to keep a journal for.
        lock.execute("PRAGMA journal_mode = MEMORY")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        raise
    return True
