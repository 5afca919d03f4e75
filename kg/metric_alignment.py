"""Which figures count the same thing: same actor, unit and kind of change, the same doing to the same object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.figures import Figure
from kg.language.lexicon import lookup
from kg.names import fold

_LIGHT = "light"
_SHORTEST_HEAD = 2

Metric = tuple[str, str]
"""A verb, "" for none, and what is counted."""


def action_group(action: str | None) -> str:
    """Return the kind of doing that a verb names, "" for one that only says that a number is reached.

    >>> action_group("新建") == action_group("建成"), action_group("达到"), action_group("走访慰问")
    (True, '', 'visit')
    """
    if not action or lookup("action_verbs", "kind").get(action, "do") != "do":
        return ""
    group = lookup("ledger_actions", "group").get(action, action)
    return "" if group == _LIGHT else group


def align(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Return the figures in groups, each of one metric, in the order of their first figures.

    户外劳动者服务站点 and 服务站点 are one metric unless one text gives both with different numbers; a verb of reaching
    leaves open what is done, so that its figure joins the one metric that has its object.

    Args:
        figures: The figures.
    """
    families: defaultdict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for one in figures:
        families[fold(one.organization), one.change, one.unit].append(one)
    groups = [group for family in families.values() for group in _aligned(family)]
    place = {id(one): number for number, one in enumerate(figures)}
    return sorted(groups, key=lambda group: place[id(group[0])])


def _aligned(family: Sequence[Figure]) -> list[list[Figure]]:
    """Return the groups of figures of one actor, change and unit."""
    by_metric: defaultdict[Metric, list[Figure]] = defaultdict(list)
    for one in family:
        by_metric[action_group(one.action), fold(one.metric)].append(one)
    done = [metric for metric in by_metric if metric[0]]
    groups = _by_head({metric: by_metric[metric] for metric in done})
    reached: dict[Metric, list[Figure]] = {}
    for metric in by_metric:
        if metric[0]:
            continue
        fitting = [group for group in groups if any(_names_object(metric[1], own) for own in group)]
        if len(fitting) == 1:
            groups[fitting[0]] += by_metric[metric]
        else:
            reached[metric] = by_metric[metric]
    return [*groups.values(), *_by_head(reached).values()]


def _names_object(thing: str, metric: Metric) -> bool:
    """Say whether the object of a verb of reaching is that of a metric (培训职工, 职工培训, 职工 of 培训 职工)."""
    group, counted = metric
    verbs = [verb for verb, own in lookup("ledger_actions", "group").items() if own == group] or [group]
    forms = {counted, *(verb + counted for verb in (*verbs, group)), *(counted + verb for verb in (*verbs, group))}
    return thing in forms or any(_is_head(thing, form) or _is_head(form, thing) for form in forms)


def _by_head(by_metric: dict[Metric, list[Figure]]) -> dict[frozenset[Metric], list[Figure]]:
    """Join the metrics of which one names its object by the head of the other's name."""
    groups: dict[frozenset[Metric], list[Figure]] = {}
    joined: dict[Metric, Metric] = {}
    for metric in sorted(by_metric, key=lambda metric: (-len(metric[1]), metric)):
        longer = [
            other
            for other in joined
            if joined[other] == other
            and other[0] == metric[0]
            and _is_head(metric[1], other[1])
            and not _contradict(by_metric[metric], by_metric[other])
        ]
        joined[metric] = longer[0] if len(longer) == 1 else metric
    for root in dict.fromkeys(joined.values()):
        members = frozenset(metric for metric in joined if joined[metric] == root)
        groups[members] = [one for metric in by_metric if metric in members for one in by_metric[metric]]
    return groups


def _is_head(short: str, full: str) -> bool:
    return _SHORTEST_HEAD <= len(short) < len(full) and full.endswith(short)


def _contradict(some: Iterable[Figure], others: Sequence[Figure]) -> bool:
    """Say whether one text gives both metrics with different numbers for one period: then they are two."""
    return any(
        one.document == other.document
        and one.period_text == other.period_text
        and one.planned == other.planned
        and not one.agrees(other)
        for one in some
        for other in others
    )
