"""Figures that a later text calls misprinted: the fact stays what its text says, and tells what is right.

A correction names two numbers, rarely what they count. It is followed only if that is clear: the number stands, with
its unit, in a text of the same publisher or about a body that the correction names, not long before, and there for one
thing only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from kg.language.normalize import make_view
from kg.language.quantities import Quantity, find_quantities
from kg.linking.metrics import metric_key
from kg.types import Fact, QualifierValue

# Papers correct what readers have just read.
_MOST_DAYS = 92


class FigureCorrection(NamedTuple):
    """What a text says about a misprinted figure.

    Args:
        wrong: The number as it was printed, with its unit.
        right: The number as it should have been, with its unit.
        value: The right number in base units.
        base_unit: The base unit of both.
        sentence: The sentence that says so.

    >>> figure_correction("2.5万人次", "5.2万人次", "“2.5万人次”应为“5.2万人次”。").value
    52000.0
    """

    wrong: str
    right: str
    value: float
    base_unit: str
    sentence: str


def figure_correction(wrong: str, right: str, sentence: str) -> FigureCorrection | None:
    """Return what a correction of words says about a figure; None if they are not one figure each, of one unit.

    Args:
        wrong: The words as they were printed.
        right: The words as they should have been; but for the figure they are the same.
        sentence: The sentence that says so.
    """
    printed, meant = _only_figure(wrong), _only_figure(right)
    if printed is None or meant is None or printed[1] != meant[1]:
        return None
    (old, _), (new, _) = printed, meant
    if new.value is None or old.base_unit != new.base_unit or old.value == new.value:
        return None
    return FigureCorrection(_written(old), _written(new), new.value, new.base_unit, sentence)


def _only_figure(words: str) -> tuple[Quantity, tuple[str, str]] | None:
    view = make_view(words, 0, len(words)).text
    found = find_quantities(view)
    if len(found) != 1:
        return None
    (one,) = found
    return one, (view[: one.start], view[one.end :])


def _written(quantity: Quantity) -> str:
    return f"{quantity.value_text}{quantity.unit}"


class Correcting(NamedTuple):
    """A document that corrects figures.

    Args:
        document: The id of the document.
        published: Its date.
        publisher: Its publisher, or "".
        bodies: The canonical names of the bodies that it names.
        figures: What it says.
    """

    document: str
    published: str
    publisher: str
    bodies: Collection[str]
    figures: Sequence[FigureCorrection]


def correct_figures(
    facts: Iterable[Fact], texts: Iterable[Correcting], origins: Mapping[str, tuple[str | None, str]]
) -> list[Fact]:
    """Return the facts, those with a misprinted figure telling what is right and which text says so.

    The qualifiers `corrected_value` (in base units), `corrected_text`, `corrected_by`, `corrected_on` and `correction`
    are added; `kg.ledger` follows them.

    Args:
        facts: Facts with canonical names.
        texts: The documents that correct figures.
        origins: Document → its date and publisher.

    >>> correct_figures([], [], {})
    []
    """
    listed = list(facts)
    figures = [(place, fact) for place, fact in enumerate(listed) if fact.predicate == "targets" and _actor(fact)]
    for text in sorted(texts, key=lambda text: (text.published, text.document)):
        for said in text.figures:
            if any(fact.evidence.document == text.document and _states(fact, said) for _, fact in figures):
                # It says by itself what is right, and of what.
                continue
            for place in _misprinted(figures, text, said, origins):
                listed[place] = _told(listed[place], text, said)
    return listed


def _misprinted(
    figures: Iterable[tuple[int, Fact]],
    text: Correcting,
    said: FigureCorrection,
    origins: Mapping[str, tuple[str | None, str]],
) -> Iterator[int]:
    """Yield the places of the facts that a correction means; none if it may mean several things."""
    printed = [
        (place, fact)
        for place, fact in figures
        if _as_written(fact) == said.wrong and _is_before(origins.get(fact.evidence.document, (None, ""))[0], text)
    ]
    about = [fact for _, fact in printed if _actor(fact) in text.bodies]
    published = [fact for _, fact in printed if text.publisher and origins[fact.evidence.document][1] == text.publisher]
    things = {_thing(fact) for fact in about or published}
    if len(things) == 1:
        yield from (place for place, fact in printed if _thing(fact) in things)


def _is_before(published: str | None, text: Correcting) -> bool:
    if not published or not is_day(published):
        return False
    days = (date.fromisoformat(text.published) - date.fromisoformat(published)).days
    return 0 <= days <= _MOST_DAYS


def is_day(published: str) -> bool:
    """Say whether a date is that of a day.

    >>> is_day("2022-06-21"), is_day("2022-06")
    (True, False)
    """
    return len(published) == len("2022-06-21")


def _thing(fact: Fact) -> tuple[Any, ...]:
    """Return what a figure counts: whose, what, when, planned or achieved."""
    what = metric_key(str(fact.qualifiers.get("object")))
    return _actor(fact), what, *(fact.qualifiers.get(name) for name in ("period", "status", "change"))


def _actor(fact: Fact) -> str:
    return str(fact.qualifiers.get("actor") or "")


def _as_written(fact: Fact) -> str:
    return f"{fact.qualifiers.get('value_text') or ''}{fact.qualifiers.get('unit') or ''}"


def _states(fact: Fact, said: FigureCorrection) -> bool:
    return fact.qualifiers.get("value") == said.value and fact.qualifiers.get("base_unit") == said.base_unit


def _told(fact: Fact, text: Correcting, said: FigureCorrection) -> Fact:
    told: dict[str, QualifierValue] = {
        "corrected_value": said.value,
        "corrected_text": said.right,
        "corrected_by": text.document,
        "corrected_on": text.published,
        "correction": said.sentence,
    }
    return replace(fact, qualifiers=MappingProxyType({**fact.qualifiers, **told}))
