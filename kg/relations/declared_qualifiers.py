"""Qualifiers of declared relations: dates, periods, quantities and whatever an expression finds beside a match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from kg.language.dates import DATE, PERIOD, resolve_date, resolve_period
from kg.language.quantities import Quantity
from kg.language.sentences import Sentence
from kg.relations.declaration import DeclaredRelation
from kg.relations.mention_finders import measured
from kg.relations.mention_masks import Span
from kg.types import EntityType, QualifierValue

_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the qualifiers of a match may stand, in view offsets.

    Args:
        first: Where the match before it, or the clause before a ；, ends.
        start: Where the second of its two ends begins.
        after: Where the next match begins, or a ； stands.
    """

    first: int
    start: int
    after: int


def find_qualifiers(
    sentence: Sentence, declared: DeclaredRelation, scope: Scope, object_: Span, published: str | None
) -> dict[str, QualifierValue]:
    """Return the qualifiers of a fact: from its second end onwards if they stand there, else before it.

    Args:
        sentence: The sentence of the match.
        declared: The relation.
        scope: Where they may stand.
        object_: The object's mention; a quantity is described by its number, unit and value.
        published: The ISO date of the document, or None.
    """
    quantities = list(measured(sentence.view.text))
    result: dict[str, QualifierValue] = {}
    if object_.type is EntityType.METRIC:
        counted = next(q for q in quantities if (q.lead, q.end) == (object_.start, object_.end))
        # What is counted is what the relation says is done with it, unless a qualifier of one's own says more.
        result = {"object": declared.label_zh, **_metric(counted)}
        quantities.remove(counted)
    for name, finder in declared.qualifiers:
        value = _value(sentence, finder, scope, quantities, published)
        if value is not None or name not in result:
            result[name] = value
    return result


def _metric(quantity: Quantity) -> dict[str, QualifierValue]:
    return {
        "value_text": quantity.value_text,
        "unit": quantity.unit,
        "value": quantity.value,
        "base_unit": quantity.base_unit,
        "bound": quantity.bound,
    }


def _value(
    sentence: Sentence, finder: str, scope: Scope, quantities: Iterable[Quantity], published: str | None
) -> QualifierValue:
    text = sentence.view.text
    if finder == "date":
        # The date at the head of a sentence holds for all of its clauses.
        day = _nearest([(match.start(), match) for match in DATE.finditer(text)], scope, 0)
        return resolve_date(day, published) if day else None
    if finder == "period":
        when = _nearest([(match.start(), match) for match in PERIOD.finditer(text)], scope, 0)
        return resolve_period(when.group(), published) if when else None
    name, _, base_unit = finder.partition(":")
    if name == "quantity" and "(" not in base_unit:
        fitting = [(q.start, q) for q in quantities if not base_unit or q.base_unit == base_unit]
        amount = _nearest(fitting, scope, scope.first)
        return sentence.surface(amount.start, amount.unit_end) if amount else None
    found = [(match.start(), match) for match in re.compile(finder).finditer(text, scope.first, scope.after)]
    said = _nearest([(place, match) for place, match in found if match["value"]], scope, scope.first)
    return sentence.surface(*said.span("value")) if said else None


def _nearest(places: Iterable[tuple[int, _Place]], scope: Scope, first: int) -> _Place | None:
    """Return the first one from the second end onwards, else the last one before it."""
    before: _Place | None = None
    for start, found in places:
        if scope.start <= start < scope.after:
            return found
        if first <= start < scope.start:
            before = found
    return before
