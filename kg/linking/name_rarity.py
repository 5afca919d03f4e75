"""How rare a person's name is: whether two bearers of it are likely one person."""

from __future__ import annotations

import functools
import math

from kg.language.name_scores import given_name_weight, surnames

# The share of given names that have the most usual characters, and their weight; a step of a quarter halves it.
_MOST_USUAL, _HIGHEST = 0.01, 1.75


@functools.lru_cache(maxsize=1 << 16)
def rarity(name: str) -> float:
    """Return how likely two bearers of a name in one field of news are one person, from 0 to 1.

    It falls with the share of people who bear the surname and the characters of the given name.

    >>> rarity("张伟") < rarity("李建国") < 0.5 < rarity("尉迟承志")
    True
    """
    if "·" in name or len(name) > 4:
        return 0.9
    family = name[:2] if len(name) > 2 and name[:2] in surnames() else name[:1]
    share = math.expm1(surnames().get(family, 1.0)) / _everybody()
    for character in name[len(family) :]:
        share *= _MOST_USUAL * 2 ** (4 * (min(given_name_weight(character), _HIGHEST) - _HIGHEST))
    return round(min(0.95, max(0.2, 0.25 + (-4 - math.log10(share)) / 8)), 3)


@functools.cache
def _everybody() -> float:
    """Return the weight of all surnames together."""
    return sum(math.expm1(weight) for weight in surnames().values())
