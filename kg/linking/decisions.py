"""What linking decides, and why: merges, doubts, and the facts that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from kg.types import Fact


@dataclass(frozen=True, slots=True)
class Merge:
    """A name that stands for an entity whose canonical name is another.

    Args:
        kind: The type of the entity (`Organization`).
        name: The name as the document gives it.
        canonical: The canonical name.
        rule: The rule that joined them (`organization.abbreviation`).
        reason: Why the rule holds here, a phrase for people.
        document: The document in which the name stands for the entity; None for everywhere.

    >>> Merge("Organization", "工信部", "工业和信息化部", "organization.listed", "a listed short form").document is None
    True
    """

    kind: str
    name: str
    canonical: str
    rule: str
    reason: str
    document: str | None = None

    def sort_key(self) -> tuple[str, ...]:
        """Return the key of the fixed order."""
        return self.kind, self.canonical, self.name, self.document or "", self.rule, self.reason

    def to_dict(self) -> dict[str, Any]:
        """Return the decision as a JSON object."""
        return {key: getattr(self, key) for key in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """Two names that may be one entity and were left apart.

    Args:
        kind: The type of the entities.
        a: The canonical name of the one.
        b: The canonical name of the other.
        weight: How likely they are one and how much of the graph hangs on it, from 0 to 1; the order of review.
        reason: Why it could not be decided.

    >>> Ambiguity("Person", "张伟（甲厂）", "张伟（乙局）", 0.3, "no common organization").weight
    0.3
    """

    kind: str
    a: str
    b: str
    weight: float
    reason: str

    @classmethod
    def between(cls, kind: str, a: str, b: str, weight: float, reason: str) -> Ambiguity:
        """Make a doubt about two names, in whichever order they come."""
        first, second = sorted((a, b))
        return cls(kind, first, second, weight, reason)

    def sort_key(self) -> tuple[float, str, str, str]:
        """Return the key of the fixed order: the most important first."""
        return -self.weight, self.kind, self.a, self.b

    def to_dict(self) -> dict[str, Any]:
        """Return the doubt as a JSON object."""
        return {key: getattr(self, key) for key in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Linked:
    """Facts with the canonical names of the corpus, and every decision behind them.

    Args:
        facts: The facts in the fixed order; surface forms and offsets are those of the documents.
        merges: Which names were joined, in a fixed order.
        ambiguities: What was left apart in doubt, the most important first.
        reprints: Document → the document that it reprints (the earliest of them); others are left out.
        unmatched: A sentence for each correction that fits nothing (any more).
    """

    facts: tuple[Fact, ...]
    merges: tuple[Merge, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    reprints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unmatched: tuple[str, ...] = ()


def full_order(fact: Fact) -> tuple[Any, ...]:
    """Return the key of the fixed order of facts, in which no two facts that differ are equal."""
    types = fact.subject.type, fact.object.type
    ends = fact.subject.end, fact.evidence.end
    return fact.sort_key(), fact.extractor, fact.confidence, ends, types, fact.subject.text, fact.object.text
