"""Names of organisations without what does not belong to them, and words that name none."""

from __future__ import annotations

import functools

from kg.language.lexicon import lookup, matcher
from kg.language.organizations import classify
from kg.language.patterns import pattern

_CERTAIN = ("known", "strong")
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"), ("「", "」"))
_MARKS = "，。；：、·— \"'"
_SHORTEST = 3


@functools.lru_cache(maxsize=8192)
def tidy_name(name: str) -> str:
    """Return a name without definitions of short forms, marks without their partner and words before it.

    Args:
        name: The name of an organisation.

    >>> tidy_name("红石集团有限公司（以下简称“公司”）"), tidy_name("控股股东红石集团有限公司"), tidy_name("红石集团")
    ('红石集团有限公司', '红石集团有限公司', '红石集团')
    """
    tidy = pattern("aliases", "definition").sub("", name)
    for opening, closing in _PAIRS:
        if tidy.count(opening) > tidy.count(closing):
            tidy = tidy[: tidy.rindex(opening)] or tidy[tidy.rindex(opening) + 1 :]
        elif tidy.count(opening) < tidy.count(closing):
            tidy = tidy[tidy.index(closing) + 1 :]
    tidy = tidy.strip(_MARKS)
    if (end := debris_end(tidy)) and tidy not in lookup("organizations", "canonical"):
        rest = tidy[end:]
        tidy = rest if classify(rest) in _CERTAIN and len(rest) >= _SHORTEST else tidy
    return tidy or name


def debris_end(name: str) -> int:
    """Return where what was taken for the beginning of a name ends (a role, a preposition), 0 if there is nothing.

    >>> debris_end("控股股东红石集团有限公司"), debris_end("受中国红石集团委托"), debris_end("经济学会")
    (4, 1, 0)
    """
    if debris := pattern("aliases", "debris").match(name):
        return debris.end()
    word = pattern("aliases", "word_before_place").match(name)
    end = word.end() if word else 0
    return end if end and _begins_with_place(name, end) else 0


def _begins_with_place(text: str, start: int) -> bool:
    listed = (matcher("divisions"), matcher("foreign_places"))
    places = (pattern("aliases", "place").match(text, start), *(words.match(text, start) for words in listed))
    return any(places)


def is_bare(name: str) -> bool:
    """Say whether a name is only a word for a level or a kind of body (市, 中心, 该公司) and names none.

    >>> is_bare("市"), is_bare("自治州"), is_bare("红石市")
    (True, True, False)
    """
    return name in lookup("generic_bodies", "endings") or pattern("aliases", "bare").fullmatch(name) is not None
