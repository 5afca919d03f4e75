"""Regular expressions of many words, laid out as tries."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

Trie = dict[str, "Trie"]
# How many alternatives of a trie are tried one after another.
_MOST_ALTERNATIVES = 16


def trie_pattern(surfaces: Iterable[str]) -> str:
    """Return a regular expression that matches the longest of the given strings, built as a trie.

    It is for words inside of a larger expression; words alone are matched by a `WordMatcher`, which costs less to make.

    >>> trie_pattern(["会长", "会长单位", "主席"])
    '(?:主席|会长(?:单位)?)'
    """
    return _trie(tuple(sorted(set(surfaces))))


@functools.cache
def _trie(surfaces: tuple[str, ...]) -> str:
    root: Trie = {}
    for surface in surfaces:
        node = root
        for character in surface:
            node = node.setdefault(character, {})
        node[""] = {}
    return _trie_expression(root)


def _trie_expression(node: Trie) -> str:
    optional = "" in node
    branches: dict[str, str] = {}
    for character, below in sorted(node.items()):
        if character:
            tail = character
            while len(below) == 1 and "" not in below:
                ((only, below),) = below.items()
                tail += only
            rest = "" if set(below) == {""} else _trie_expression(below)
            branches[character] = re.escape(tail) + rest
    if not branches:
        return ""
    if len(branches) == 1 and not optional:
        return branches.popitem()[1]
    return f"(?:{_choice(branches)})" + ("?" if optional else "")


def _choice(branches: Mapping[str, str]) -> str:
    """Return the alternatives by their first character; many are found by halves, since `re` tries one after another.

    >>> _choice({"会": "会长", "主": "主席"})
    '会长|主席'
    """
    if len(branches) <= _MOST_ALTERNATIVES:
        return "|".join(branches.values())
    characters = list(branches)
    middle = len(characters) // 2
    # The class is looked up at once, and only behind it the alternatives are tried.
    halves = (
        f"(?=[{re.escape(''.join(half))}])(?:{_choice({first: branches[first] for first in half})})"
        for half in (characters[:middle], characters[middle:])
    )
    return "|".join(halves)
