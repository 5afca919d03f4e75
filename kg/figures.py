"""Figures: what a graph says that somebody plans or has achieved, in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.language.patterns import pattern
from kg.periods import Period

# A figure of the year that is told before this month is one of the year so far.
_LAST_MONTH = "12"
_NUMBER = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that one sentence gives.

    Args:
        organization: Whose number it is.
        action: The verb, or None.
        metric: What is counted.
        change: `level`, `increase` or `decrease`.
        unit: The base unit.
        value: The number in base units.
        step: The last place that is written, in base units; 0 for an exact number.
        bound: `>=`, `<=`, `>`, `<`, `~` or None.
        period: The period, None where the text names none that can be compared.
        period_text: The period as the fact gives it, or "".
        planned: Whether it is planned; else it is achieved.
        corrects: Whether the sentence corrects another.
        published: The ISO date of the document, or "".
        document: The id of the document.
        sentence: The sentence.
    """

    organization: str
    action: str | None
    metric: str
    change: str
    unit: str
    value: float
    step: float
    bound: str | None
    period: Period | None
    period_text: str
    planned: bool
    corrects: bool
    published: str
    document: str
    sentence: str

    def agrees(self, other: Figure) -> bool:
        """Say whether two numbers may be one, the rougher of them being rounded.

        >>> a, b = (figure(value, step) for value, step in ((126.4e8, 1e7), (126e8, 1e8)))
        >>> a.agrees(b), a.agrees(figure(127e8, 1e8))
        (True, False)
        """
        return abs(self.value - other.value) <= max(self.step, other.step) / 2 + 1e-9 * abs(self.value)

    @property
    def so_far(self) -> str | None:
        """The month up to which a figure of the year so far counts (`2022-06`), None for that of a whole period."""
        if self.planned or self.period is None:
            return None
        if self.period.year:
            return self.period.last
        year = self.period.last[:4]
        told_early = f"{year}-01" <= self.published[:7] < f"{year}-{_LAST_MONTH}"
        return self.published[:7] if told_early and self.period.last == f"{year}-12" else None


def figure(value: float, step: float = 0.0, **given: Any) -> Figure:
    """Return a figure of which only some things matter.

    >>> figure(5.0, planned=True).planned
    True
    """
    blank: dict[str, Any] = {
        "organization": "", "action": None, "metric": "", "change": "level", "unit": "", "bound": None,
        "period": None, "period_text": "", "planned": False, "corrects": False, "published": "", "document": "",
        "sentence": "",
    }  # fmt: skip
    return Figure(value=value, step=step, **blank | given)


def figures(graph: nx.MultiDiGraph) -> list[Figure]:
    """Return the figures of a graph whose actor is known, in the order of their dates.

    A figure of nobody cannot be compared with another; one that a correction quotes as wrong is none.

    Args:
        graph: A graph from `build_graph` or `read_graph`.
    """
    return sorted(_figures(graph), key=_order)


def _order(one: Figure) -> tuple[str, ...]:
    return (one.published, one.document, one.organization, one.metric, one.period_text, str(one.value), one.sentence)


def _figures(graph: nx.MultiDiGraph) -> Iterator[Figure]:
    for _, _, data in graph.edges(data=True):
        value = data.get("value")
        if data.get("predicate") != "targets" or not data.get("actor") or not isinstance(value, int | float):
            continue
        for item in data.get("evidence") or ():
            wrong = _corrected(item["sentence"])
            place = item["object_start"] - item["start"]
            if wrong and wrong[0] <= place < wrong[1]:
                continue
            yield _figure(data, item, corrects=wrong is not None)
        if data.get("corrected_by"):
            yield _corrected_figure(data)


def _figure(data: Mapping[str, Any], item: Mapping[str, Any], *, corrects: bool) -> Figure:
    text = str(data.get("period") or "")
    published = str(item.get("published") or "")
    return Figure(
        str(data["actor"]),
        data.get("action"),
        str(data.get("object") or data.get("base_unit") or ""),
        data.get("change") or "level",
        data.get("base_unit") or "",
        float(data["value"]),
        _step(str(data.get("value_text") or ""), float(data["value"])),
        data.get("bound"),
        _period(text, published),
        text,
        data.get("status") == "planned",
        corrects,
        published,
        item["document"],
        item["sentence"],
    )


def _corrected_figure(data: Mapping[str, Any]) -> Figure:
    """Return the figure that another text gives in place of a misprinted one (`kg.linking.corrected_figures`)."""
    written = _NUMBER.match(str(data.get("corrected_text") or ""))
    right = {"value": data["corrected_value"], "value_text": written[0] if written else ""}
    item = {"published": data["corrected_on"], "document": data["corrected_by"], "sentence": data["correction"]}
    return _figure({**data, **right}, item, corrects=True)


def _period(text: str, published: str) -> Period | None:
    """Return a period; 2021年以来 is more than that year unless it is still going on."""
    lasting = pattern("ledger", "lasts").search(text)
    if lasting:
        return Period.of(text[: lasting.start()]) if text.startswith(published[:4] or "-") else None
    return Period.of(text)


def _step(written: str, value: float) -> float:
    """Return what the last place of a number is worth in base units; 0 if it is not written in digits.

    >>> round(_step("126.4", 126.4e8)), _step("三百", 300.0)
    (10000000, 0.0)
    """
    plain = written.replace(",", "")
    number = float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else 0.0
    return 10.0 ** -len(plain.partition(".")[2]) * value / number if number else 0.0


def _corrected(sentence: str) -> tuple[int, int] | None:
    """Return between which places a sentence quotes what was wrong, None if it corrects nothing.

    >>> _corrected("应为5.2万人次，误写为2.5万人次。"), _corrected("培训5.2万人次。")
    ((9, 19), None)
    """
    match = pattern("ledger", "correction").search(sentence)
    if not match:
        return None
    if match["wrong"]:
        return match.start("wrong"), len(sentence)
    return match.start("wrong_first"), match.end()
