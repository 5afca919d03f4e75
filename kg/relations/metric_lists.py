"""Lists of nouns that share numbers: one number for each (A、B各1项), or as many numbers as nouns (A、B下降3%、5%)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from kg.relations.governing_verbs import Span
from kg.relations.metric_types import Pair

_ITEM = re.compile(r"[^、]+?(?:(?=[、])|(?<=[\u4e00-\u9fff]{2})(?=[和与及][\u4e00-\u9fff]{2})|$)")
_SHORTEST = 2
_EACH = re.compile("(?:均|都|分别)?各(?:为|有|达)?$")


def distributed(text: str, pairs: list[Pair]) -> list[Pair]:
    """Return pairs whose listed nouns have each its own number.

    Args:
        text: The normalised characters of the sentence.
        pairs: Its pairs, in order.

    >>> distributed("", [])
    []
    """
    groups = itertools.groupby(pairs, key=lambda pair: (pair.object_start, pair.object_end, pair.action_start))
    return [pair for _, group in groups for pair in _of_one_list(text, list(group))]


def _of_one_list(text: str, pairs: list[Pair]) -> Iterator[Pair]:
    """Yield the pairs of one list of nouns."""
    first = pairs[0]
    items = _items(text, (first.object_start, first.object_end))
    gaps = (text[one.quantity.end : other.quantity.lead] for one, other in itertools.pairwise(pairs))
    if len(items) == len(pairs) > 1 and all(gap in ("、", "和", "与", "及") for gap in gaps):
        # 事故起数、死亡人数下降21%、23%
        for pair, item in zip(pairs, items, strict=True):
            yield replace(pair, object_start=item[0], object_end=item[1])
    elif len(pairs) == 1 and len(items) > 1 and _EACH.search(text, first.object_end, first.quantity.lead):
        # 国家标准、行业标准各1项
        for start, end in items:
            yield replace(first, object_start=start, object_end=end)
    else:
        yield from pairs


def _items(text: str, noun: Span) -> list[Span]:
    """Return the parts of a list of nouns, one if it is no list."""
    if "、" not in text[slice(*noun)]:
        return [noun]
    found = [match.span() for match in _ITEM.finditer(text[slice(*noun)])]
    spans = [(noun[0] + start, noun[0] + end) for start, end in found]
    items = [(start + (text[start] in "和与及"), end) for start, end in spans]
    # 第一、二、三产业: the parts are no nouns.
    return items if all(end - start >= _SHORTEST for start, end in items) else [noun]
