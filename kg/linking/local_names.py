"""Local bodies with their place: 市总工会 in a text about one city is that city's."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.language.lexicon import lookup, trie_pattern, words
from kg.language.patterns import pattern


def with_place(text: str, names: Iterable[str]) -> dict[str, str]:
    """Return local name → name with its place, where the text speaks of one division of that level before all others.

    Args:
        text: The normalised characters of the document.
        names: Every name of an organisation in it.

    >>> with_place("红石市总工会成立。市委书记到会。", ["红石市总工会", "市委"])
    {'市委': '红石市委'}
    """
    unique = sorted(set(names))
    local = {name: match for name in unique if (match := pattern("aliases", "local").fullmatch(name))}
    if not local:
        return {}
    places = {level: place for level, counts in _places(text, unique).items() if (place := _foremost(counts))}
    listed = lookup("organizations", "canonical")
    return {
        name: places[match["level"]] + match["body"]
        for name, match in local.items()
        if match["level"] in places and name not in listed
    }


def _foremost(counts: Mapping[str, int]) -> str | None:
    """Return the division that is named more than twice as often as all others together, None if none is."""
    best = max(counts, key=lambda place: counts[place])
    return best if counts[best] > 2 * (sum(counts.values()) - counts[best]) else None


def _places(text: str, names: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """Return level (市) → the divisions of that level that names begin with or lexicons know, and how often."""
    found: set[str] = {match.group() for match in _divisions().finditer(text)}
    for name in names:
        match = pattern("aliases", "place_of_body").match(name)
        if match:
            found.update(_levels(match["place"]))
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for place in sorted(found):
        counts[place[-1]][place] = max(1, text.count(place))
    return counts


def _levels(place: str) -> list[str]:
    """Return the divisions of a name of several levels (红石省云州市 → 红石省, 云州市)."""
    return re.findall(r"[\u4e00-\u9fff]{2,8}?[省市州县区]", place)


@functools.cache
def _divisions() -> re.Pattern[str]:
    return re.compile(trie_pattern(one for one in words("divisions") if len(one) >= 3 and one[-1] in "省市县区州"))
