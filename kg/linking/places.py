"""Which province, city and county a document is about: what 省总工会 and 市委 mean in it."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from kg.language.lexicon import table
from kg.linking.clues import Clues
from kg.linking.name_parts import LEVELS, parse_name

# How much a place weighs in the publisher's name, in the title, in a name of the text; each mention of it counts 1.
_PUBLISHER, _TITLE, _STEM_IN_TITLE, _BODY = 4.0, 3.0, 2.0, 2.0
_MOST_MENTIONS, _MOST_BODIES = 5, 3
_PARENT = 0.5
# The place that a document is about must outweigh the next one by this factor.
_CLEARLY = 1.2


Score = defaultdict[str, float]
"""Division → how much a document is about it."""


class Places:
    """The places of a corpus, known ones and those that its organisations' names begin with.

    Args:
        clues: Document → its clues.
        names: Document → the names of organisations in it.

    >>> names = {"a": ["平阜市总工会", "江源省总工会"], "b": ["市总工会", "省总工会", "平阜市财政局"]}
    >>> places = Places({}, names)
    >>> places.of("b", "市"), places.of("b", "省")
    ('平阜市', '江源省')
    """

    def __init__(self, clues: Mapping[str, Clues], names: Mapping[str, Collection[str]]) -> None:
        bodies = {document: _body_places(listed) for document, listed in names.items()}
        own = {place for counted in bodies.values() for place in counted}
        known = own | _listed().keys()
        stems: defaultdict[str, set[str]] = defaultdict(set)
        for place in own:
            stems[_stem(place)].add(place)
        self._scores: dict[str, Score] = {}
        for document in names.keys() | clues.keys():
            score: Score = defaultdict(float)
            for place, count in bodies.get(document, {}).items():
                score[place] += _BODY * count
            for place in _in_company_names(names.get(document, ()), stems):
                score[place] += 1
            if clue := clues.get(document):
                _add_mentions(score, clue, known)
                _add_head(score, clue, stems)
            self._scores[document] = score
        self._parents = self._corpus_parents(own)

    def of(self, document: str, level: str) -> str | None:
        """Return the division of a level that a document is about; None if there is none, or no clear one.

        Args:
            document: The document.
            level: `省`, `市`, `县`, `区`, …
        """
        own: Mapping[str, float] = self._scores.get(document, {})
        score: Score = defaultdict(float, own)
        for place, weight in own.items():
            for ancestor in self._ancestors(place):
                score[ancestor] += _PARENT * weight
                weight *= _PARENT
        ranked = sorted(
            ((weight, place) for place, weight in score.items() if place.endswith(level) and place != level),
            key=lambda item: (-item[0], item[1]),
        )
        if not ranked or (len(ranked) > 1 and ranked[0][0] < _CLEARLY * ranked[1][0]):
            return None
        return ranked[0][1]

    def province(self, place: str) -> str:
        """Return the widest division that a place is known to lie in, itself if none."""
        ancestors = self._ancestors(place)
        return ancestors[-1] if ancestors else place

    def _ancestors(self, place: str) -> list[str]:
        found: list[str] = []
        while (above := self._parents.get(place) or _listed().get(place, "")) and above not in found:
            found.append(above)
            place = above
        return found

    def _corpus_parents(self, own: Iterable[str]) -> dict[str, str]:
        """Return city → province for cities that no list knows: the province most named beside each."""
        beside: defaultdict[str, Score] = defaultdict(lambda: defaultdict(float))
        unknown = {place for place in own if place not in _listed() and not _is_province(place)}
        for score in self._scores.values():
            provinces = {place: weight for place, weight in score.items() if _is_province(place)}
            for place in score.keys() & unknown:
                for province, weight in provinces.items():
                    beside[place][province] += weight
        result = {}
        for place, counted in beside.items():
            ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
            if ranked and (len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1]):
                result[place] = ranked[0][0]
        return result


def _is_province(place: str) -> bool:
    return place.endswith(("省", "自治区"))


def _stem(place: str) -> str:
    return next((place.removesuffix(level) for level in LEVELS if place.endswith(level)), place)


@functools.cache
def _listed() -> Mapping[str, str]:
    """Return division → the one it lies in, for those whose name is unique; the empty string for provinces."""
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for row in table("divisions"):
        parents[row["canonical"]].add(row["parent"])
    return {place: min(above) if len(above) == 1 else "" for place, above in parents.items()}


def _body_places(names: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in sorted(set(names)):
        found.update(place for place in parse_name(name).places if place not in LEVELS)
    return Counter({place: min(count, _MOST_BODIES) for place, count in found.items()})


def _in_company_names(names: Iterable[str], stems: Mapping[str, Collection[str]]) -> set[str]:
    """Return the places that names begin with in short: companies are called after their place."""
    beginnings = {name[:size] for name in names for size in (2, 3) if not parse_name(name).places}
    return {place for beginning in beginnings for place in stems.get(beginning, ())}


def _add_mentions(score: Score, clues: Clues, known: Collection[str]) -> None:
    mentions: Counter[str] = Counter()
    for text, count in clues.places:
        place = next((text[start:] for start in range(len(text) - 1) if text[start:] in known), None)
        if place:
            mentions[place] += count
    for place, count in mentions.items():
        score[place] += min(count, _MOST_MENTIONS)


def _add_head(score: Score, clues: Clues, stems: Mapping[str, Collection[str]]) -> None:
    """Add what title and publisher name: places in full, and in short those that the corpus names in full."""
    for is_title, part in ((True, clues.title), (False, clues.publisher)):
        for start in range(len(part)):
            for end in range(start + 2, min(start + 5, len(part) + 1)):
                for place in stems.get(part[start:end], ()):
                    in_full = part.startswith(place, start)
                    if not is_title and start == 0:
                        score[place] += _PUBLISHER
                    else:
                        score[place] += _TITLE if in_full else _STEM_IN_TITLE
        whole = next((part[:end] for end in range(min(len(part), 8), 2, -1) if part[:end] in _listed()), None)
        if whole and not is_title and not stems.get(_stem(whole)):
            score[whole] += _PUBLISHER
