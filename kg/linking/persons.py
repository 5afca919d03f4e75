"""Persons over documents: one name may be one person or several, and a person may be written in several ways.

Mentions of a name in one document are one person. Over documents they are one if they share an organisation or two
linked ones (a career is a chain of such documents); without a common organisation they stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.linking.clues import Clues
from kg.linking.decisions import Ambiguity, Merge
from kg.linking.namesakes import KIND, Namesakes
from kg.linking.places import Places
from kg.linking.profiles import Profile, Unit, designated, spelled


def link_persons(
    profiles: Mapping[Unit, Profile],
    clues: Mapping[str, Clues],
    places: Places,
    same: Iterable[tuple[str, str]] = (),
    different: Iterable[tuple[str, str]] = (),
) -> tuple[dict[Unit, str], list[Merge], list[Ambiguity]]:
    """Return (document, name) → canonical name, the decisions, and the doubts.

    Args:
        profiles: (document, name) → what the document says about the person.
        clues: Document → its clues.
        places: Where the documents' bodies are.
        same: Pairs of names, or of names with an organisation (`王倩（甲局）`), that a person says are one.
        different: Such pairs that a person says are two.

    >>> from collections import Counter
    >>> one, two = Profile(Counter(["甲局"])), Profile(Counter(["乙厂"]))
    >>> sorted(link_persons({("a", "王倩"): one, ("b", "王倩"): two}, {}, Places({}, {}))[0].values())
    ['王倩（乙厂）', '王倩（甲局）']
    """
    right = _misprints(profiles, clues)
    by_name: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(profiles):
        by_name[right.get(unit, spelled(unit[1]))].append(unit)
    for a, b in same:
        first, second = spelled(designated(a)[0]), spelled(designated(b)[0])
        if first != second and first in by_name and second in by_name:
            by_name[second] += by_name.pop(first)
    canonical: dict[Unit, str] = {}
    merges: set[Merge] = set()
    doubts: list[Ambiguity] = []
    for name, units in sorted(by_name.items()):
        namesakes = Namesakes(name, units, profiles, places, list(same), list(different))
        canonical.update(namesakes.link())
        doubts += namesakes.doubts
        for unit in units:
            if canonical[unit] != unit[1]:
                rule, reason = _why(unit, right, namesakes)
                merges.add(Merge(KIND, unit[1], canonical[unit], rule, reason, unit[0]))
    return canonical, sorted(merges, key=Merge.sort_key), doubts


def _why(unit: Unit, right: Mapping[Unit, str], namesakes: Namesakes) -> tuple[str, str]:
    if unit in right:
        return "person.misprint", f"a text corrects {unit[1]} to {right[unit]}"
    return namesakes.reasons.get(unit, ("person.spelling", "the same name in another spelling"))


def _misprints(profiles: Mapping[Unit, Profile], clues: Mapping[str, Clues]) -> dict[Unit, str]:
    """Return the units whose name another text corrects, if it speaks of the same organisation."""
    units: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in profiles:
        units[spelled(unit[1])].append(unit)
    known = set(units)
    context = {document: profile.context for (document, _), profile in sorted(profiles.items())}
    result = {}
    for document in sorted(clues):
        for wrong, right in clues[document].misprints:
            for unit in units.get(spelled(wrong), ()):
                shared = unit[0] == document or bool(profiles[unit].context & context.get(document, frozenset()))
                if spelled(right) in known and shared:
                    result[unit] = spelled(right)
    return result
