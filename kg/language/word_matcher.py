"""Matching of listed words by looking them up: what a compiled pattern of the words finds, without compiling it.

`re` needs 100 ms and more to compile the trie of some thousand words, and a run on one article needs a dozen of them; a
set of the words answers at once, if a little more slowly where a text is searched. Where many texts are searched, the
trie is compiled after all. What is found is a `re.Match`, so that callers need not know the difference.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.language.tries import trie_pattern

Match = re.Match[str]
# After so many searches a compiled trie will have saved what it costs.
_WORTH_COMPILING = 3000
# Called with a span, this makes a match of just this span.
_spanning: Callable[[str, int, int], Match | None] = re.compile(".+", re.DOTALL).match


class WordMatcher:
    """Matches listed words, of several at one place the longest.

    >>> titles = WordMatcher(["会长", "会长单位", "主席"])
    >>> titles.match("会长单位参加").group(), titles.match("会长张三", 1)
    ('会长单位', None)
    >>> [found.span() for found in titles.finditer("主席、会长")]
    [(0, 2), (3, 5)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._lengths = _lengths(self._words, 0)
        self._lengths_from = self._lengths.get
        self._searches = 0

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """Return the longest word that begins at `pos` and ends at `endpos` or before it."""
        if pos < 0:
            pos = 0  # as `re` takes it
        for length in self._lengths_from(text[pos : pos + 1], ()):
            # A piece that the end of the text cuts short may be a shorter word; the span is then cut short as well.
            if text[pos : pos + length] in self._words and pos + length <= endpos:
                return _spanning(text, pos, pos + length)
        return None

    def ends(self, text: str, pos: int, endpos: int = sys.maxsize) -> Iterator[int]:
        """Yield where the words that begin at `pos` end, the longest first.

        >>> list(WordMatcher(["会长", "会长单位"]).ends("会长单位参加", 0))
        [4, 2]
        """
        endpos = min(endpos, len(text))
        for length in self._lengths_from(text[pos : pos + 1], ()):
            if pos + length <= endpos and text[pos : pos + length] in self._words:
                yield pos + length

    def fullmatch(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """Return the word that `text[pos:endpos]` is.

        >>> WordMatcher(["会长", "会长单位"]).fullmatch("副会长", 1).group()
        '会长'
        """
        pos = max(pos, 0)
        return _spanning(text, pos, endpos) if text[pos:endpos] in self._words else None

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """Return the first word in `text[pos:endpos]`.

        >>> WordMatcher(["会长", "会长单位"]).search("副会长单位").group()
        '会长单位'
        """
        return next(self.finditer(text, pos, endpos), None)

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[Match]:
        """Yield the words in `text[pos:endpos]`, left to right, without overlaps.

        >>> [found.group() for found in WordMatcher(["会长", "会长单位"]).finditer("会长、会长单位")]
        ['会长', '会长单位']
        """
        self._searches += 1
        if self._searches == _WORTH_COMPILING:
            trie = re.compile(trie_pattern(self._words))
            # From here on the methods of the compiled pattern are found in the instance, before those of the class.
            vars(self).update(match=trie.match, fullmatch=trie.fullmatch, search=trie.search, finditer=trie.finditer)
            return trie.finditer(text, pos, endpos)
        return self._found(text, pos, endpos)

    def _found(self, text: str, pos: int, endpos: int) -> Iterator[Match]:
        endpos, after = min(endpos, len(text)), pos
        words, lengths = self._words, self._lengths
        for beginning in self._beginning.finditer(text, pos, endpos):
            start = beginning.start()
            if start < after:
                continue
            for length in lengths[text[start]]:
                if start + length <= endpos and text[start : start + length] in words:
                    after = start + length
                    if found := _spanning(text, start, after):
                        yield found
                    break

    @functools.cached_property
    def _beginning(self) -> re.Pattern[str]:
        """What every word begins with: two characters that are the first and the second of some word."""
        longer = [word for word in self._words if len(word) > 1]
        single = _class(word for word in self._words if len(word) == 1)
        pair = f"{_class(word[0] for word in longer)}(?={_class(word[1] for word in longer)})"
        return re.compile(f"{pair}|{single}")


class EndingMatcher:
    """Matches the longest listed word that ends a text.

    >>> EndingMatcher(["席", "主席"]).search("红石市总工会主席").group()
    '主席'
    >>> EndingMatcher(["主席"], "(?:同志)?").search("总工会主席同志").group()
    '主席同志'
    """

    def __init__(self, words: Iterable[str], tail: str = "") -> None:
        """Take the words.

        Args:
            words: The words.
            tail: Expression of what may stand behind the word; it matches the empty string too.
        """
        self._words = frozenset(words)
        self._lengths = _lengths(self._words, -1)
        self._tail = re.compile(f"{tail}$") if tail else None

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Match | None:
        """Return the longest word at the end of `text[pos:endpos]`, with the tail behind it if it has one."""
        pos, end = max(pos, 0), min(endpos, len(text))
        start = self._start(text, pos, end)
        if self._tail and (tail := self._tail.search(text, pos, end)):
            start = min(start, self._start(text, pos, tail.start()))
        return _spanning(text, start, end) if start < end else None

    def _start(self, text: str, pos: int, end: int) -> int:
        """Return where the longest word that ends at `end` begins, a place behind the text if there is none."""
        for length in self._lengths.get(text[end - 1 : end], ()):
            if end - length >= pos and text[end - length : end] in self._words:
                return end - length
        return len(text)


def _lengths(words: Iterable[str], place: int) -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the words with a certain first (or last) character, the longest first.

    >>> _lengths(["会长", "会长单位", "主席"], 0)
    {'会': (4, 2), '主': (2,)}
    """
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


def _class(characters: Iterable[str]) -> str:
    """Return the expression of one of the characters; of none, one that never matches.

    >>> _class("会主会"), _class("")
    ('[主会]', '(?!)')
    """
    escaped = "".join(map(re.escape, sorted(set(characters))))
    return f"[{escaped}]" if escaped else "(?!)"
