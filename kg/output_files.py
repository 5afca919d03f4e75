"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kg.errors import OutputError


@contextlib.contextmanager
def replacing(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Open a text file beside `path` that takes its place when the block ends, and vanishes when the block fails.

    Args:
        path: The file to make or replace.
        encoding: The encoding; line ends are written as they are given.

    Raises:
        OutputError: The folder is missing, the place is not writable, or the disk is full.

    >>> with replacing(Path("no such folder/graph.csv")) as file:
    ...     pass
    Traceback (most recent call last):
    ...
    kg.errors.OutputError: no such folder/graph.csv cannot be written: No such file or directory; give another place.
    """
    temporary = path.parent / f".{uuid.uuid4().hex}.tmp"
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        with open(temporary, "x", encoding=encoding, newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}; give another place.") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
