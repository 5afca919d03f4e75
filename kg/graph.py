"""Facts → `networkx.MultiDiGraph` (`schema.md` §4); the facts that a graph holds: `kg.graph_facts`."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from kg.graph_reader import read_graph
from kg.node_ids import Node, NodeResolver, clean_name, number_text
from kg.types import Document, EntityType, Fact, Mention, QualifierValue
from kg.vocabulary import predicate_label, relations

__all__ = ["build_graph", "edge_qualifiers", "read_graph"]

EDGE_ATTRIBUTES = ("label", "predicate", "weight", "confidence", "evidence")
"""The attributes that every edge has; all others are qualifiers."""


def build_graph(
    facts: Iterable[Fact], documents: Iterable[Document] = (), reprints: Mapping[str, str] | None = None
) -> nx.MultiDiGraph:
    """Join facts into a graph; the same facts in any order, repeated or not, give the same graph.

    Facts of the same two entities and predicate are one edge unless a qualifier tells them apart (`status`, `since`,
    …, see `kg/resources/relations.tsv`); a fact that leaves such a qualifier open joins the only known value.
    The other qualifiers are those of the fact with most documents behind it, its gaps filled from the others.

    Args:
        facts: The facts, linked.
        documents: The documents they come from; their publication dates give `first_seen`, `last_seen`, `published`.
        reprints: Document → the document that it reprints; the two are one support.

    Returns:
        A graph whose nodes carry `label`, `type`, `aliases` (sorted), `documents` (a count), `first_seen`, `last_seen`
        (ISO dates or None), and whose edges carry `label`, `predicate`, `weight` (independent supports),
        `confidence` (of the surest fact), every qualifier, and `evidence` (sorted dicts with `document`, `published`,
        `start`, `end`, `sentence`, `subject_start`, `subject_end`, `object_start`, `object_end` — offsets in
        characters of the document — `extractor` and `confidence`). Nodes and edges are sorted.

    >>> from kg.types import Evidence
    >>> person = Mention("a.txt", 0, 2, "张三", EntityType.PERSON)
    >>> office = Mention("a.txt", 3, 8, "甲协会会长", EntityType.POSITION)
    >>> proof = Evidence("a.txt", 0, 9, "张三任甲协会会长。")
    >>> qualifiers = {"title": "会长", "organization": "甲协会", "status": "current"}
    >>> graph = build_graph([Fact(person, "holds", office, qualifiers, proof)])
    >>> list(graph.edges(keys=True))
    [('Person:张三', 'Position:甲协会/会长', 'holds;status=current')]
    """
    listed = list(facts)
    resolver = NodeResolver(listed)
    published = _publication_dates(documents)
    nodes: dict[str, _NodeRecord] = {}
    groups: defaultdict[tuple[str, str, str], list[_Support]] = defaultdict(list)
    for fact in listed:
        subject, object_ = resolver.endpoints(fact)
        for node, mention in ((subject, fact.subject), (object_, fact.object)):
            nodes.setdefault(node.id, _NodeRecord(node.type)).add(node, mention, fact)
        support = _Support(_clean_qualifiers(fact.qualifiers), _evidence(fact, published), fact.confidence)
        groups[subject.id, object_.id, fact.predicate].append(support)

    graph = nx.MultiDiGraph()
    graph.add_nodes_from((node_id, nodes[node_id].attributes(published)) for node_id in sorted(nodes))
    edges = (
        (subject_id, object_id, key, attributes)
        for (subject_id, object_id, predicate), supports in groups.items()
        for key, attributes in _edges(predicate, supports, reprints or {})
    )
    graph.add_edges_from(sorted(edges, key=lambda edge: edge[:3]))
    return graph


def edge_qualifiers(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the qualifiers among an edge's attributes.

    >>> edge_qualifiers({"label": "任职", "predicate": "holds", "weight": 1, "status": "current"})
    {'status': 'current'}
    """
    return {name: value for name, value in attributes.items() if name not in EDGE_ATTRIBUTES}


@dataclass(slots=True)
class _NodeRecord:
    """What the mentions of one node add up to."""

    type: EntityType
    labels: set[str] = field(default_factory=set)
    surfaces: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def add(self, node: Node, mention: Mention, fact: Fact) -> None:
        self.labels.add(node.label)
        self.surfaces.add(clean_name(mention.name))
        if _is_named_by(mention, fact):
            self.surfaces.add(clean_name(mention.text))
        self.documents.add(fact.evidence.document)

    def attributes(self, published: Mapping[str, str | None]) -> dict[str, Any]:
        # A metric may be written in several ways (5万人, 50000人); the shortest is its label.
        label = min(self.labels, key=lambda text: (len(text), text))
        dates = sorted(date for document in self.documents if (date := published.get(document)))
        return {
            "label": label,
            "type": self.type.value,
            "aliases": sorted(self.surfaces - {label}),
            "documents": len(self.documents),
            "first_seen": dates[0] if dates else None,
            "last_seen": dates[-1] if dates else None,
        }


@dataclass(frozen=True, slots=True)
class _Support:
    """What one fact says for its edge."""

    qualifiers: dict[str, QualifierValue]
    evidence: dict[str, Any]
    confidence: float


