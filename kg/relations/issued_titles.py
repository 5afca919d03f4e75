"""Titles of documents in a sentence, with or without 《》, and the verb of issuing that stands before one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.patterns import pattern
from kg.language.title_marks import inside_title

_TITLE = pattern("issues", "title")
_UNMARKED = pattern("issues", "unmarked_title")
_NAMED = pattern("issues", "named_without_marks")
_FORWARD_BEFORE_TITLE = pattern("issues", "forward_before_title")
_TITLE_IN_GAP = pattern("issues", "title_in_gap")
_GAP_SEPARATOR = pattern("issues", "gap_separator")
_GAP_PIECE = pattern("issues", "gap_piece")
_NOT_YET = pattern("issues", "not_yet")
# What ends the clause in which the verb of a title is looked for.
_STOPS = "。；！？"


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a sentence's view.

    Args:
        start: Where it begins, 《 included.
        end: Where it ends, 》 and the note in brackets behind it included.
        name: The span of the name.
        note: The note in brackets, "" if there is none.
        marked: Whether it stands in 《》.
    """

    start: int
    end: int
    name: tuple[int, int]
    note: str
    marked: bool


@dataclass(frozen=True, slots=True)
class VerbBefore:
    """A verb of issuing before a title: its span in the view."""

    start: int
    end: int


def titles_in(text: str) -> list[Title]:
    """Return the titles of a sentence's view, those inside of others left out.

    >>> [text[slice(*title.name)] for text in ("印发《办法》和《细则》",) for title in titles_in(text)]
    ['办法', '细则']
    >>> [text[slice(*title.name)] for text in ("日前印发关于转发《办法》的通知，要求",) for title in titles_in(text)]
    ['关于转发《办法》的通知']
    """
    bare = [match for match in _bare(text) if not inside_title(text, match.start("name"))]
    result = [Title(*match.span("name"), match.span("name"), "", marked=False) for match in bare]
    for match in _TITLE.finditer(text):
        within = any(title.start <= match.start() < title.end for title in result)
        if not within and not inside_title(text, match.start()):
            result.append(Title(*match.span(), match.span("name"), match["note"] or "", marked=True))
    return sorted(result, key=lambda title: title.start)


def _bare(text: str) -> list[re.Match[str]]:
    """Return the matches of titles without marks, each with its verb."""
    about = list(_UNMARKED.finditer(text))
    spans = [match.span() for match in about]
    named = (match for match in _NAMED.finditer(text))
    return about + [match for match in named if not any(a < match.end() and match.start() < b for a, b in spans)]


def verb_before(text: str, title: Title) -> VerbBefore | None:
    """Return the verb of issuing that a title is the object of, None if there is none before it.

    >>> text = "协会发布了首批团体标准《甲规程》（T/X 1-2024）和《乙规程》"
    >>> [text[found.start:found.end] for title in titles_in(text) if (found := verb_before(text, title))]
    ['发布', '发布']
    """
    if not title.marked:
        bare = next(match for match in _bare(text) if match.span("name") == title.name)
        return VerbBefore(*bare.span("verb"))
    start = max(text.rfind(mark, 0, title.start) for mark in _STOPS) + 1
    verb = pattern("issues", "verb").search(text, start, title.start)
    while verb:
        if not inside_title(text, verb.start()) and _is_gap(text[verb.end() : title.start]):
            return VerbBefore(*verb.span())
        # One verb may begin inside of another: 近日印发, 印发实施.
        verb = pattern("issues", "verb").search(text, verb.start() + 1, title.start)
    forwarded = _FORWARD_BEFORE_TITLE.search(text[: title.start])
    return VerbBefore(*forwarded.span("verb")) if forwarded else None


def is_not_yet(text: str, verb: int) -> bool:
    """Say whether what stands before a verb at an offset tells that nothing has been issued (将, 拟, 建议).

    >>> is_not_yet("该局将于近期印发", 6), is_not_yet("该局已印发", 3)
    (True, False)
    """
    return _NOT_YET.search(text[:verb]) is not None


def _is_gap(gap: str) -> bool:
    """Say whether a string may stand between a verb and its title: other titles, kinds, numbers of documents."""
    pieces = _GAP_SEPARATOR.split(_TITLE_IN_GAP.sub("、", gap))
    return all(_GAP_PIECE.fullmatch(piece) for piece in pieces)
