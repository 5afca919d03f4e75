"""Metrics over documents: what is counted is one thing if it has one name, but for typography, and one unit."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.linking.decisions import Merge
from kg.types import EntityType, Fact

KIND = "Metric"
Counted = tuple[str, str]
"""What is counted, and its base unit."""


def counted(fact: Fact) -> Counted | None:
    """Return what a fact counts, None if it counts nothing."""
    if fact.object.type is not EntityType.METRIC:
        return None
    name = fact.qualifiers.get("object") or fact.object.name
    return str(name), str(fact.qualifiers.get("base_unit") or fact.qualifiers.get("unit") or "")


def metric_key(name: str) -> str:
    """Return what is counted, without differences of typography and 的.

    >>> metric_key("“绿色 工厂”") == metric_key("绿色工厂")
    True
    """
    text = unicodedata.normalize("NFKC", name)
    return re.sub(r"[\s“”\"‘’'《》「」的]", "", text) or name


def link_metrics(facts: Iterable[Fact]) -> tuple[dict[Counted, str], list[Merge]]:
    """Return (what is counted, base unit) → the form most used, and the decisions.

    Args:
        facts: The facts.

    >>> link_metrics([])
    ({}, [])
    """
    forms: defaultdict[Counted, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if what := counted(fact):
            forms[metric_key(what[0]), what[1]][what[0]] += 1
    canonical: dict[Counted, str] = {}
    merges = []
    for (_, unit), found in forms.items():
        best = min(found, key=lambda form: (-found[form], len(form), form))
        for form in found:
            if form != best:
                canonical[form, unit] = best
                reason = f"the same words, counted in {unit or 'the same unit'}"
                merges.append(Merge(KIND, form, best, "metric.typography", reason))
    return canonical, sorted(merges, key=Merge.sort_key)
