"""Confidence that means something: what share of the facts that a rule made with a raw score were right.

The table `kg/resources/calibration.tsv` is made by `training/calibrate.py` on the open gold; it is binned calibration
(Zadrozny and Elkan, ICML 2001) with the bins' values drawn towards the relation's mean where a bin has few facts.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import replace
from importlib import resources

from kg.language.lexicon import parse_table
from kg.types import Fact

_DOUBTFUL = 0.55
Bins = tuple[tuple[float, float], ...]


@functools.cache
def _table() -> dict[tuple[str, str], Bins]:
    """Return, for a predicate and an extractor, its bins as (upper bound of the raw score, confidence), ascending."""
    path = resources.files("kg.resources") / "calibration.tsv"
    bins: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in parse_table(path.read_text("utf-8"), "calibration.tsv"):
        bins[row["predicate"], row["extractor"]].append((float(row["raw_below"]), float(row["confidence"])))
    return {key: tuple(sorted(values)) for key, values in bins.items()}


def calibrated(fact: Fact) -> Fact:
    """Return the fact with its raw score replaced by the share of such facts that were right on the open gold.

    Facts of relations without gold keep the score that their extractor gave.

    >>> from kg.types import EntityType, Evidence, Mention
    >>> person, post = (Mention("a", 0, 2, "张三", kind) for kind in (EntityType.PERSON, EntityType.POSITION))
    >>> fact = Fact(person, "holds", post, {}, Evidence("a", 0, 2, "张三"), 0.99, "holds.title_before_name")
    >>> 0 < calibrated(fact).confidence < 1
    True
    """
    bins = _table().get((fact.predicate, fact.extractor)) or _table().get((fact.predicate, ""))
    if not bins:
        return fact
    value = next((confidence for below, confidence in bins if fact.confidence < below), bins[-1][1])
    if fact.confidence < _DOUBTFUL:
        # What an extractor doubts because of its words (或将, 有望) is no surer than the extractor says.
        value = min(value, fact.confidence)
    return replace(fact, confidence=value)
