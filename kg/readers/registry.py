"""The readers by name and by file extension."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import UsageError
from kg.types import Document


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to turn the bytes of one file format into a document.

    Args:
        name: The name by which users ask for the reader.
        extensions: The file extensions it is taken for, in lower case with the dot.
        read: From the bytes and the id of the document to the document; raises InputError.

    >>> Reader("text", (".txt",), lambda data, id: Document(id, data.decode())).name
    'text'
    """

    name: str
    extensions: tuple[str, ...]
    read: Callable[[bytes, str], Document]


class Registry:
    """Readers by name and by extension; neither may be taken twice.

    >>> registry = Registry()
    >>> registry.register(Reader("text", (".txt",), lambda data, id: Document(id, data.decode())))
    >>> registry.extensions()
    ('.txt',)
    """

    def __init__(self) -> None:
        self._by_name: dict[str, Reader] = {}
        self._by_extension: dict[str, Reader] = {}

    def register(self, reader: Reader) -> None:
        """Add a reader.

        Raises:
            UsageError: The name or an extension is taken already, or an extension is written wrongly.
        """
        if reader.name in self._by_name:
            raise UsageError(f"A reader named {reader.name!r} is registered already; choose another name.")
        for extension in reader.extensions:
            if not extension.startswith(".") or extension != extension.lower():
                raise UsageError(f"The extension {extension!r} must be in lower case and start with a dot.")
            if extension in self._by_extension:
                holder = self._by_extension[extension].name
                raise UsageError(f"The extension {extension} belongs to the reader {holder!r} already.")
        self._by_name[reader.name] = reader
        self._by_extension.update(dict.fromkeys(reader.extensions, reader))

    def named(self, name: str) -> Reader:
        """Return the reader of a name or of an extension (`text`, `txt` and `.txt` are the same).

        Raises:
            UsageError: There is none; the sentence lists those that there are.
        """
        reader = self._by_name.get(name) or self._by_extension.get("." + name.lower().removeprefix("."))
        if reader is None:
            raise UsageError(f"There is no reader named {name!r}; there are {', '.join(self.names())}.")
        return reader

    def for_extension(self, extension: str) -> Reader | None:
        """Return the reader of a file extension (`.TXT` is `.txt`), or None."""
        return self._by_extension.get(extension.lower())

    def names(self) -> tuple[str, ...]:
        """Return the names of the readers, sorted."""
        return tuple(sorted(self._by_name))

    def extensions(self) -> tuple[str, ...]:
        """Return the file extensions that have a reader, sorted."""
        return tuple(sorted(self._by_extension))
