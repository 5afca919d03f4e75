"""When a fact says what a gold record says (`schema.md` §5): names equal or accepted, values as written."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.types import Fact

Record = Mapping[str, Any]
"""What a gold file says about one relation: the fields of `schema.md` §5."""
Matches = Callable[[Record, Fact], bool]

_MARKS = "《》〈〉“”\"'‘’「」<>"
# How many characters more than the longest accepted form an object may have (a region or an adjective before it).
_OBJECT_MARGIN = 6


@functools.lru_cache(maxsize=100_000)
def normal(text: object) -> str:
    """Return the form in which names are compared: NFKC, no white space, no quotation marks at the ends.

    >>> normal("《ＡＢ 通知》"), normal(None)
    ('AB通知', '')
    """
    return "" if text is None else "".join(unicodedata.normalize("NFKC", str(text)).split()).strip(_MARKS)


def accepted(record: Record, field: str) -> frozenset[str]:
    """Return the normal forms that a field accepts; the empty one stands for "none".

    >>> sorted(accepted({"org": "中华全国总工会", "org_alias": ["全总"]}, "org"))
    ['中华全国总工会', '全总']
    """
    aliases = "core_alias" if field == "object_core" else f"{field}_alias"
    return frozenset(map(normal, (record.get(field), *(record.get(aliases) or ()))))


def contains(a: str, b: str) -> bool:
    """Say whether one of two names is a part of the other; an empty one is not.

    >>> contains("轻工业联合会", "中国轻工业联合会"), contains("", "甲")
    (True, False)
    """
    return bool(a and b) and (a in b or b in a)


def same_organization(record: Record, fact: Fact) -> bool:
    """Say whether the organisation of a `holds` fact is accepted."""
    said, forms = normal(fact.qualifiers.get("organization")), accepted(record, "org")
    return said in forms or any(contains(said, form) for form in forms)


def same_issuer(record: Record, fact: Fact) -> bool:
    """Say whether the issuer of an `issues` fact is accepted."""
    said, forms = normal(fact.subject.name), accepted(record, "org")
    return said in forms or any(contains(said, form) for form in forms)


def same_quantity(record: Record, fact: Fact) -> bool:
    """Say whether value and unit of a `targets` fact are as written."""
    said = normal(fact.qualifiers.get("value_text")) + normal(fact.qualifiers.get("unit"))
    return said in {value + unit for value in accepted(record, "value") for unit in accepted(record, "unit")}


def same_object(record: Record, fact: Fact) -> bool:
    """Say whether the object of a `targets` fact lies between the shortest and the longest that is accepted."""
    said, longest = normal(fact.qualifiers.get("object")), normal(record.get("object_full"))
    for core in accepted(record, "object_core"):
        if core and core in said and len(said) <= max(len(longest), len(core)) + _OBJECT_MARGIN:
            return True
    return len(said) >= 2 and said in longest


def same_action(record: Record, fact: Fact) -> bool:
    """Say whether the verb of a `targets` fact is accepted."""
    said, forms = normal(fact.qualifiers.get("action")), accepted(record, "action")
    return said in forms or any(contains(said, form) for form in forms)


def same_holding(record: Record, fact: Fact) -> bool:
    """Say whether a `holds` fact gives the person, the title and the organisation of a record."""
    named = normal(fact.subject.name) in accepted(record, "person")
    return (
        named and normal(fact.qualifiers.get("title")) in accepted(record, "title") and same_organization(record, fact)
    )


def same_notice(record: Record, fact: Fact) -> bool:
    """Say whether an `issues` fact gives the document and the issuer of a record."""
    return normal(fact.object.name) in accepted(record, "document") and same_issuer(record, fact)


def same_amount(record: Record, fact: Fact) -> bool:
    """Say whether a `targets` fact gives the quantity and the object of a record, by whatever verb."""
    return same_quantity(record, fact) and same_object(record, fact)


def same_target(record: Record, fact: Fact) -> bool:
    """Say whether a `targets` fact gives the quantity, the object and the verb of a record."""
    return same_amount(record, fact) and same_action(record, fact)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What one line of an evaluation counts.

    Args:
        name: The name of the line.
        relation: The key of the gold records.
        predicates: The predicates of the facts that are compared with them.
        matches: Whether a fact says what a record says.
    """

    name: str
    relation: str
    predicates: tuple[str, ...]
    matches: Matches


CRITERIA = (
    Criterion("holds", "holds", ("holds",), same_holding),
    Criterion("issues", "issues", ("issues", "co_issues"), same_notice),
    Criterion("targets", "targets", ("targets",), same_target),
    Criterion("targets (action not compared)", "targets", ("targets",), same_amount),
)


def gold_records(gold: Record, relation: str) -> Iterator[Record]:
    """Yield the records of a gold document, one for each issuer where several issue a notice.

    >>> [one["org"] for one in gold_records({"issues": [{"orgs": ["甲部", "乙部"], "document": "通知"}]}, "issues")]
    ['甲部', '乙部']
    """
    for record in gold.get(relation) or ():
        if relation != "issues":
            yield record
            continue
        aliases = record.get("orgs_alias") or {}
        for organization in record["orgs"]:
            also = aliases.get(organization, ()) if isinstance(aliases, Mapping) else aliases
            yield {**record, "org": organization, "org_alias": also}


@dataclass(frozen=True, slots=True)
class Matching:
    """How the facts of one document meet its gold records.

    Args:
        hits: Each required record that a fact says, with the fact.
        missed: The required records that no fact says.
        wrong: The facts that say no record. One that says an optional record, or a record again, is neither right
            nor wrong.
    """

    hits: tuple[tuple[Record, Fact], ...]
    missed: tuple[Record, ...]
    wrong: tuple[Fact, ...]


def match(records: Sequence[Record], facts: Sequence[Fact], matches: Matches) -> Matching:
    """Match records and facts one to one: each record in turn takes the first free fact that says it.

    Args:
        records: The gold records of one document and relation.
        facts: The facts of that document and relation.
        matches: Whether a fact says what a record says.
    """
    free = list(facts)
    hits: list[tuple[Record, Fact]] = []
    missed: list[Record] = []
    for record in records:
        if record.get("optional"):
            continue
        place = next((place for place, fact in enumerate(free) if matches(record, fact)), None)
        if place is None:
            missed.append(record)
        else:
            hits.append((record, free.pop(place)))
    wrong = [fact for fact in free if not any(matches(record, fact) for record in records)]
    return Matching(tuple(hits), tuple(missed), tuple(wrong))
