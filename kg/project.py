"""A store that grows: it takes in what is new or changed, gives up what is withdrawn, and says what is stale."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from kg import __version__
from kg.engines import FileResult, Progress, extract_files, input_files, nothing_read
from kg.errors import InputError, OutputError, UsageError
from kg.export_state import are_current
from kg.extractor_version import clues_version, extractor_version, terms_version
from kg.readers import read_bytes
from kg.readers.files import document_id, real_paths
from kg.store import STORE_FILE, Entry, Fingerprint, Store
from kg.store_lock import only_builder

BATCH = 32
"""How many documents are committed together; so many are read again at most after a build was killed."""


@dataclass(frozen=True, slots=True)
class Update:
    """What a build has done to a store.

    Args:
        read: The ids of the documents that were read, new or changed.
        unchanged: The ids of those that were given and did not need to be read.
        removed: The ids of those that gave a document once and no longer do: emptied, or no longer text.
        skipped: The paths that gave no document, and for each the sentence that says why.
        warnings: What the readers had to decide for the documents that were read.
        outdated: How many documents that were not given had been read by another version, or with other terms.
    """

    read: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    outdated: int


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds and how old it is.

    Args:
        documents: The number of documents.
        facts: The number of facts.
        last_build: When a build ended last (ISO 8601, UTC), or None.
        stale: The ids of documents that a build would not find as they are, and for each the sentence that says why.
        outputs_current: Whether the outputs were written from what the store holds now.
        behind: How many documents have changed since the outputs were written.
        last_export: When the outputs were written last (ISO 8601, UTC), or None.
    """

    documents: int
    facts: int
    last_build: str | None
    stale: tuple[tuple[str, str], ...]
    outputs_current: bool
    behind: int
    last_export: str | None


@contextmanager
def opened(folder: str | Path, wait: bool = False, create: bool = False) -> Iterator[Store]:
    """Open the store of a folder to change it, which one process at a time may do.

    Args:
        folder: The folder.
        wait: Whether to wait for another build instead of raising.
        create: Whether to make the folder and the store if they are missing.

    Raises:
        BusyError: Another build is at the store.
        InputError: There is no store in the folder.
        OutputError: The folder cannot be made.
    """
    place = Path(folder) / STORE_FILE
    if create:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder} cannot be made a folder: {error.strerror}; give another with -o.") from error
    elif not place.is_file():
        raise InputError(f"{folder} holds no store ({STORE_FILE}); make it with `kg build PATH… -o {folder}`.")
    with only_builder(place, wait), Store.open(place, create) as store:
        yield store


def update(
    store: Store, paths: str | Path | Iterable[str | Path], workers: int = 1, progress: Progress | None = None
) -> Update:
    """Bring a store up to date with files: read what is new or changed, or was read by another version of extraction.

    Documents whose files were not given stay as they are, also if their files are gone (`status` names them).
    A file that the store knows keeps the id under which it was given first.

    Args:
        store: The store, opened to be changed (`opened`).
        paths: Files and folders, or one of them.
        workers: The number of processes that extract.
        progress: Called after each file that is read.

    Raises:
        InputError: Not one document could be read.
        UsageError: `workers` is less than 1.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "a.txt"
    ...     _ = file.write_text("红石市总工会主席王倩出席会议。", encoding="utf-8")
    ...     with opened(Path(folder) / "out", create=True) as store:
    ...         first, second = update(store, file), update(store, file)
    >>> len(first.read), len(second.read), len(second.unchanged)
    (1, 0, 1)
    """
    skipped: list[tuple[str, str]] = []
    version, known = extractor_version(), store.fingerprints()
    files = _identified(input_files(paths, skipped), known, skipped)
    unchanged = [path for path, (id, _) in files.items() if id in known and _is_unchanged(path, known[id], version)]
    store.move({id: source for id, source in map(files.__getitem__, unchanged) if known[id].source != source})
    changed = sorted(files.keys() - set(unchanged))
    results = extract_files(changed, workers, {path: id for path, (id, _) in files.items()})
    told = _told(results, len(changed), progress)
    done = [_without_text(result) for result in _committed(store, told, files, version)]
    documents = [result.document for result in done if result.document]
    emptied = {files[result.path][0] for result in done if result.sha256 and not result.document}
    removed = sorted(emptied & known.keys())
    given = {id for id, _ in files.values()}
    skipped += [(document_id(result.path), result.skipped) for result in done if result.skipped is not None]
    if not (documents or unchanged or removed):
        raise nothing_read(skipped)
    store.keep_clues(clues_version())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    store.note({"last_build": now, "terms": terms_version(), "kg": __version__})
    return Update(
        tuple(document.id for document in documents),
        tuple(sorted(files[path][0] for path in unchanged)),
        tuple(removed),
        tuple(sorted(skipped)),
        tuple(warning for document in documents for warning in document.warnings),
        sum(found.extractor != version for id, found in known.items() if id not in given),
    )


