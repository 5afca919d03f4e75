"""Who of the bearers of one name is one person: by common organisations, by what the texts name, by how rare it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import PurePosixPath

from kg.linking.decisions import Ambiguity
from kg.linking.disjoint_sets import DisjointSets
from kg.linking.name_parts import LEVELS, parse_name
from kg.linking.name_rarity import rarity
from kg.linking.owners import owners
from kg.linking.places import Places
from kg.linking.profiles import Profile, Unit, designated, spelled

KIND = "Person"
_MOST_COMPARED = 12
_LEAST_WEIGHT = 0.1
# From this rarity on a text that names the organisation of a person speaks of that person.
_RARE = 0.5


class Namesakes:
    """The units of one name, and who of them is one person.

    Args:
        name: The name.
        units: The documents and the names in them, sorted.
        profiles: (document, name) → what the document says about the person.
        places: Where the documents' bodies are.
        same: Pairs of names, or of names with an organisation, that a person says are one.
        different: Such pairs that a person says are two.
    """

    def __init__(
        self,
        name: str,
        units: Sequence[Unit],
        profiles: Mapping[Unit, Profile],
        places: Places,
        same: Sequence[tuple[str, str]],
        different: Sequence[tuple[str, str]],
    ) -> None:
        self.name = name
        self.units = units
        self.profiles = profiles
        self.places = places
        self.sets: DisjointSets[Unit] = DisjointSets()
        self.reasons: dict[Unit, tuple[str, str]] = {}
        self.doubts: list[Ambiguity] = []
        for unit in units:
            self.sets.find(unit)
        for a, b in different:
            for one in self._fitting(a):
                for other in self._fitting(b):
                    if one != other:
                        self.sets.keep_apart(one, other)
        for a, b in same:
            first, second = self._fitting(a), self._fitting(b)
            for unit in (*first[1:], *second) if first and second else ():
                self._join(first[0], unit, "correction.same", "a correction says that they are one")

    def _fitting(self, designation: str) -> list[Unit]:
        name, body = designated(designation)
        return [
            unit
            for unit in self.units
            if spelled(unit[1]) == spelled(name) and (body is None or body in self.profiles[unit].organizations)
        ]

    def _join(self, a: Unit, b: Unit, rule: str, reason: str) -> None:
        if self.sets.find(a) != self.sets.find(b) and self.sets.union(a, b):
            self.reasons.setdefault(b, (rule, reason))
            self.reasons.setdefault(a, (rule, reason))

    def link(self) -> dict[Unit, str]:
        """Return unit → canonical name."""
        self._join_by_organization()
        self._join_by_context()
        self._join_without_organization()
        groups = sorted(self.sets.groups(self.units), key=self._order)
        if len(groups) == 1:
            return dict.fromkeys(self.units, self.name)
        names = self._told_apart(groups)
        self._doubt(groups, names)
        result = {}
        for group, name in zip(groups, names, strict=True):
            for unit in group:
                result[unit] = name
                self.reasons.setdefault(unit, ("person.namesakes", "no other text of this name has its organization"))
        return result

    def _join_by_organization(self) -> None:
        """Join units that share a body, or a body and a part of it."""
        first: dict[str, Unit] = {}
        for unit in self.units:
            for body in sorted(self.profiles[unit].organizations):
                for root in (body, *owners(body)):
                    other = first.setdefault(root, unit)
                    if other != unit:
                        self._join(other, unit, "person.organization", f"the same name at {root}")

    def _join_by_context(self) -> None:
        """Join the bearers of a rare name if a text on the one names a body of the other."""
        if self._rarity() < _RARE:
            return
        holders: dict[str, Unit] = {}
        for unit in self.units:
            for body in self.profiles[unit].organizations:
                holders.setdefault(body, unit)
        for unit in self.units:
            if self.profiles[unit].organizations:
                for body in sorted(self.profiles[unit].context & holders.keys()):
                    self._join(holders[body], unit, "person.context", f"a rare name, and the text names {body} too")

    def _join_without_organization(self) -> None:
        """Join a unit without a body to the one person of that name whose bodies its document names."""
        groups = self.sets.groups(self.units)
        known = [group for group in groups if self._bodies(group)]
        for group in groups:
            if self._bodies(group):
                continue
            context = frozenset().union(*(self.profiles[unit].context for unit in group))
            near = [other for other in known if context & self._bodies(other).keys()]
            if len(near) != 1:
                near = known if len(known) == 1 and self._may_be_anywhere(context, known[0]) else near
            if len(near) == 1:
                self._join(near[0][0], group[0], "person.context", "the text names an organization of that person")
        homeless = [group for group in self.sets.groups(self.units) if not self._bodies(group)]
        for group in homeless[1:] if not known else ():
            if self._rarity() >= _RARE or self._contexts(group) & self._contexts(homeless[0]):
                self._join(homeless[0][0], group[0], "person.name", "a rare name without an organization")

    def _contexts(self, group: Sequence[Unit]) -> frozenset[str]:
        return frozenset().union(*(self.profiles[unit].context for unit in group))

    def _may_be_anywhere(self, context: Iterable[str], group: Sequence[Unit]) -> bool:
        if self._rarity() >= _RARE:
            return True
        return bool(self._provinces(context) & self._provinces(self._bodies(group)))

    def _bodies(self, group: Sequence[Unit]) -> Counter[str]:
        found: Counter[str] = Counter()
        for unit in group:
            found.update(self.profiles[unit].organizations)
        return found

    def _provinces(self, bodies: Iterable[str]) -> set[str]:
        named = (place for body in bodies for place in parse_name(body).places if place not in LEVELS)
        return {self.places.province(place) for place in named}

    def _order(self, group: Sequence[Unit]) -> tuple[int, str]:
        return -len(group), min(unit[0] for unit in group)

    def _told_apart(self, groups: Sequence[Sequence[Unit]]) -> list[str]:
        """Return a name for each group: with the body that most of its texts name, else with its first document."""
        names = []
        for group in groups:
            in_texts = Counter(body for unit in group for body in self.profiles[unit].organizations)
            ranked = sorted(in_texts, key=lambda body: (-in_texts[body], len(parse_name(body).body), body))
            mark = ranked[0] if ranked else PurePosixPath(min(unit[0] for unit in group)).stem
            names.append(f"{self.name}（{mark}）")
        repeated = {name for name, count in Counter(names).items() if count > 1}
        return [
            f"{self.name}（{min(unit[0] for unit in group)}）" if name in repeated else name
            for name, group in zip(names, groups, strict=True)
        ]

    def _doubt(self, groups: Sequence[Sequence[Unit]], names: Sequence[str]) -> None:
        """List the pairs that may be one person; of very common names the best known ones."""
        for (first, a), (second, b) in combinations(list(zip(groups, names, strict=True))[:_MOST_COMPARED], 2):
            weight, reason = self._weight(first, second)
            if weight >= _LEAST_WEIGHT:
                self.doubts.append(Ambiguity.between(KIND, a, b, weight, reason))

    def _weight(self, first: Sequence[Unit], second: Sequence[Unit]) -> tuple[float, str]:
        one, other = self._bodies(first), self._bodies(second)
        places = self._provinces(one), self._provinces(other)
        weight = self._rarity()
        if not one or not other:
            return round(weight * 0.6, 3), "a text names no organization"
        if places[0] and places[1] and not places[0] & places[1]:
            weight *= 0.3
        spans = self._span(first), self._span(second)
        if spans[0] and spans[1] and spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]:
            return round(weight * 0.4, 3), "no common organization, and at different ones at the same time"
        return round(weight * 0.9, 3), "no common organization; the one may have moved"

    def _span(self, group: Sequence[Unit]) -> tuple[str, str] | None:
        dates = [
            profile.published
            for unit in group
            if (profile := self.profiles[unit]).current and profile.published is not None
        ]
        return (min(dates), max(dates)) if dates else None

    def _rarity(self) -> float:
        return rarity(self.name)
