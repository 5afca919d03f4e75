"""Names that only their document could explain and that it does not: bodies of their own, one for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import pairwise
from pathlib import PurePosixPath

from kg.linking.decisions import Ambiguity, Merge
from kg.linking.local_names import Reading
from kg.linking.name_parts import parse_name

KIND = "Organization"
Unit = tuple[str, str]
_WEIGHT = 0.1


def name_unexplained(
    readings: Mapping[Unit, Reading], reprints: Mapping[str, str]
) -> tuple[dict[Unit, str], list[Merge], list[Ambiguity]]:
    """Return (document, name) → canonical name of the names that no reading explains, the decisions, and the doubts.

    The same word in two documents is two bodies, unless one reprints the other; 省总 and 省总工会 of one text are one.

    Args:
        readings: (document, name) → what the name stands for.
        reprints: Document → the document that it reprints.

    >>> open_names = {("a", "市委"): Reading(None), ("b", "市委"): Reading(None)}
    >>> sorted(name_unexplained(open_names, {})[0].values())
    ['市委（a）', '市委（b）']
    """
    open_units = sorted(unit for unit, reading in readings.items() if reading.name is None)
    longest: dict[tuple[str, tuple[str, str]], str] = {}
    for document, name in sorted(open_units, key=lambda unit: (-len(unit[1]), unit)):
        longest.setdefault((document, parse_name(name).key), name)
    whole = {(document, name): longest[document, parse_name(name).key] for document, name in open_units}
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for (document, _), name in whole.items():
        documents[name].add(reprints.get(document, document))

    canonical: dict[Unit, str] = {}
    merges: list[Merge] = []
    for (document, name), full in whole.items():
        own = reprints.get(document, document)
        best = canonical[document, name] = _marked(full, own, documents[full])
        if full != name:
            merges.append(Merge(KIND, name, best, "organization.full_form", f"{full} of the same text", document))
        elif best != name:
            reading = readings[document, name]
            merges.append(Merge(KIND, name, best, reading.rule, reading.reason, document))
    doubts = [
        Ambiguity(
            KIND, _marked(name, a, found), _marked(name, b, found), _WEIGHT, f"which {name} is meant is not clear"
        )
        for name, found in sorted(documents.items())
        for a, b in pairwise(sorted(found))
    ]
    return canonical, merges, doubts


def _marked(name: str, document: str, documents: Collection[str]) -> str:
    """Return a name with the stem of its document, or with the whole where two have the same; alone as it is."""
    if len(documents) == 1:
        return name
    stem = PurePosixPath(document).stem
    unique = sum(PurePosixPath(other).stem == stem for other in documents) == 1
    return f"{name}（{stem if unique else document}）"