def remove(store: Store, documents: Iterable[str]) -> tuple[str, ...]:
    """Take documents out of a store with exactly their evidence; all of them, or none if one is unknown.

    A document whose file is still there comes back when a build is given the file again.

    Args:
        store: The store, opened to be changed (`opened`).
        documents: The ids of the documents, or the paths of their files.

    Returns:
        The ids of the documents that were removed.

    Raises:
        UsageError: The store has no such document.
    """
    known = store.fingerprints()
    by_source = {found.source: id for id, found in known.items()}
    removed = []
    for given in documents:
        id = given if given in known else by_source.get(os.path.realpath(given))
        if id is None:
            from kg.names import suggestion  # networkx is slow to import, and needed for this sentence only

            raise UsageError(f"{store.path} holds no document {given!r}; {suggestion(given, known)}")
        removed.append(id)
    store.change(removed=removed)
    return tuple(sorted(set(removed)))


def status(store: Store) -> Status:
    """Say what a store holds and which of its documents a build would not find as they are.

    Args:
        store: The store; a build may be at it.
    """
    with store.snapshot():
        known, (documents, facts), notes = store.fingerprints(), store.count(), store.notes()
    version = extractor_version()
    stale = [(id, reason) for id, found in known.items() if (reason := _staleness(found, version))]
    behind = int(notes.get("behind", documents))
    built, exported = notes.get("last_build"), notes.get("last_export")
    return Status(documents, facts, built, tuple(stale), are_current(store), behind, exported)


def _identified(
    files: Sequence[Path], known: Mapping[str, Fingerprint], skipped: list[tuple[str, str]]
) -> dict[Path, tuple[str, str]]:
    """Return each file's document id and absolute path; note in `skipped` those whose id is that of another file."""
    by_source = {found.source: id for id, found in known.items()}
    taken: dict[str, str] = {}
    result = {}
    for file, source in zip(files, real_paths(files), strict=True):
        id = by_source.get(source) or document_id(file)
        other = taken.get(id)
        if other is None and id in known and os.path.exists(known[id].source):
            other = known[id].source
        if other in (None, source):
            taken[id], result[file] = source, (id, source)
        else:
            advice = f"the store knows {document_id(Path(str(other)))} by this name; give the path in full"
            skipped.append((id, f"{id} is not read: {advice}."))
    return result


def _is_unchanged(path: Path, known: Fingerprint, version: str) -> bool:
    return known.extractor == version and _sha256(path) == known.sha256


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except InputError:
        # Reading it once more gives the sentence that says why.
        return None


def _staleness(known: Fingerprint, version: str) -> str | None:
    if not os.path.exists(known.source):
        return f"{document_id(Path(known.source))} is gone"
    if _sha256(Path(known.source)) != known.sha256:
        return f"{document_id(Path(known.source))} has changed"
    return None if known.extractor == version else "was read by another version, or with other terms"


def _told(results: Iterable[FileResult], count: int, progress: Progress | None) -> Iterator[FileResult]:
    for done, result in enumerate(results, 1):
        if progress is not None:
            progress(done, count, result)
        yield result


def _committed(
    store: Store, results: Iterable[FileResult], files: Mapping[Path, tuple[str, str]], version: str
) -> Iterator[FileResult]:
    """Yield results once the store holds them, a batch at a time."""
    rest = iter(results)
    while batch := list(islice(rest, BATCH)):
        entries = [
            Entry(result.document, result.facts, Fingerprint(files[result.path][1], result.sha256, version))
            for result in batch
            if result.document is not None
        ]
        # A build from scratch would not have these documents, so they go.
        emptied = [files[result.path][0] for result in batch if result.document is None and result.sha256]
        store.change(entries, emptied)
        yield from batch


def _without_text(result: FileResult) -> FileResult:
    """Return a result without what would fill the memory."""
    document = result.document and replace(result.document, text="", furniture=())
    return replace(result, document=document, facts=())
