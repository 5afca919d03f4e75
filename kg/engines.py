"""Where extraction runs: in this process, or in several processes of this machine, with the same results."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice, starmap
from multiprocessing.context import BaseContext
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import InputError, KgError, UsageError
from kg.extraction import extract_document
from kg.readers import find_files, read_bytes, read_data
from kg.readers.files import document_id
from kg.terms import Terms, set_terms, terms_in_use
from kg.types import Document, Fact

_Job = tuple[Path, str | None]

# How many files wait for each worker: enough to keep it busy, few enough that results do not fill the memory.
_AHEAD = 4


def _read_only(values: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(values)


# The qualifiers of a fact are read-only mappings, which Python does not send to another process on its own.
ForkingPickler.register(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file: its document and facts, or the sentence that says why it was skipped.

    Args:
        path: The file.
        document: The document as read, or None if the file was skipped.
        facts: Its facts, linked inside the document, in the fixed order.
        skipped: Why the file was skipped, one sentence, or None.
        sha256: The digest of the bytes that were read; empty if none could be read, or their process was killed.
    """

    path: Path
    document: Document | None = None
    facts: tuple[Fact, ...] = ()
    skipped: str | None = None
    sha256: str = ""


Progress = Callable[[int, int, FileResult], None]
"""Called after each file with the number of files done, the number of all files, and the file's result."""


def extract_file(path: Path, id: str | None = None) -> FileResult:
    """Read a file and extract its facts; whatever is wrong with the file ends up in the result.

    Args:
        path: A file of any format that has a reader.
        id: The id of the document; the path as given if not given.

    >>> extract_file(Path("no such file.txt")).skipped
    'no such file.txt does not exist; check the path.'
    """
    where, digest = id or document_id(path), ""
    try:
        data = read_bytes(path)
        digest = hashlib.sha256(data).hexdigest()
        document = read_data(data, path, where)
        return FileResult(path, document, tuple(extract_document(document)), sha256=digest)
    except KgError as error:
        reason = str(error)
    except Exception as error:
        # A fault of a reader or an extractor on this file must not cost the results of the others.
        reason = f"{where} met an error inside kg ({type(error).__name__}: {error}); please report it."
    return FileResult(path, skipped=reason, sha256=digest)


def extract_files(
    paths: Iterable[Path], workers: int = 1, ids: Mapping[Path, str] | None = None
) -> Iterator[FileResult]:
    """Yield the result of every file in the order of the paths, whatever the number of workers.

    A worker that is killed costs no results: the files it may have been at are read again one at a time, and only one
    that ends its worker again is skipped.

    Args:
        paths: The files.
        workers: The number of processes; with 1 the work is done in this one. Where processes are not forked (not
            on Linux, or beside running threads), a script that asks for more must be guarded by
            `if __name__ == "__main__":`, as the documentation of `multiprocessing` explains.
        ids: The ids of documents that are not called as their paths are.

    Raises:
        UsageError: `workers` is less than 1.

    >>> [result.skipped for result in extract_files([Path("no such file.txt")])]
    ['no such file.txt does not exist; check the path.']
    """
    if workers < 1:
        raise UsageError(f"The number of workers is {workers}; it must be 1 or more.")
    jobs = [(path, (ids or {}).get(path)) for path in paths]
    workers = min(workers, len(jobs))
    return starmap(extract_file, jobs) if workers <= 1 else _extract_in_processes(jobs, workers)


def _extract_in_processes(jobs: Sequence[_Job], workers: int) -> Iterator[FileResult]:
    place = suspects = 0
    while place < len(jobs):
        end = place + suspects if suspects else len(jobs)
        try:
            for result in _pooled(jobs[place:end], 1 if suspects else workers):
                place, suspects = place + 1, max(suspects - 1, 0)
                yield result
        except BrokenProcessPool:
            if not suspects:
                # Any of the files under way may have ended its worker; one worker takes them one after the other.
                suspects = min(workers * _AHEAD, len(jobs) - place)
                continue
            path = jobs[place][0]
            reason = f"The process that read {document_id(path)} was killed; is there enough memory?"
            yield FileResult(path, skipped=reason)
            place, suspects = place + 1, suspects - 1


def _pooled(jobs: Sequence[_Job], workers: int) -> Iterator[FileResult]:
    """Yield results in order from a pool of processes, with a bounded number of files under way."""
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_start_worker, initargs=(terms_in_use(),))
    try:
        rest = iter(jobs)
        waiting: deque[Future[FileResult]] = deque(
            pool.submit(extract_file, *job) for job in islice(rest, workers * _AHEAD)
        )
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(extract_file, *job) for job in islice(rest, 1))
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _context() -> BaseContext:
    # A forked process has everything loaded already; but a lock that another thread holds stays locked in it for ever.
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _start_worker(terms: Terms) -> None:
    """Give a worker the terms of the process that started it, and let Ctrl-C end it at once without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    set_terms(terms)


def _end_with_parent() -> None:
    """End this worker when its parent is killed, instead of waiting for ever for the next file."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def input_files(paths: str | Path | Iterable[str | Path], skipped: list[tuple[str, str]]) -> list[Path]:
    """Return the files of files and folders, each once.

    Args:
        paths: Files and folders, or one of them.
        skipped: Gets the paths that have no file, each with the reason.

    >>> skipped = []
    >>> input_files("no such file.txt", skipped), skipped
    ([], [('no such file.txt', 'no such file.txt does not exist; check the path.')])
    """
    listed = [paths] if isinstance(paths, str | Path) else paths
    files: list[Path] = []
    for path in sorted({Path(path) for path in listed}):
        errors: list[InputError] = []
        files += find_files([path], errors.append)
        skipped += [(document_id(path), str(error)) for error in errors]
    return find_files(files)


def nothing_read(skipped: Sequence[tuple[str, str]]) -> InputError:
    """Return the error that says why not one document could be read.

    Args:
        skipped: The paths that gave no document, each with the reason.

    >>> str(nothing_read([]))
    'There is nothing to read; give a file or a folder with articles.'
    """
    if not skipped:
        return InputError("There is nothing to read; give a file or a folder with articles.")
    reason = min(skipped)[1]
    return InputError(reason if len(skipped) == 1 else f"None of {len(skipped)} inputs could be read; first: {reason}")
