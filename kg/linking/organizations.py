"""Organisations over documents: which names mean one body, by rules that say why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.linking.clues import Clues
from kg.linking.decisions import Ambiguity, Merge
from kg.linking.local_names import read_local_names
from kg.linking.name_parts import clean
from kg.linking.organization_corpus import Names, OrganizationCorpus, Pair
from kg.linking.places import Places
from kg.linking.unexplained_names import name_unexplained

KIND = "Organization"
_MOST_LISTED = 3


@dataclass(slots=True)
class OrganizationLinks:
    """Which body each name of each document means.

    Args:
        canonical: (document, name) → canonical name.
        merges: The decisions, in a fixed order.
        ambiguities: The doubts.
        places: What the documents are about.
        owners: Canonical name of a department → that of the body that it belongs to, and its own name there.
    """

    canonical: dict[tuple[str, str], str]
    merges: list[Merge]
    ambiguities: list[Ambiguity]
    places: Places
    owners: dict[str, Pair]


def link_organizations(
    names: Names,
    clues: Mapping[str, Clues],
    reprints: Mapping[str, str] | None = None,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> OrganizationLinks:
    """Link the organisations of many documents.

    Args:
        names: Document → the names in it.
        clues: Document → its clues.
        reprints: Document → the document that it reprints; what only a document explains is the same in both.
        same: Pairs of names that a person says are one body.
        different: Pairs of names that a person says are two.

    >>> names = {"a": Counter(["江源省总工会", "省总"]), "b": Counter(["江源省总工会", "江源省总"])}
    >>> sorted(set(link_organizations(names, {}).canonical.values()))
    ['江源省总工会']
    """
    places = Places(clues, names)
    readings = read_local_names(names, clues, places)
    work = OrganizationCorpus(names, clues, readings)
    for a, b in different:
        work.sets.keep_apart(clean(a), clean(b))
    work.keep_merged_bodies_apart()
    for a, b in same:
        work.join(clean(a), clean(b), "correction.same", f"a correction says that it is {b}")
    work.join_listed()
    work.join_full_forms()
    work.join_renamed()
    work.join_defined()
    work.join_abbreviations()
    work.join_inner_bodies()
    work.settle_in_documents()
    return _links(work, places, reprints or {})


def _links(work: OrganizationCorpus, places: Places, reprints: Mapping[str, str]) -> OrganizationLinks:
    """Return what was decided."""
    canonical_of = work.canonical_names()
    canonical, local_merges, doubts = name_unexplained(work.readings, reprints)
    merges = set(local_merges)
    for document in sorted(work.names):
        for name in work.names[document]:
            full = work.full(document, name)
            if full is None:
                continue
            best = canonical[document, name] = canonical_of[clean(full)]
            reading = work.readings.get((document, name))
            if reading and best != name:
                merges.add(Merge(KIND, name, best, reading.rule, reading.reason, document))
    for name, best in canonical_of.items():
        if work.written[name] != best and name in work.counts:
            merges.add(Merge(KIND, work.written[name], best, *work.reason(name, best, canonical_of)))
    doubts += _doubts(work, canonical_of)
    belongs = {canonical_of[name]: (canonical_of[whole], inner) for name, (whole, _, inner) in work.inner.items()}
    in_order = sorted(merges, key=Merge.sort_key), sorted(doubts, key=Ambiguity.sort_key)
    return OrganizationLinks(canonical, *in_order, places, belongs)


def _doubts(work: OrganizationCorpus, canonical_of: Mapping[str, str]) -> list[Ambiguity]:
    """Return the names that may be short for a body, or for several, and were left as they are."""
    doubts = []
    for short, full_names in sorted(work.open.items()):
        others = sorted({canonical_of[name] for name in full_names} - {canonical_of[short]})
        for other in others[:_MOST_LISTED]:
            weight = round(min(0.9, (0.3 + 0.1 * len(short)) / len(others)), 3)
            reason = f"it can be a short form of {len(others)} bodies" if len(others) > 1 else "it is very short"
            doubts.append(Ambiguity(KIND, canonical_of[short], other, weight, reason))
    return doubts


def same_organization(a: str, b: str, context: Collection[str] = ()) -> bool:
    """Say whether two names mean one body.

    Args:
        a: A name.
        b: Another, in the same document.
        context: Other organisations of the document, which say what 省 and 市 mean.

    >>> same_organization("省人社厅", "江源省人力资源和社会保障厅", ["江源省总工会"])
    True
    >>> same_organization("河南省财政厅", "湖南省财政厅")
    False
    """
    links = link_organizations({"": Counter([a, b, *context])}, {})
    return links.canonical["", a] == links.canonical["", b]
