"""The version of extraction: a digest over all that decides which facts a document gives, and nothing else.

Documents in a store carry it, so that a changed lexicon, pattern or rule makes them stale without anybody having to
remember to raise a number.
"""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from kg import readers
from kg.terms import Terms, terms_in_use

ROOMS = (
    *("types", "errors", "resources", "language", "vocabulary", "readers", "relations", "linking"),
    *("terms", "extraction"),
)
"""The modules and folders of the package from which extraction imports (a test follows the imports)."""
PACKAGES = ("charset-normalizer", "lxml", "opencc", "spacy-pkuseg", "trafilatura")
"""The dependencies whose versions may change what is read or found."""


def extractor_version() -> str:
    """Return the version of extraction in this process now: code, resources, dependencies and the terms in use.

    Terms count by what they say, so that a lexicon may be moved and commented without making documents stale.
    Readers that a program registers itself count by their names and extensions only.

    >>> from kg.terms import use_terms
    >>> with use_terms():
    ...     extractor_version() == extractor_version()
    True
    """
    formats = [readers.names(), readers.extensions()]
    return _digest([package_version(ROOMS), terms_version(), repr(formats)])


def clues_version() -> str:
    """Return the version of what finds the clues of documents (`kg.linking.document_clues`); no terms change them.

    >>> clues_version() == package_version(ROOMS)
    True
    """
    return package_version(ROOMS)


def terms_version(terms: Terms | None = None) -> str:
    """Return a digest of terms of one's own; empty if there are none.

    Args:
        terms: The terms; those in use if not given.

    >>> terms_version(Terms())
    ''
    """
    told = terms_in_use() if terms is None else terms
    return "" if told == Terms() else _digest([_canonical(told)])


@functools.cache
def package_version(rooms: tuple[str, ...] = ()) -> str:
    """Return a digest of files of this package and of the dependencies that they rest on.

    Args:
        rooms: Names of modules and folders in the package; empty for all of it.

    >>> len(package_version()), package_version() == package_version(ROOMS)
    (64, False)
    """
    kept = [path for path in sorted(resources.files("kg").iterdir(), key=_name) if not rooms or _stem(path) in rooms]
    parts = [f"{name} {digest}" for path in kept for name, digest in _files(path, path.name)]
    # Classes of characters come from Python's Unicode tables.
    parts.append(f"unicode {unicodedata.unidata_version}")
    return _digest([*parts, *(f"{name} {_installed(name)}" for name in PACKAGES)])


def _files(path: Traversable, name: str) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for inner in sorted(path.iterdir(), key=_name):
            yield from _files(inner, f"{name}/{inner.name}") if inner.name != "__pycache__" else ()
    elif not name.endswith((".pyc", ".pyo")):
        yield name, hashlib.sha256(path.read_bytes()).hexdigest()


def _name(path: Traversable) -> str:
    return path.name


def _stem(path: Traversable) -> str:
    return path.name.removesuffix(".py")


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _canonical(value: Any) -> str:
    """Return a text that is the same for the same terms, wherever their files lie and whatever the hash seed is."""
    if is_dataclass(value):
        return _canonical({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        # A row's source is the file and the line that it stands in.
        return str([(key, _canonical(value[key])) for key in sorted(value) if key != "source"])
    if isinstance(value, frozenset):
        return str(sorted(map(_canonical, value)))
    if isinstance(value, tuple):
        return str([_canonical(one) for one in value])
    return repr(value)
