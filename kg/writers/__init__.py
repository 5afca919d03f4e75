"""Graph → file, one format a file of this folder, chosen by the file's extension.

A format is a function that takes the graph and a path and returns the paths that it wrote; `register` adds one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx

from kg.errors import UsageError

Writer = Callable[[nx.MultiDiGraph, Path], tuple[Path, ...]]

_WRITERS: dict[str, Writer] = {}


def register(extension: str) -> Callable[[Writer], Writer]:
    """Make the decorated function the writer of an extension.

    Args:
        extension: The extension with its dot, in lower case (`.graphml`).

    Raises:
        UsageError: The extension is malformed, or has a writer already.

    >>> @register(".names")
    ... def write_names(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    ...     with replacing(path) as file:
    ...         file.writelines(f"{node}\\n" for node in sorted(graph))
    ...     return (path,)
    >>> ".names" in extensions()
    True
    >>> unregister(".names")
    """
    if not extension.startswith(".") or extension != extension.lower() or len(extension) < 2:
        raise UsageError(
            f"{extension!r} is not a file extension; give it with its dot in lower case, as in '.graphml'."
        )

    def add(writer: Writer) -> Writer:
        if extension in _WRITERS:
            raise UsageError(f"{extension} is already written by {_WRITERS[extension].__module__}; choose another.")
        _WRITERS[extension] = writer
        return writer

    return add


def unregister(extension: str) -> None:
    """Take the writer of an extension away.

    Raises:
        UsageError: The extension has no writer.
    """
    if extension not in _WRITERS:
        raise UsageError(_unknown(extension))
    del _WRITERS[extension]


def extensions() -> tuple[str, ...]:
    """Return the extensions that can be written, sorted.

    >>> ".graphml" in extensions()
    True
    """
    return tuple(sorted(_WRITERS))


def write(graph: nx.MultiDiGraph, path: str | Path) -> tuple[Path, ...]:
    """Write a graph in the format that the path's extension names.

    The file appears whole or not at all, and an older one is replaced only when the new one is finished.

    Args:
        graph: The graph (`schema.md` §4).
        path: Where to; `.graphml`, `.gexf`, `.html`, `.jsonl` (facts) or `.csv` (two files, `.nodes.csv` and
            `.edges.csv`).

    Returns:
        The paths of the files written.

    Raises:
        UsageError: No writer is registered for the extension.
        OutputError: The place cannot be written.

    >>> write(nx.MultiDiGraph(), "graph.doc")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    kg.errors.UsageError: graph.doc: nothing writes '.doc'; use one of .csv, ...
    """
    file = Path(path)
    writer = _WRITERS.get(file.suffix.lower())
    if writer is None:
        raise UsageError(f"{file}: {_unknown(file.suffix)}")
    return writer(graph, file)


def _unknown(extension: str) -> str:
    return f"nothing writes {extension!r}; use one of {', '.join(extensions())}."


from kg.output_files import replacing  # noqa: E402
from kg.writers import csv, facts, gexf, graphml, html  # noqa: E402  (each registers itself)

__all__ = [
    "Writer",
    "csv",
    "extensions",
    "facts",
    "gexf",
    "graphml",
    "html",
    "register",
    "replacing",
    "unregister",
    "write",
]
