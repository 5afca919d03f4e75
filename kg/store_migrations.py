"""The schema of a store and its versions: a new file gets the newest, an older one is brought there step by step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from importlib import resources

from kg.errors import InputError
from kg.store_records import content_digest

APPLICATION = 0x6B677374
"""What marks an SQLite file as a store of this package: `kgst`."""
SCHEMA_VERSION = 3
"""The version that this package writes, in the file as `PRAGMA user_version`."""


def ensure_schema(connection: sqlite3.Connection, where: str) -> None:
    """Make the tables of an empty file, or bring those of an older store to the newest version, whole or not at all.

    Args:
        connection: A connection that does not begin transactions by itself.
        where: The name of the file for messages.

    Raises:
        InputError: The file belongs to another program or to a newer version of this one.

    >>> connection = sqlite3.connect(":memory:", isolation_level=None)
    >>> ensure_schema(connection, "kg.sqlite")
    >>> connection.execute("PRAGMA user_version").fetchone()
    (3,)
    """
    if _version(connection, where) == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have done it while this one waited.
        version = _version(connection, where)
        if version == 0:
            _execute(connection, (resources.files("kg") / "store_schema.sql").read_text("utf-8"))
        for step in range(version or SCHEMA_VERSION, SCHEMA_VERSION):
            _STEPS[step](connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, where: str) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and tables:
        raise InputError(f"{where} is a database of another program; give another folder.")
    if version > SCHEMA_VERSION:
        known = f"version {version} of the store, this one knows {SCHEMA_VERSION}"
        raise InputError(f"{where} was written by a newer kg ({known}); install a newer kg.")
    return int(version) if tables else 0


def _execute(connection: sqlite3.Connection, script: str) -> None:
    # `executescript` would commit the transaction under way.
    lines = (line.partition("--")[0] for line in script.splitlines())
    for statement in "\n".join(lines).split(";"):
        if statement.strip():
            connection.execute(statement)


def _add_content(connection: sqlite3.Connection) -> None:
    """From version 1 to 2: each document gets the digest of its content, by which reprints are found."""
    connection.execute("ALTER TABLE documents ADD COLUMN content TEXT NOT NULL DEFAULT ''")
    numbers = [number for (number,) in connection.execute("SELECT number FROM documents")]
    for number in numbers:
        row = connection.execute("SELECT text, furniture FROM documents WHERE number = ?", (number,)).fetchone()
        connection.execute("UPDATE documents SET content = ? WHERE number = ?", (content_digest(*row), number))
    connection.execute("CREATE INDEX documents_by_source ON documents (source)")
    connection.execute("CREATE INDEX documents_by_content ON documents (content)")


def _add_clues(connection: sqlite3.Connection) -> None:
    """From version 2 to 3: room for the clues of each document, which the next build fills; outputs count as old."""
    for column in ("clues", "clues_version"):
        connection.execute(f"ALTER TABLE documents ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    connection.execute("INSERT OR REPLACE INTO meta SELECT 'behind', count(*) FROM documents")


_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _add_content, 2: _add_clues}
