"""Names of organisations without what does not belong to them, and words that name none."""

from __future__ import annotations

import functools

from kg.language.lexicon import lookup
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
    debris = pattern("aliases", "debris").match(tidy)
    if debris and tidy not in lookup("organizations", "canonical"):
        rest = tidy[debris.end() :]
        tidy = rest if classify(rest) in _CERTAIN and len(rest) >= _SHORTEST else tidy
    return tidy or name


def is_bare(name: str) -> bool:
    """Say whether a name is only a word for a level or a kind of body (市, 中心, 该公司) and names none.

    >>> is_bare("市"), is_bare("自治州"), is_bare("红石市")
    (True, True, False)
    """
    return name in lookup("generic_bodies", "endings") or pattern("aliases", "bare").fullmatch(name) is not None
