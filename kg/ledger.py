"""The metric ledger: what was planned for a period, what was achieved, what was revised and what is contradicted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import networkx as nx

from kg.figures import Figure, figures
from kg.metric_alignment import action_group, align
from kg.names import fold
from kg.node_ids import number_text
from kg.periods import Period
from kg.rows import Row

_SHARE_PLACES = 4
_AT_MOST = ("<=", "<")


class Stated(NamedTuple):
    """A number and where it was said: when, up to which month it counts (a figure of the year so far), in which text.

    >>> str(Stated(16000.0, "2021-07-28", "2021-06", "a.txt"))
    '16000 (2021-06)'
    """

    value: float
    published: str | None
    as_of: str | None
    document: str

    def __str__(self) -> str:
        """Return the number and its date."""
        when = self.as_of or self.published
        return number_text(self.value) + (f" ({when})" if when else "")


@dataclass(frozen=True, slots=True)
class LedgerRow(Row):
    """A metric of an organization in a period.

    Args:
        organization: Whose it is.
        action: The verb of the plan, else of the result, or None.
        metric: What is counted.
        change: `level`, `increase` (a growth) or `decrease`.
        unit: The base unit.
        period: The period in words, None where the texts name none that can be compared.
        planned: The plan as last revised, in base units.
        bound: The bound of the plan (`>=`), or None.
        achieved: The result.
        share: The result as a share of the plan.
        state: `met`, `missed`, `no result` (a plan alone), `no plan` (a result alone), `so far` (only figures of a part
            of the period).
        interim: Figures of the period so far.
        revised: What was planned before.
        contradicted: Other results that texts give.
        corrected: Figures that a correction has withdrawn.
        documents: The documents that the row rests on.
        plan_sentence: The sentence of the plan.
        result_sentence: The sentence of the result.
        correction_sentence: The sentence that withdraws what is `corrected`.
    """

    organization: str
    action: str | None
    metric: str
    change: str
    unit: str
    period: str | None
    planned: float | None
    bound: str | None
    achieved: float | None
    share: float | None
    state: str
    interim: tuple[Stated, ...]
    revised: tuple[Stated, ...]
    contradicted: tuple[Stated, ...]
    corrected: tuple[Stated, ...]
    documents: tuple[str, ...]
    plan_sentence: str | None
    result_sentence: str | None
    correction_sentence: str | None


def ledger(graph: nx.MultiDiGraph) -> list[LedgerRow]:
    """Return plans and results side by side, by organization, metric and period.

    Figures of one organization, object, unit and kind of change are one metric. A later plan revises an earlier one. Of
    several results the one with most independent texts behind it counts, of equals the first; the others contradict
    it. A figure of a part of the period (上半年) is no result.

    Args:
        graph: A graph from `build_graph` or `read_graph`.
    """
    rows: list[LedgerRow] = []
    for group in align(figures(graph)):
        for period, own in _by_period(group).items():
            rows.append(_row(period, own, group))
    return sorted(rows, key=_order)


def _order(row: LedgerRow) -> tuple[str, ...]:
    # Rows without a period stand last.
    return (row.organization, row.metric, row.change, row.unit, row.period or "~", row.action or "")


def _by_period(group: Sequence[Figure]) -> dict[str | None, list[Figure]]:
    """Return the figures of one metric by the label of their period; those of a part of a year belong to the year."""
    planned = {one.period for one in group if one.planned}
    result: defaultdict[str | None, list[Figure]] = defaultdict(list)
    for one in group:
        for period in _periods(one, planned):
            result[period.label if period else one.period_text or None].append(one)
    return result


def _periods(one: Figure, planned: Iterable[Period | None]) -> list[Period | None]:
    """Return the periods that a figure says something about; one for a part of a year, also that part if planned."""
    year = one.period.year if one.period else None
    if year is None or one.planned:
        return [one.period]
    return [year, one.period] if one.period in planned else [year]


def _row(label: str | None, own: Sequence[Figure], group: Sequence[Figure]) -> LedgerRow:
    plans = [one for one in own if one.planned]
    results = [one for one in own if not one.planned and _is_result(one, label)]
    interim = [one for one in own if not one.planned and not _is_result(one, label)]
    plan, revised, withdrawn = _plan(plans)
    result, contradicted, corrected = _result(results)
    achieved = result.value if result else None
    planned = plan.value if plan else None
    named = _name(group)
    telling = plan or result or own[0]
    return LedgerRow(
        telling.organization,
        named[0],
        named[1],
        telling.change,
        telling.unit,
        label,
        planned,
        plan.bound if plan else None,
        achieved,
        round(achieved / planned, _SHARE_PLACES) if achieved is not None and planned else None,
        _state(plan, result),
        _stated(interim),
        _stated(revised),
        _stated(contradicted),
        _stated([*withdrawn, *corrected]),
        tuple(sorted({one.document for one in own})),
        plan.sentence if plan else None,
        result.sentence if result else None,
        next((one.sentence for one in reversed(own) if one.corrects), None) if withdrawn or corrected else None,
    )


def _is_result(one: Figure, label: str | None) -> bool:
    """Say whether a figure is that of the whole period of its row."""
    return one.so_far is None or (one.period is not None and one.period.year is not None and one.period.label == label)


def _name(group: Sequence[Figure]) -> tuple[str | None, str]:
    """Return the verb and the name of a metric: with a verb of doing if there is one, the longest name."""
    counted = Counter((one.action, one.metric) for one in group)
    return min(
        counted,
        key=lambda pair: (not action_group(pair[0]), -len(pair[1]), -counted[pair], pair[0] or "", pair[1]),
    )


def _plan(plans: Sequence[Figure]) -> tuple[Figure | None, list[Figure], list[Figure]]:
    """Return the plan in force, those that it revises, and those that a correction withdraws."""
    kept, withdrawn = _uncorrected(plans)
    distinct: list[Figure] = []
    for one in kept:
        # A text that tells the old plan again does not bring it back.
        if not any(one.agrees(known) for known in distinct):
            distinct.append(one)
    return (distinct[-1], distinct[:-1], withdrawn) if distinct else (None, [], withdrawn)


def _result(results: Sequence[Figure]) -> tuple[Figure | None, list[Figure], list[Figure]]:
    """Return the result, those that contradict it, and those that a correction withdraws."""
    kept, withdrawn = _uncorrected(results)
    groups: list[list[Figure]] = []
    for one in kept:
        fitting = next((group for group in groups if group[0].agrees(one)), None)
        if fitting is None:
            groups.append([one])
        else:
            fitting.append(one)
    # Reprints share their sentences; the order of equals is that of their dates.
    groups.sort(key=lambda group: -len({fold(one.sentence) for one in group}))
    if not groups:
        return None, [], withdrawn
    best = min(groups[0], key=lambda one: one.step)
    return best, [group[0] for group in groups[1:]], withdrawn


def _uncorrected(said: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Return the figures that stand, and those that an earlier text gave and a correction withdraws."""
    corrections = [one for one in said if one.corrects]
    if not corrections:
        return list(said), []
    last = corrections[-1]
    wrong = [one for one in said if not one.agrees(last) and one.published <= last.published]
    return [one for one in said if one not in wrong], wrong


def _state(plan: Figure | None, result: Figure | None) -> str:
    if plan and result:
        met = result.value <= plan.value if plan.bound in _AT_MOST else result.value >= plan.value
        return "met" if met or result.agrees(plan) else "missed"
    if plan:
        return "no result"
    return "no plan" if result else "so far"


def _stated(said: Iterable[Figure]) -> tuple[Stated, ...]:
    """Return numbers with their places, each number once, with the text that gave it first."""
    result: dict[tuple[float, str | None], Stated] = {}
    for one in said:
        result.setdefault((one.value, one.so_far), Stated(one.value, one.published or None, one.so_far, one.document))
    return tuple(result.values())
