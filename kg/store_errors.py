"""What goes wrong with the file of a store, in sentences for people."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError, KgError, OutputError


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in a sentence what SQLite says in a word.

    Args:
        path: The file that is used inside the `with` block.

    Raises:
        InputError: The file is no store.
        OutputError: The file cannot be read or changed.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(f"{path} cannot be used ({error}); is the disk full, or the folder protected?") from error
    except sqlite3.DatabaseError as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: sqlite3.DatabaseError) -> KgError:
    return InputError(f"{path} is no store of kg, or is damaged ({error}); give another folder, or delete it.")
