"""Organisations anywhere in a sentence, not only beside titles and documents, each with nothing around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.language.lexicon import lookup
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.relations.discourse import is_generic, organizations_in, strip_term

_CERTAIN = ("known", "strong")


def free_organizations(text: str, ends: frozenset[int], name_ends: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
    """Yield the spans of organisations with a certain ending, or listed, that no generic noun (公司) names.

    Args:
        text: The normalised characters of a sentence.
        ends: The borders of words in `text`, from the segmenter.
        name_ends: Where names of persons end that the document has confirmed.

    >>> text = "江源大学校长张明与云州绿洲集团董事长李伟会谈。"
    >>> ends = frozenset(range(len(text) + 1))
    >>> [text[start:end] for start, end in free_organizations(text, ends)]
    ['江源大学', '云州绿洲集团']
    """
    for found in organizations_in(text, 0, len(text), ends):
        # 甲大学校长张三访问乙集团: a name that the document has confirmed is no part of an organisation's.
        first = max((end for end in name_ends if found.start < end < found.end), default=found.start)
        for start, end in _separated(text, first, found.end, ends):
            name = strip_term(text[start:end])
            if name and not is_generic(name) and (found.kind == "known" or _ends_as_word(text, end, ends)):
                yield start, start + len(name)


def _separated(text: str, start: int, end: int, ends: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names in what was found as one, because it ends like one.

    甲大学校长张三与乙公司 and 甲大学将与乙公司 hold two names, 甲大学与乙公司签约中心 three.
    """
    start = _without_lead(text, start, end, ends)
    for place in range(start + 3, end - 3):
        if place not in ends or classify(text[start:place]) not in _CERTAIN:
            continue
        joint = pattern("user_relations", "between_organizations").match(text, place, end)
        verb = pattern("user_relations", "after_organization").match(text, place, end)
        rest = next((match.end() for match in (joint, verb) if match and match.end() in ends), None)
        if rest is None:
            continue
        certain = classify(text[rest:end]) in _CERTAIN
        if certain or verb:
            yield start, place
            if certain:
                yield from _separated(text, rest, end, ends)
            return
    yield start, end


def _without_lead(text: str, start: int, end: int, ends: frozenset[int]) -> int:
    """Return where the name begins: behind a bracket that was opened earlier, a conjunction, a verb of motion."""
    for closing, opening in ("）（", "”“"):
        place = text.rfind(closing, start, end)
        if place >= 0 and opening not in text[start:place]:
            start = place + 1
    joint = pattern("user_relations", "between_organizations").match(text, start, end - 3)
    start = joint.end() if joint and joint.end() in ends else start
    lead = pattern("user_relations", "before_organization").match(text, start, end - 3)
    if lead is None:
        return start
    # 到 and 对 also begin names; the segmenter decides.
    return lead.end() if lead["word"] is None or lead.end() in ends else lead.start("word")


def _ends_as_word(text: str, end: int, ends: frozenset[int]) -> bool:
    """Say whether the ending of a name is no mere beginning of a word (合作协|议)."""
    if end in ends:
        return True
    endings = lookup("organization_suffixes", "domain")
    return any(end - size in ends and text[end - size : end] in endings for size in range(2, 7))
