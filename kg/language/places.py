"""Places of events: what stands in 在…举行, if it is a place."""

from __future__ import annotations

import re

from kg.language.lexicon import lookup
from kg.language.patterns import pattern

_EPITHET = re.compile(r"^“[^“”]*”")
_LONGEST_UNKNOWN = 5


def place_name(text: str) -> tuple[int, str] | None:
    """Return where the name of a place begins in a phrase and the name, None if the phrase names no place.

    Args:
        text: What stands between 在 and a verb of holding.

    >>> place_name("“竹乡”四川省眉山市"), place_name("京"), place_name("同日")
    ((4, '四川省眉山市'), (0, '北京'), None)
    """
    epithet = _EPITHET.match(text)
    start = epithet.end() if epithet else 0
    name = text[start:]
    short = lookup("place_short_forms", "canonical").get(name)
    if short:
        return start, short
    if len(name) < 2 or pattern("events", "not_a_place").search(name):
        return None
    if name in lookup("divisions", "level") or name in lookup("foreign_places", "source"):
        return start, name
    known = pattern("events", "place_ending").search(name) is not None
    # 维也纳, 浙江温州: a name that no lexicon knows is short; a longer one begins with a division or a country.
    begins = any(
        name[:size] in lookup("divisions", "level") or name[:size] in lookup("foreign_places", "source")
        for size in (2, 3)
    )
    return (start, name) if known or begins or len(name) <= _LONGEST_UNKNOWN else None
