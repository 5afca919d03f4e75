"""How far the outputs in a folder are behind its store, and whether it is time to write them again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kg.extractor_version import package_version, terms_version
from kg.linking.corrections import FILE_NAME
from kg.store import Store

OUTPUTS = ("graph.html", "graph.graphml", "facts.jsonl", "linking.json")
"""The names of the files that are made from the store: the page, the graph, the facts, the decisions of linking."""
LARGE_STORE = 2000
"""In a store of more documents than this, a build of a few does not write the outputs by itself."""
FEW = 0.01
"""The share of a store's documents from which a change is worth writing the outputs of a large store."""


def are_current(store: Store) -> bool:
    """Say whether the outputs were written from what the store holds, and a person has decided, now."""
    notes, folder = store.notes(), store.path.parent
    if not all((folder / name).is_file() for name in OUTPUTS):
        return False
    written = notes.get("outputs", "").split(" ")
    return written[0] == notes.get("revision", "0") and written[-2:-1] == [_decided(folder)]


def are_due(store: Store, language: str | None = None) -> bool:
    """Say whether a build should write the outputs if nobody says whether: always but for a few documents of many.

    Args:
        store: The store.
        language: The language that the page is to have; that of the last page if not given.
    """
    notes, folder, (documents, _) = store.notes(), store.path.parent, store.count()
    if documents <= LARGE_STORE or int(notes.get("behind", documents)) >= FEW * documents:
        return True
    written = notes.get("outputs", "").split(" ")
    # Nothing new (the outputs are compared then), or more than documents has changed.
    if written[0] == notes.get("revision", "0") or written[1:-1] != _state(notes, folder, language):
        return True
    return not all((folder / name).is_file() for name in OUTPUTS)


def export_notes(store: Store, language: str | None = None) -> dict[str, str]:
    """Return what the store notes about outputs that lie in its folder as they are to be.

    Args:
        store: The store, as it was when they were made.
        language: The language of the page; that of the last page if not given.
    """
    notes, folder = store.notes(), store.path.parent
    state = [notes.get("revision", "0"), *_state(notes, folder, language), _digest(folder)]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    shown = page_language(notes, language)
    return {"outputs": " ".join(state), "language": shown, "behind": "0", "last_export": now}


def page_language(notes: Mapping[str, str], language: str | None) -> str:
    """Return the language of the page.

    >>> page_language({"language": "en"}, None), page_language({}, None)
    ('en', 'zh')
    """
    return language or notes.get("language", "zh")


def _state(notes: Mapping[str, str], folder: Path, language: str | None) -> list[str]:
    """Return what decides the outputs beside the documents of the store."""
    return [package_version(), terms_version() or "-", page_language(notes, language), _decided(folder)]


def _decided(folder: Path) -> str:
    corrections = folder / FILE_NAME
    return hashlib.sha256(corrections.read_bytes()).hexdigest() if corrections.is_file() else "-"


def _digest(folder: Path) -> str:
    """Return a digest of the outputs in a folder, so that one that was deleted or changed by hand is written again."""
    digest = hashlib.sha256()
    for name in OUTPUTS:
        path = folder / name
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"-")
    return digest.hexdigest()