def _is_named_by(mention: Mention, fact: Fact) -> bool:
    """Return whether the words of a mention name its entity.

    An organization that only follows from a title or an action stands at the words of that (`at`, `undertakes`), and
    the object of `held_on` at the words of the date.
    """
    if fact.predicate == "held_on" and mention is fact.object:
        return False
    other = fact.object if mention is fact.subject else fact.subject
    borrowed = (mention.start, mention.end) == (other.start, other.end) and mention.type is not other.type
    return not (borrowed and mention.type is EntityType.ORGANIZATION)


def _publication_dates(documents: Iterable[Document]) -> dict[str, str | None]:
    dates: dict[str, str | None] = {}
    for document in documents:
        known = [date for date in (dates.get(document.id), document.published) if date]
        dates[document.id] = min(known, default=None)
    return dates


def _clean_qualifiers(qualifiers: Mapping[str, QualifierValue]) -> dict[str, QualifierValue]:
    return {
        f"qualifier_{name}" if name in EDGE_ATTRIBUTES else name: _clean_value(value)
        for name, value in qualifiers.items()
    }


def _clean_value(value: QualifierValue) -> QualifierValue:
    if not isinstance(value, str):
        return value
    return clean_name(value) if value.strip() else None


def _evidence(fact: Fact, published: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "document": fact.evidence.document,
        "published": published.get(fact.evidence.document),
        "start": fact.evidence.start,
        "end": fact.evidence.end,
        "sentence": fact.evidence.sentence,
        "subject_start": fact.subject.start,
        "subject_end": fact.subject.end,
        "object_start": fact.object.start,
        "object_end": fact.object.end,
        "extractor": fact.extractor,
        "confidence": fact.confidence,
    }


def _edges(
    predicate: str, supports: Sequence[_Support], reprints: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield `(key, attributes)` of the edges that facts of one subject, predicate and object make."""
    relation = relations().get(predicate)
    names = relation.distinguished_by if relation else sorted({name for one in supports for name in one.qualifiers})
    groups = [list(supports)]
    for name in names:
        groups = [part for group in groups for part in _split(group, name)]
    for group in groups:
        qualifiers = _joined_qualifiers(group)
        told_apart = [(name, value) for name in names if (value := _text(qualifiers.get(name))) is not None]
        key = ";".join([predicate, *(f"{name}={_key_part(value)}" for name, value in told_apart)])
        order = relation.qualifiers if relation else ()
        rank = {name: place for place, name in enumerate(order)}
        evidence = _joined_evidence(group)
        yield (
            key,
            {
                "label": predicate_label(predicate),
                "predicate": predicate,
                "weight": _independent_supports(evidence, reprints),
                "confidence": max(support.confidence for support in group),
                **{name: qualifiers[name] for name in sorted(qualifiers, key=lambda name: (rank.get(name, 99), name))},
                "evidence": evidence,
            },
        )


def _split(group: list[_Support], name: str) -> list[list[_Support]]:
    by_value: defaultdict[str | None, list[_Support]] = defaultdict(list)
    for support in group:
        by_value[_text(support.qualifiers.get(name))].append(support)
    return [group] if len(by_value.keys() - {None}) <= 1 else list(by_value.values())


def _joined_qualifiers(group: Sequence[_Support]) -> dict[str, QualifierValue]:
    # Whole sets of qualifiers are compared, not single ones: value and unit must come from the same fact.
    documents: defaultdict[str, set[str]] = defaultdict(set)
    stated: dict[str, dict[str, QualifierValue]] = {}
    for support in group:
        text = repr(sorted(support.qualifiers.items()))
        documents[text].add(support.evidence["document"])
        stated[text] = support.qualifiers
    best = sorted(stated, key=lambda text: (-len(documents[text]), list(stated[text].values()).count(None), text))
    joined: dict[str, QualifierValue] = {}
    for text in best:
        for name, value in stated[text].items():
            if joined.get(name) is None:
                joined[name] = value
    return joined


def _joined_evidence(group: Sequence[_Support]) -> list[dict[str, Any]]:
    places: dict[tuple[Any, ...], dict[str, Any]] = {}
    for support in group:
        item = support.evidence
        place = tuple(value for name, value in item.items() if name not in ("published", "extractor", "confidence"))
        known = places.get(place)
        if known is None or (-item["confidence"], item["extractor"]) < (-known["confidence"], known["extractor"]):
            places[place] = item
    return [dict(places[place]) for place in sorted(places)]


def _independent_supports(evidence: Sequence[Mapping[str, Any]], reprints: Mapping[str, str]) -> int:
    """Count the documents; reprints of one another, and those that share a sentence, count once."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name] = parent[parent[name]]
        return name

    for item in evidence:
        document = root(f"d{reprints.get(item['document'], item['document'])}")
        sentence = "".join(unicodedata.normalize("NFKC", item["sentence"]).split())
        if sentence:
            parent[root(f"s{sentence}")] = document
    return len({root(f"d{reprints.get(item['document'], item['document'])}") for item in evidence})


def _text(value: QualifierValue) -> str | None:
    return number_text(value) if isinstance(value, int | float) else value


def _key_part(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")
