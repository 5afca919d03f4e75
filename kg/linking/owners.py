"""Whose a body is by its name: 江源省总工会|办公室."""

from __future__ import annotations

import functools

from kg.language.lexicon import ending_matcher
from kg.language.patterns import pattern
from kg.linking.abbreviations import is_complete
from kg.linking.inner_bodies import inner_bodies, is_inner
from kg.linking.name_parts import is_division, lookup_kind, parse_name

# Owners end with one of these.
_OWNER_ENDS = frozenset("总会局厅部委院校司社学府团处行站所心办协联队厂矿组台馆大")


@functools.lru_cache(maxsize=1 << 18)
def inner_cuts(name: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to part a name into an owner and a body inside it, the longest owner first.

    >>> [owner for owner, _ in inner_cuts("东江大学第二附属医院护理部")]
    ['东江大学第二附属医院', '东江大学']
    >>> inner_cuts("江源省总工会")
    ()
    """
    ending = ending_matcher("organization_suffixes").search(name)
    last = ending.start() if ending else len(name)
    found = []
    undivided = lookup_kind("no_border")
    for cut in range(min(len(name) - 2, last), 2, -1):
        owner, inner = name[:cut], name[cut:]
        if name[cut - 1 : cut + 1] in undivided:
            continue
        ends_well = name[cut - 1] in _OWNER_ENDS or inner in inner_bodies()
        if ends_well and is_inner(inner) and parse_name(owner).body and not is_division(owner):
            found.append((owner, inner))
    return tuple(found)


def owners(name: str) -> tuple[str, ...]:
    """Return what a name says its body is part of, the nearest first; complete names only.

    >>> owners("东江大学第二附属医院护理部")
    ('东江大学第二附属医院', '东江大学')
    """
    return tuple(owner for owner, _ in inner_cuts(name) if _is_whole(owner))


def _is_whole(name: str) -> bool:
    parts = parse_name(name)
    is_office = bool(parts.places) and pattern("organization_names", "official").search(parts.body) is not None
    return is_office or is_complete(parts)
