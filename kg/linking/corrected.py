"""Corrections put into what was linked: names changed, facts dropped and added, doubts settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.linking.corrections import Corrections, correct_facts, unmatched_names
from kg.linking.decisions import Ambiguity, Linked, Merge, full_order
from kg.linking.name_parts import clean
from kg.linking.profiles import Profile, designated, spelled
from kg.linking.renaming import NAMING, CanonicalNames, Unit
from kg.types import EntityType, Fact

Entity = tuple[EntityType, str]
"""The type of an entity and its canonical name."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names by which a correction may call an entity.

    Args:
        entities: A name without differences of typography → the entities that it may mean.
    """

    entities: Mapping[str, Collection[Entity]]

    @classmethod
    def of(
        cls,
        bodies: Mapping[Unit, str],
        persons: Mapping[Unit, str],
        notices: Mapping[Unit, str],
        profiles: Mapping[Unit, Profile],
    ) -> KnownNames:
        """Collect canonical names, names of documents, and persons with an organisation (`王倩（甲局）`)."""
        found: defaultdict[str, set[Entity]] = defaultdict(set)
        listed = ((EntityType.ORGANIZATION, bodies), (EntityType.PERSON, persons), (EntityType.NOTICE, notices))
        for kind, names in listed:
            for (_, name), canonical in names.items():
                found[clean(name)].add((kind, canonical))
                found[clean(canonical)].add((kind, canonical))
        for unit, profile in profiles.items():
            for body in profile.organizations:
                found[clean(f"{spelled(unit[1])}（{body}）")].add((EntityType.PERSON, persons[unit]))
        return cls(found)

    def get(self, name: str) -> Collection[Entity]:
        """Return the entities that a name may mean."""
        return self.entities.get(clean(name), ())


def correct(linked: Linked, corrections: Corrections, known: KnownNames) -> Linked:
    """Return what was linked with the decisions of a person in it.

    Args:
        linked: What the rules have linked; pairs that are the same or different were told to them already.
        corrections: The decisions.
        known: The names of the corpus.

    >>> correct(Linked(()), Corrections(), KnownNames({})).unmatched
    ()
    """
    renamed = dict(_renamed(corrections, known))
    facts = [_with_names(fact, renamed) for fact in linked.facts] if renamed else list(linked.facts)
    merges = {_with_canonical(merge, renamed) for merge in linked.merges}
    merges |= {
        Merge(kind.value, name, to, rule, "a correction says so") for (kind, name), (to, rule) in renamed.items()
    }
    facts, without_fact = correct_facts(facts, corrections)
    return replace(
        linked,
        facts=tuple(sorted(facts, key=full_order)),
        merges=tuple(sorted(merges, key=Merge.sort_key)),
        ambiguities=tuple(doubt for doubt in linked.ambiguities if not _is_settled(doubt, corrections, renamed)),
        unmatched=(*unmatched_names(corrections, known.entities), *without_fact),
    )


def _renamed(corrections: Corrections, known: KnownNames) -> Iterator[tuple[Entity, tuple[str, str]]]:
    """Yield the entities whose canonical name changes, with the new one and the rule."""
    for name, to in corrections.pairs("rename"):
        for entity in sorted(known.get(name)):
            if entity[1] != to:
                yield entity, (to, "correction.rename")
    pairs = [(a, b, "same") for a, b in corrections.pairs("same")]
    pairs += [(alias, name, "alias") for name, alias in corrections.pairs("alias")]
    for first, second, action in pairs:
        for kind, name in sorted(known.get(first)):
            targets = sorted(other for of_kind, other in known.get(second) if of_kind is kind)
            # Two of one name are joined by their organisations, not by the name that both bear.
            if len(targets) == 1 and targets[0] != name and designated(first)[0] != targets[0]:
                yield (kind, name), (targets[0], f"correction.{action}")


def _with_canonical(merge: Merge, renamed: Mapping[Entity, tuple[str, str]]) -> Merge:
    to = renamed.get((EntityType(merge.kind), merge.canonical))
    return replace(merge, canonical=to[0]) if to else merge


def _is_settled(doubt: Ambiguity, corrections: Corrections, renamed: Mapping[Entity, tuple[str, str]]) -> bool:
    pair = frozenset((clean(doubt.a), clean(doubt.b)))
    if any(frozenset(map(clean, decided)) == pair for decided in corrections.pairs("different")):
        return True
    return any((EntityType(doubt.kind), name) in renamed for name in (doubt.a, doubt.b))


def _with_names(fact: Fact, renamed: Mapping[Entity, tuple[str, str]]) -> Fact:
    names: defaultdict[EntityType, dict[Unit, str]] = defaultdict(dict)
    document = fact.evidence.document
    given = [(mention.type, mention.name) for mention in (fact.subject, fact.object)]
    given += [(EntityType.ORGANIZATION, str(fact.qualifiers[key])) for key in NAMING if fact.qualifiers.get(key)]
    for entity in given:
        if entity in renamed:
            names[entity[0]][document, entity[1]] = renamed[entity][0]
    return CanonicalNames(dict(names)).rename(fact) if names else fact
