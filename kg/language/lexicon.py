"""Lexicons: tab-separated tables with a header line, and what matches their words."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import resources

from kg.errors import InputError, UsageError
from kg.language.word_matcher import EndingMatcher, WordMatcher

Row = Mapping[str, str]

# What a user adds to the shipped lexicons and takes away from them, by the stem of the file (`set_user_rows`).
_added: Mapping[str, tuple[Row, ...]] = {}
_hidden: Mapping[str, frozenset[str]] = {}
# What forgets the words that it holds.
_listeners: list[Callable[[], None]] = []
# Modules whose results rest on characters and on the model alone, and are dear to compute again; patterns forget.
_WITHOUT_LEXICON = frozenset(f"kg.language.{module}" for module in ("normalize", "segmentation", "tries", "patterns"))


@functools.cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of a lexicon as mappings from column to value: the shipped ones, then those of the user.

    A user's row takes the place of the shipped rows with the same surface.

    Args:
        name: The file's stem in `kg/resources/lexicons` (`titles`, `units`, …).

    Raises:
        UsageError: There is no such lexicon.

    >>> table("units")[0]["source"] != ""
    True
    """
    added = _added.get(name, ())
    replaced = {row["surface"] for row in added} | _hidden.get(name, frozenset())
    shipped = _shipped(name)
    return (*(row for row in shipped if row["surface"] not in replaced), *added) if replaced else shipped


@functools.cache
def _shipped(name: str) -> tuple[Row, ...]:
    path = resources.files("kg.resources") / "lexicons" / f"{name}.tsv"
    if not path.is_file():
        raise UsageError(f"There is no lexicon named {name!r} in kg/resources/lexicons.")
    return tuple(parse_table(path.read_text("utf-8"), f"{name}.tsv"))


def set_user_rows(added: Mapping[str, tuple[Row, ...]], hidden: Mapping[str, frozenset[str]]) -> None:
    """Let other rows than before join the shipped lexicons of this process, and forget what was made of the old ones.

    Args:
        added: Stem of a lexicon → rows with its columns.
        hidden: Stem of a lexicon → surfaces whose shipped rows do not count.

    >>> set_user_rows({"name_stop_words": ({"surface": "云帆", "source": "doctest"},)}, {})
    >>> "云帆" in words("name_stop_words")
    True
    >>> set_user_rows({}, {})
    >>> "云帆" in words("name_stop_words")
    False
    """
    global _added, _hidden
    _added, _hidden = added, hidden
    for cached in _caches():
        cached.cache_clear()
    for forget in _listeners:
        forget()


def when_words_change(forget: Callable[[], None]) -> None:
    """Have a function called whenever other rows than before join the lexicons (`set_user_rows`)."""
    _listeners.append(forget)


def _caches() -> Iterator[functools._lru_cache_wrapper[object]]:
    """Yield the cached functions of the rules that may hold words of a lexicon."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("kg.language.", "kg.relations.", "kg.linking.")) and name not in _WITHOUT_LEXICON:
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper) and value is not _shipped:
                    yield value


def parse_table(text: str, where: str) -> list[Row]:
    """Return the rows of tab-separated text with a header line.

    Args:
        text: The content of the file; lines that begin with `#` are comments.
        where: The name that an error message gives.

    Raises:
        InputError: A line has another number of columns than the header.

    >>> parse_table("surface\\tkind\\n会长\\thead", "x.tsv")
    [{'surface': '会长', 'kind': 'head'}]
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    header = lines[0].split("\t")
    rows: list[Row] = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise InputError(f"{where}, line {number}: expected {len(header)} columns, found {len(cells)}.")
        rows.append(dict(zip(header, cells, strict=True)))
    return rows


def words(name: str, *kinds: str, column: str = "kind") -> tuple[str, ...]:
    """Return the surfaces of a lexicon, those of the given kinds only if any are given.

    >>> "会长" in words("titles", "head")
    True
    """
    return tuple(row["surface"] for row in table(name) if not kinds or row[column] in kinds)


@functools.cache
def lookup(name: str, column: str) -> Mapping[str, str]:
    """Return surface → value of a column; of rows with one surface the last wins.

    >>> lookup("titles", "kind")["会长"]
    'head'
    """
    return {row["surface"]: row[column] for row in table(name)}


@functools.cache
def matcher(name: str, *kinds: str, column: str = "kind") -> WordMatcher:
    """Return what matches a lexicon's surfaces.

    >>> matcher("titles", "head").match("会长张三").group()
    '会长'
    """
    return WordMatcher(words(name, *kinds, column=column))


@functools.cache
def ending_matcher(name: str, *kinds: str, column: str = "kind") -> EndingMatcher:
    """Return what matches a lexicon's surfaces at the end of what is searched.

    >>> ending_matcher("titles", "head").search("红石市总工会主席").group()
    '主席'
    """
    return EndingMatcher(words(name, *kinds, column=column))
