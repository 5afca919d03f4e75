"""The store: documents and their facts, as extracted, in one SQLite file that survives every way of ending a build."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, UsageError
from kg.linking import Clues, document_clues
from kg.store_errors import told
from kg.store_migrations import ensure_schema
from kg.store_records import (
    DOCUMENT_COLUMNS,
    clues_of,
    clues_record,
    content_digest,
    document_of,
    document_row,
    fact_of,
    fact_record,
)
from kg.types import Document, Fact

STORE_FILE = "kg.sqlite"
"""The name of the store in the folder of a build."""

_COLUMNS = ", ".join(DOCUMENT_COLUMNS)
_COUNT_UP = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + ?"
# How long a writer waits for another one's transaction, which lasts for a batch at most.
_TIMEOUT = 30.0
_CLUES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a document was made from: nothing of it needs to be read again while these stay the same.

    Args:
        source: The absolute path of its file.
        sha256: The digest of the file's bytes.
        extractor: The version of what read the file and found its facts (`kg.extractor_version`).
        content: A digest of the text without furniture, white space and widths, the same for plain reprints.
    """

    source: str
    sha256: str
    extractor: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its facts on the way into the store.

    Args:
        document: The document as read.
        facts: Its facts, linked inside the document, in the fixed order.
        fingerprint: What it was made from; the store itself fills in the content's digest.
    """

    document: Document
    facts: tuple[Fact, ...]
    fingerprint: Fingerprint


class Store:
    """Documents and facts on disk; other processes may read while one writes, and see what is committed.

    >>> import tempfile
    >>> entry = Entry(Document("a.txt", "张三任会长。"), (), Fingerprint("/articles/a.txt", "…", "1"))
    >>> with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "kg.sqlite", create=True) as store:
    ...     store.change([entry])
    ...     store.read("a.txt").text, store.count()
    ('张三任会长。', (1, 0))
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str | Path, create: bool = False) -> Store:
        """Open a store; one of an older version is brought to the newest first.

        Args:
            path: The file, or the folder of a build that holds it.
            create: Whether to make the file if it is missing; its folder must be there.

        Raises:
            InputError: There is no such file, or it is no store.
            OutputError: It cannot be made or changed.
        """
        file = Path(path) / STORE_FILE if Path(path).is_dir() else Path(path)
        if not create and not file.is_file():
            raise InputError(f"{file} does not exist; make it with `kg build PATH… -o {file.parent}`.")
        with told(file):
            connection = sqlite3.connect(file, timeout=_TIMEOUT, isolation_level=None)
            try:
                # An SQLite file of another program must not be changed, so it is asked before WAL is set.
                ensure_schema(connection, str(file))
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
            except BaseException:
                connection.close()
                raise
        return cls(connection, file)

    def close(self) -> None:
        """Close the file; the store is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything that is read inside the `with` block be of one moment, whatever a build commits meanwhile."""
        with told(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def documents(self) -> Iterator[Document]:
        """Yield the documents in the order of their ids."""
        for row in self._rows(f"SELECT {_COLUMNS} FROM documents ORDER BY id"):
            yield document_of(row)

    def facts(self) -> Iterator[Fact]:
        """Yield the facts as extracted, linked inside their documents only, in the fixed order."""
        query = "SELECT record FROM documents JOIN facts ON document = number ORDER BY id, ordinal"
        for (record,) in self._rows(query):
            yield fact_of(json.loads(record))

    def read(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            UsageError: The store has no document of that id.
        """
        for row in self._rows(f"SELECT {_COLUMNS} FROM documents WHERE id = ?", document_id):
            return document_of(row)
        raise UsageError(f"{self.path} holds no document {document_id!r}; `kg status` lists what it holds.")

    def clues(self, version: str) -> list[Clues]:
        """Return what linking needs of the texts, by the documents' ids in their order; in a `snapshot` if need be.

        Args:
            version: The version of what finds clues (`clues_version`); what another one found is found again.
        """
        query = "SELECT id, CASE clues_version WHEN ? THEN clues ELSE '' END FROM documents ORDER BY id"
        rows = list(self._rows(query, version))
        return [clues_of(record) if record else document_clues(self.read(id)) for id, record in rows]

    def keep_clues(self, version: str) -> None:
        """Find the clues of documents that have none, or those of another version, and keep them.

        Args:
            version: The version of what finds clues.
        """
        missing = [id for (id,) in self._rows("SELECT id FROM documents WHERE clues_version <> ?", version)]
        for start in range(0, len(missing), _CLUES_AT_ONCE):
            found = [document_clues(self.read(id)) for id in missing[start : start + _CLUES_AT_ONCE]]
            rows = [(clues_record(clues), version, clues.document) for clues in found]
            with self._transaction():
                self._connection.executemany("UPDATE documents SET clues = ?, clues_version = ? WHERE id = ?", rows)

    def fingerprints(self) -> dict[str, Fingerprint]:
        """Return what each document was made from, by the documents' ids in their order."""
        rows = self._rows("SELECT id, source, sha256, extractor, content FROM documents ORDER BY id")
        return {id: Fingerprint(os.fsdecode(source), *rest) for id, source, *rest in rows}

    def count(self) -> tuple[int, int]:
        """Return the numbers of documents and of facts."""
        ((documents, facts),) = self._rows("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM facts)")
        return documents, facts

    def notes(self) -> dict[str, str]:
        """Return what the store says about itself, by name.

        `revision` grows with every change of its documents, `behind` is the number of documents that have changed
        since the outputs were written (`kg.export_state`).
        """
        return dict(self._rows("SELECT name, value FROM meta ORDER BY name"))

    def note(self, values: Mapping[str, str]) -> None:
        """Set some of `notes`."""
        with self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    def change(self, entries: Iterable[Entry] = (), removed: Iterable[str] = ()) -> None:
        """Put documents in, in place of those with the same ids, and take others out, all or nothing.

        Args:
            entries: The documents with their facts.
            removed: The ids of documents that go, with all their facts.
        """
        with self._transaction():
            changed = sum(
                self._connection.execute("DELETE FROM documents WHERE id = ?", (id,)).rowcount for id in removed
            )
            for entry in entries:
                self._put(entry)
                changed += 1
            for name, more in (("revision", 1), ("behind", changed)) if changed else ():
                self._connection.execute(_COUNT_UP, (name, str(more), more))

    def move(self, sources: Mapping[str, str]) -> None:
        """Note that the files of documents lie elsewhere now.

        Args:
            sources: The ids of documents, and for each the absolute path of its file.
        """
        rows = [(os.fsencode(source), id) for id, source in sources.items()]
        if not rows:
            return
        with self._transaction():
            self._connection.executemany("UPDATE documents SET source = ? WHERE id = ?", rows)

    def _put(self, entry: Entry) -> None:
        print_ = entry.fingerprint
        row = document_row(entry.document)
        furniture, text = row[DOCUMENT_COLUMNS.index("furniture")], entry.document.text
        origin = (os.fsencode(print_.source), print_.sha256, print_.extractor, content_digest(text, str(furniture)))
        self._connection.execute("DELETE FROM documents WHERE id = ?", (entry.document.id,))
        places = ", ".join("?" * (len(row) + len(origin)))
        query = f"INSERT INTO documents ({_COLUMNS}, source, sha256, extractor, content) VALUES ({places})"
        number = self._connection.execute(query, (*row, *origin)).lastrowid
        records = [(number, ordinal, fact_record(fact)) for ordinal, fact in enumerate(entry.facts)]
        self._connection.executemany("INSERT INTO facts VALUES (?, ?, ?)", records)

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with told(self.path):
            yield from self._connection.execute(query, values)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk ends the transaction by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
