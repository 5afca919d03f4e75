"""Canonical names put into facts; surface forms, offsets and evidence stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.linking.metrics import Counted, counted
from kg.types import EntityType, Fact, Mention, QualifierValue

Unit = tuple[str, str]
Names = Mapping[Unit, str]
"""(document, name) → canonical name."""

# The qualifiers that give an organisation's name.
NAMING = ("organization", "actor")


@dataclass(slots=True)
class CanonicalNames:
    """What the mentions of a corpus are called.

    Args:
        names: For each type of entity, (document, name) → canonical name.
        metrics: (What is counted, base unit) → canonical name.
    """

    names: dict[EntityType, Names] = field(default_factory=dict)
    metrics: Mapping[Counted, str] = field(default_factory=dict)

    def of(self, type: EntityType, document: str, name: str) -> str:
        """Return the canonical name of a name in a document."""
        return self.names.get(type, {}).get((document, name), name)

    def rename(self, fact: Fact) -> Fact:
        """Return a fact with canonical names in its mentions and qualifiers."""
        document = fact.evidence.document

        def organization(name: str) -> str:
            return self.of(EntityType.ORGANIZATION, document, name)

        qualifiers: dict[str, QualifierValue] = dict(fact.qualifiers)
        for key in NAMING:
            if isinstance(name := qualifiers.get(key), str):
                qualifiers[key] = organization(name)
        if self.metrics and (what := counted(fact)) and what in self.metrics and "object" in qualifiers:
            qualifiers["object"] = self.metrics[what]
        owner = fact.qualifiers.get("organization") or (fact.object.name if fact.predicate == "at" else None)
        subject, object_ = (
            self._mention(mention, owner if isinstance(owner, str) else None, organization)
            for mention in (fact.subject, fact.object)
        )
        if subject is fact.subject and object_ is fact.object and qualifiers == fact.qualifiers:
            return fact
        return replace(fact, subject=subject, object=object_, qualifiers=MappingProxyType(qualifiers))

    def _mention(self, mention: Mention, owner: str | None, organization: Callable[[str], str]) -> Mention:
        if mention.type is EntityType.POSITION:
            if not owner or not mention.name.startswith(owner):
                return mention
            name = organization(owner) + mention.name[len(owner) :]
        else:
            name = self.of(mention.type, mention.document, mention.name)
        return mention if name == mention.name else replace(mention, name=name)
