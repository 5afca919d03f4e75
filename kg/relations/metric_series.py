"""Series with 分别 and 依次: which number of the series belongs to which noun and verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.lexicon import ending_matcher, matcher
from kg.language.patterns import pattern
from kg.language.quantities import Quantity
from kg.relations.governing_verbs import Span
from kg.relations.metric_nouns import noun_between
from kg.relations.metric_words import is_filler

_RESPECTIVELY = re.compile(r"分别|依次")
_GAP = pattern("metrics", "series_gap")
_SEPARATOR = re.compile(r"、|，|以及|(?<![普涉波危触遍惠])及(?![率格时早])|(?<![参赠给授])与(?!会)|和(?![谐平解])")
_RUN_GAP = pattern("metrics", "run_gap")
_CHANGE_NOUN = pattern("metrics", "change_noun")
_COMPARES = re.compile("占|[高低快慢多少大小好优]于|高出|低出|超出")
_COMPARING = re.compile(r"[快高低慢]于")
_PREDICATE = pattern("metrics", "predicate")
_CLAUSE_END = re.compile(r"[，；。]")
_LONGEST_FIRST_GAP = 10


@dataclass(frozen=True, slots=True)
class SeriesMember:
    """A quantity's place in a series.

    Args:
        noun: The noun that belongs to it; None where the series repeats the objects of the pairs before it.
        verb: The verb that scales it, or None.
        distance: How many pairs back the repeated object stands.
        bound: The bound of the number, or the one that stands before the first number of its run.
    """

    noun: Span | None
    verb: Span | None
    distance: int
    bound: str | None


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
        nouns = _shared_noun(text, marker.end(), quantities[members[0]].lead, len(members)) or _nouns(
            text, marker.start(), len(members), numbers
        )
        edge = marker.end()
        while members:
            _add_run(result, text, quantities, members, nouns, edge)
            edge = quantities[members[-1]].end
            members = _next_run(text, quantities, members)
    return result


def _add_run(
    result: dict[int, SeriesMember],
    text: str,
    quantities: list[Quantity],
    members: list[int],
    nouns: list[Span | None],
    edge: int,
) -> None:
    """Add the members of one run of numbers; a verb or bound before the first holds for all."""
    verb: Span | None = None
    first = quantities[members[0]]
    for index, noun in zip(members, nouns, strict=True):
        place = (edge, quantities[index].start)
        found = _COMPARING.search(text, *place) or matcher("action_verbs").search(text, *place)
        verb = found.span() if found else verb
        bound = quantities[index].bound or (first.bound if first.lead < first.start else None)
        # Each member adds itself to the pairs found so far, so the distance back stays the same.
        result[index] = SeriesMember(noun, verb, len(members), bound)
        edge = quantities[index].end


def _members(text: str, quantities: list[Quantity], start: int) -> list[int]:
    """Return the indices of the quantities behind 分别 that only separators and verbs of change part."""
    members: list[int] = []
    edge = start
    for index, quantity in enumerate(quantities):
        if quantity.lead < start or quantity.kind == "date":
            continue
        gap = text[edge : quantity.lead]
        if members and text[start] in "由从" and gap.endswith(("到", "至", "为")):
            # 分别由310家、4.5万人|增加到402家、6.1万人: the series begins behind the verb.
            members = []
        if _GAP.fullmatch(gap) if members else len(gap) <= _LONGEST_FIRST_GAP and not _CLAUSE_END.search(gap):
            members.append(index)
        elif members:
            break
        edge = quantity.end
    return members


def _next_run(text: str, quantities: list[Quantity], members: list[int]) -> list[int]:
    """Return the members of a further run for the same nouns (…，提高5个和3个百分点), or none."""
    first, count = members[-1] + 1, len(members)
    run = list(range(first, first + count))
    if run[-1] >= len(quantities):
        return []
    before = text[quantities[first - 1].end : quantities[first].lead]
    gaps = [text[quantities[index - 1].end : quantities[index].lead] for index in run[1:]]
    return run if _RUN_GAP.fullmatch(before) and all(_SEPARATOR.fullmatch(gap) for gap in gaps) else []


def _shared_noun(text: str, start: int, end: int, count: int) -> list[Span | None]:
    """Return the one noun that stands between 分别 and the numbers for each of them (分别夺得|金牌9枚和4枚)."""
    verb = matcher("action_verbs").match(text, start, end)
    noun = noun_between(text, verb.end(), end) if verb and not _COMPARES.match(verb.group()) else None
    return [noun] * count if noun else []


def _nouns(text: str, marker: int, count: int, numbers: list[int]) -> list[Span | None]:
    """Return one noun for each member of a series, None for each if the text before 分别 does not list as many."""
    start = _last_of(text, "，；：。", marker)
    nouns = [noun for noun in _list_items(text, start, marker) if not is_filler(text[slice(*noun)])]
    if len(nouns) == 1 and start and _CHANGE_NOUN.fullmatch(text[slice(*nouns[0])]):
        # …实现双下降，降幅|分别为: whose, the clause before says.
        nouns = []
    if len(nouns) >= count:
        return [*nouns[-count:]]
    if nouns:
        # 城乡居民收入分别增长…: one noun stands for all.
        return [(nouns[0][0], nouns[-1][1])] * count
    # 甲项、乙项，分别增长…: the list stands in the clause before, with or without numbers.
    end = start or marker
    start = _last_of(text, "；：。，", start - 1) if start else 0
    nouns = _list_items(text, start, end)
    if len(nouns) < count or any(start <= number for number in numbers):
        return [None] * count
    last = nouns[-1]
    predicate = matcher("action_verbs").search(text, last[0] + 2, last[1]) or _PREDICATE.search(text, *last)
    nouns[-1] = (nouns[-1][0], predicate.start() if predicate else nouns[-1][1])
    measure = ending_matcher("metric_nouns").search(text, nouns[-1][0] + 1, nouns[-1][1])
    listed = (ending_matcher("metric_nouns").search(text, *noun) for noun in nouns[-count:-1])
    if measure and not any(listed):
        # 甲市、乙市体育场地数量: the measure of each.
        return [measure.span()] * count
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
