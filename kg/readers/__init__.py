"""From files, folders, standard input and texts to documents."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from kg.errors import InputError
from kg.readers import html, text
from kg.readers.files import SIZE_LIMIT, document_id, read_bytes, refuse_large
from kg.readers.files import find_files as _find_files
from kg.readers.furniture import find_furniture
from kg.readers.metadata import Metadata, find_metadata
from kg.readers.registry import Reader, Registry
from kg.readers.text import read_text
from kg.types import Document

__all__ = [
    "Metadata",
    "Reader",
    "Registry",
    "extensions",
    "find_files",
    "find_furniture",
    "find_metadata",
    "names",
    "read",
    "read_bytes",
    "read_data",
    "read_stdin",
    "read_text",
    "register",
]

_REGISTRY = Registry()


def register(reader: Reader) -> None:
    """Add a reader for further file formats.

    Args:
        reader: Its name and extensions must be free.

    Raises:
        UsageError: The name or an extension is taken already.
    """
    _REGISTRY.register(reader)


register(text.READER)
register(html.READER)


def names() -> tuple[str, ...]:
    """Return the names of the readers, sorted.

    >>> names()
    ('html', 'text')
    """
    return _REGISTRY.names()


def extensions() -> tuple[str, ...]:
    """Return the file extensions that have a reader, sorted.

    >>> ".txt" in extensions()
    True
    """
    return _REGISTRY.extensions()


def read(path: Path, name: str | None = None) -> Document:
    """Read a file into a document.

    Args:
        path: A regular file; its path as given, with `/` between the parts, is the id of the document.
        name: The name of the reader (`text`, `html`); without it the extension decides, and a file with an unknown
            extension is read as text, with a warning.

    Raises:
        InputError: The file is missing, special, unreadable, too large, empty, binary, or in no known encoding.
        UsageError: There is no reader of that name.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.txt"
    ...     _ = path.write_text("会长张三出席会议。", encoding="utf-8")
    ...     read(path).text
    '会长张三出席会议。'
    """
    path = Path(path)
    return read_data(read_bytes(path), path, document_id(path), name)


def read_data(data: bytes, path: Path, id: str, name: str | None = None) -> Document:
    """Read the bytes of a file into a document.

    Args:
        data: The bytes (`read_bytes`).
        path: The file that they come from; only its extension counts.
        id: The name under which facts cite the document.
        name: The name of the reader; without it the extension decides.

    Raises:
        InputError: The bytes are empty, binary, or in no known encoding.
        UsageError: There is no reader of that name.

    >>> read_data("会长张三出席会议。".encode(), Path("a.txt"), "a.txt").text
    '会长张三出席会议。'
    """
    reader = _REGISTRY.named(name) if name is not None else _REGISTRY.for_extension(path.suffix)
    if reader is not None:
        return reader.read(data, id)
    kind = f"the extension {path.suffix}" if path.suffix else "a name without an extension"
    document = text.read_text_bytes(data, id)
    return replace(document, warnings=(*document.warnings, f"{id} has {kind}, which no reader knows; read as text."))


def read_stdin(id: str = "stdin") -> Document:
    """Read standard input into a document, as plain text.

    Args:
        id: The name under which facts cite the document.

    Raises:
        InputError: The input is empty, binary, too large, or in no known encoding.
    """
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        if sys.stdin is None:
            raise InputError("There is no standard input; give a file instead.")
        return read_text(sys.stdin.read(SIZE_LIMIT + 1), id)
    data = stream.read(SIZE_LIMIT + 1)
    refuse_large(len(data), id)
    return text.read_text_bytes(data, id)


def find_files(paths: Iterable[Path], on_error: Callable[[InputError], None] | None = None) -> list[Path]:
    """Return the files of paths: files as they are, folders with every article below them.

    Inside folders only regular files whose extension has a reader count; hidden files and links are left out.

    Args:
        paths: Files and folders, in any order.
        on_error: Called with each path's error, so that the other paths are still searched; without it the first
            error is raised.

    Returns:
        The files, each once, in the order of their paths.

    Raises:
        InputError: A path is missing or special, or a folder cannot be read or holds no article.
    """
    return _find_files([Path(path) for path in paths], extensions(), on_error)
