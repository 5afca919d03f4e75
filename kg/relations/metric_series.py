"""Series with 分别 and 依次: which number of the series belongs to which noun and verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.lexicon import matcher
from kg.language.patterns import pattern
from kg.language.quantities import Quantity
from kg.relations.governing_verbs import Span
from kg.relations.metric_nouns import is_filler

_RESPECTIVELY = re.compile(r"分别|依次")
_GAP = pattern("metrics", "series_gap")
_SEPARATOR = re.compile(r"、|和|及|与|以及|，")
_CLAUSE_END = re.compile(r"[，；。]")
_LONGEST_FIRST_GAP = 10


@dataclass(frozen=True, slots=True)
class SeriesMember:
    """A quantity's place in a series.

    Args:
        noun: The noun that belongs to it; None where the series repeats the objects of the pairs before it.
        verb: The verb that scales it, or None.
        distance: How many pairs back the repeated object stands.
    """

    noun: Span | None
    verb: Span | None
    distance: int


def find_series(text: str, quantities: list[Quantity]) -> dict[int, SeriesMember]:
    """Return, for the index of each quantity in a series, its noun and verb: A、B分别增长3%、5%.

    Args:
        text: The normalised characters of a sentence.
        quantities: The quantities in it, left to right.

    >>> from kg.language.quantities import find_quantities
    >>> text = "产量、销量分别增长3%、5%"
    >>> [member.noun for member in find_series(text, find_quantities(text)).values()]
    [(0, 2), (3, 5)]
    """
    result: dict[int, SeriesMember] = {}
    for marker in _RESPECTIVELY.finditer(text):
        members = _members(text, quantities, marker.end())
        if len(members) < 2:
            continue
        numbers = [quantity.start for quantity in quantities if quantity.start < marker.start()]
        nouns = _nouns(text, marker.start(), len(members), numbers)
        verb: Span | None = None
        for index, noun in zip(members, nouns, strict=True):
            before = marker.end() if index == members[0] else quantities[index - 1].end
            found = matcher("action_verbs").search(text, before, quantities[index].start)
            verb = found.span() if found else verb
            # Each member adds itself to the pairs found so far, so the distance back stays the same.
            result[index] = SeriesMember(noun, verb, len(members))
    return result


def _members(text: str, quantities: list[Quantity], start: int) -> list[int]:
    """Return the indices of the quantities behind 分别 that only separators and verbs of change part."""
    members: list[int] = []
    edge = start
    for index, quantity in enumerate(quantities):
        if quantity.lead < start:
            continue
        gap = text[edge : quantity.lead]
        if _GAP.fullmatch(gap) if members else len(gap) <= _LONGEST_FIRST_GAP and not _CLAUSE_END.search(gap):
            members.append(index)
        elif members:
            break
        edge = quantity.end
    return members


def _nouns(text: str, marker: int, count: int, numbers: list[int]) -> list[Span | None]:
    """Return one noun for each member of a series, None for each if the text before 分别 does not list as many."""
    start = _last_of(text, "，；：。", marker)
    nouns = [noun for noun in _list_items(text, start, marker) if not is_filler(text[slice(*noun)])]
    if len(nouns) >= count:
        return [*nouns[-count:]]
    if nouns:
        # 城乡居民收入分别增长…: one noun stands for all.
        return [(nouns[0][0], nouns[-1][1])] * count
    # 甲项、乙项，分别增长…: the list stands in the clause before, with or without numbers.
    start = _last_of(text, "；：。", start - 1) if start else 0
    nouns = _list_items(text, start, marker)
    if len(nouns) < count or any(start <= number for number in numbers):
        return [None] * count
    return [*nouns[-count:]]


def _last_of(text: str, marks: str, end: int) -> int:
    """Return the offset behind the last of some marks before `end`, 0 if there is none."""
    return max(text.rfind(mark, 0, end) for mark in marks) + 1


def _list_items(text: str, start: int, end: int) -> list[Span]:
    items: list[Span] = []
    first = start
    for separator in _SEPARATOR.finditer(text, start, end):
        items.append((first, separator.start()))
        first = separator.end()
    items.append((first, end))
    return [item for item in items if item[1] - item[0] >= 2]
