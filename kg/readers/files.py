"""Files and folders: what may be opened, and which files of a folder are articles."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError

SIZE_LIMIT = 64 * 1024 * 1024


def document_id(path: Path) -> str:
    """Return the id of the document of a path: the path as given, with `/` between its parts.

    >>> document_id(Path("articles") / "a.txt")
    'articles/a.txt'
    """
    # Bytes of a file name that are not UTF-8 arrive as lone surrogates, which cannot be written out.
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most 64 MiB.

    Args:
        path: The file; a link to a file is followed, because it was given by name.

    Raises:
        InputError: Missing, a folder, a FIFO or device, not readable, or too large.
    """
    where = document_id(path)
    try:
        # Asked before opening, as opening a device can set it going; and once more after, as it may have changed.
        _refuse_special(os.stat(path).st_mode, where)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(descriptor)
            _refuse_special(status.st_mode, where)
            data = b"" if status.st_size > SIZE_LIMIT else stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(error, where) from error
    refuse_large(max(status.st_size, len(data)), where)
    return data


def refuse_large(size: int, where: str) -> None:
    """Raise InputError if a text is larger than one document may be.

    Args:
        size: The size in bytes.
        where: The name for the message.

    >>> refuse_large(70_000_000, "a.txt")
    Traceback (most recent call last):
    kg.errors.InputError: a.txt is larger than 64 MB, the most that one document may hold; split it into several files.
    """
    if size > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024**2
        advice = "split it into several files"
        raise InputError(f"{where} is larger than {limit} MB, the most that one document may hold; {advice}.")


def _refuse_special(mode: int, where: str) -> None:
    if stat.S_ISDIR(mode):
        raise InputError(f"{where} is a folder, not a file; give a file of it, or build from the folder.")
    if not stat.S_ISREG(mode):
        raise InputError(f"{where} is a pipe or device, not a regular file; save its content in a file first.")


def _unreadable(error: Exception, where: str) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"{where} does not exist; check the path.")
    if isinstance(error, PermissionError):
        return InputError(f"{where} may not be read; ask for permission to read it.")
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"{where} cannot be read ({reason}); check the path.")


def find_files(
    paths: Iterable[Path], extensions: Collection[str], on_error: Callable[[InputError], None] | None = None
) -> list[Path]:
    """Return the files of paths: files as they are, folders with everything below them.

    Inside folders only regular files with a known extension count; hidden files and links are left out.

    Args:
        paths: Files and folders, in any order.
        extensions: The extensions of articles inside folders, in lower case with the dot.
        on_error: Called with each path's error, so that the other paths are still searched; without it the first
            error is raised.

    Returns:
        The files, each once, in the order of their paths.

    Raises:
        InputError: A path is missing or special, or a folder cannot be read or holds no article.
    """
    report = on_error or _raise
    found: dict[str, Path] = {}
    for path in paths:
        try:
            files = _files_of(path, extensions, report)
            for file, same in zip(files, real_paths(files), strict=True):
                found[same] = min(found.get(same, file), file, key=_order)
        except InputError as error:
            report(error)
        except (OSError, ValueError) as error:
            report(_unreadable(error, document_id(path)))
    return sorted(found.values(), key=_order)


def real_paths(paths: Iterable[Path]) -> list[str]:
    """Return the absolute paths of files without links; each folder is looked up only once.

    >>> real_paths([Path("a.txt")]) == [os.path.realpath("a.txt")]
    True
    """
    folders: dict[str, str] = {}
    result = []
    for path in paths:
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        file = os.path.join(folders[folder], name)
        result.append(os.path.realpath(path) if name in ("", ".", "..") or os.path.islink(file) else file)
    return result


def _raise(error: InputError) -> None:
    raise error


def _order(path: Path) -> str:
    return path.as_posix()


def _files_of(path: Path, extensions: Collection[str], report: Callable[[InputError], None]) -> list[Path]:
    mode = os.stat(path).st_mode
    if not stat.S_ISDIR(mode):
        _refuse_special(mode, document_id(path))
        return [path]
    files = list(_walk(path, extensions, report))
    if not files:
        known = ", ".join(sorted(extensions))
        raise InputError(f"The folder {document_id(path)} holds no article; it needs a file ending in {known}.")
    return files


def _walk(folder: Path, extensions: Collection[str], report: Callable[[InputError], None]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        report(_unreadable(error, document_id(Path(error.filename or folder))))

    for place, folders, names in os.walk(folder, onerror=failed, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place) / name
            if name.startswith(".") or file.suffix.lower() not in extensions:
                continue
            if stat.S_ISREG(os.lstat(file).st_mode):
                yield file
