"""Lexicons: tab-separated tables with a header line, and patterns compiled from them as tries."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from importlib import resources

from kg.errors import InputError, UsageError

Row = Mapping[str, str]
Trie = dict[str, "Trie"]


@functools.cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of a shipped lexicon as mappings from column to value.

    Args:
        name: The file's stem in `kg/resources/lexicons` (`titles`, `units`, …).

    Raises:
        UsageError: There is no such lexicon.

    >>> table("units")[0]["source"] != ""
    True
    """
    path = resources.files("kg.resources") / "lexicons" / f"{name}.tsv"
    if not path.is_file():
        raise UsageError(f"There is no lexicon named {name!r} in kg/resources/lexicons.")
    return tuple(parse_table(path.read_text("utf-8"), f"{name}.tsv"))


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


def trie_pattern(surfaces: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of the given strings, built as a trie.

    >>> trie_pattern(["会长", "会长单位", "主席"])
    '(?:主席|会长(?:单位)?)'
    """
    root: Trie = {}
    for surface in sorted(set(surfaces)):
        node = root
        for character in surface:
            node = node.setdefault(character, {})
        node[""] = {}
    return _trie_expression(root)


def _trie_expression(node: Trie) -> str:
    optional = "" in node
    branches = []
    for character, below in sorted(node.items()):
        if character:
            tail = character
            while len(below) == 1 and "" not in below:
                ((only, below),) = below.items()
                tail += only
            rest = "" if set(below) == {""} else _trie_expression(below)
            branches.append(re.escape(tail) + rest)
    if not branches:
        return ""
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if optional else "")


@functools.cache
def matcher(name: str, *kinds: str, column: str = "kind") -> re.Pattern[str]:
    """Return the compiled trie of a lexicon's surfaces.

    >>> matcher("titles", "head").match("会长张三").group()
    '会长'
    """
    return re.compile(trie_pattern(words(name, *kinds, column=column)))


@functools.cache
def ending_matcher(name: str, *kinds: str, column: str = "kind") -> re.Pattern[str]:
    """Return the compiled trie of a lexicon's surfaces that matches only at the end of what is searched.

    >>> ending_matcher("titles", "head").search("红石市总工会主席").group()
    '主席'
    """
    return re.compile(trie_pattern(words(name, *kinds, column=column)) + "$")
