"""Bodies inside organisations by their names alone: departments, party groups, a company's union."""

from __future__ import annotations

import functools

from kg.language.lexicon import lookup, words
from kg.language.patterns import pattern


@functools.lru_cache(maxsize=1 << 18)
def is_inner(name: str) -> bool:
    """Say whether a name is that of a department or of another body inside an organisation.

    >>> is_inner("权益保障部"), is_inner("党组"), is_inner("职业能力建设处"), is_inner("队")
    (True, True, True, False)
    """
    return (
        name in lookup("departments", "domain")
        or name in inner_bodies()
        or (len(name) >= 3 and pattern("organization_names", "inner").fullmatch(name) is not None)
    )


@functools.cache
def inner_bodies() -> frozenset[str]:
    """Return the bodies that are part of any organisation (党组, 工会, 团委)."""
    return frozenset({*words("short_bodies", "inner"), *words("inner_bodies", "body")})
