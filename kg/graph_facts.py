"""The facts that a graph holds, from its edges and their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import networkx as nx

from kg.graph import edge_qualifiers
from kg.types import EntityType, Evidence, Fact, Mention


def graph_facts(graph: nx.MultiDiGraph) -> Iterator[Fact]:
    """Yield the facts that a graph holds, one for each piece of evidence, in the fixed order of facts.

    The qualifiers are those of the edge, and a name outside the evidence sentence stands for its surface form.

    Args:
        graph: A graph from `build_graph` or `read_graph`.

    >>> list(graph_facts(nx.MultiDiGraph()))
    []
    """
    facts = [
        _fact(graph.nodes[subject], attributes, graph.nodes[object_], item)
        for subject, object_, attributes in graph.edges(data=True)
        for item in attributes.get("evidence") or ()
    ]
    yield from sorted(facts, key=lambda fact: (fact.sort_key(), fact.extractor, fact.confidence))


def _fact(
    subject: Mapping[str, Any], edge: Mapping[str, Any], object_: Mapping[str, Any], item: dict[str, Any]
) -> Fact:
    proof = Evidence(item["document"], item["start"], item["end"], item["sentence"])
    return Fact(
        _mention(subject, proof, item["subject_start"], item["subject_end"]),
        edge["predicate"],
        _mention(object_, proof, item["object_start"], item["object_end"]),
        MappingProxyType(edge_qualifiers(edge)),
        proof,
        item.get("confidence", edge["confidence"]),
        item.get("extractor", ""),
    )


def _mention(node: Mapping[str, Any], proof: Evidence, start: int, end: int) -> Mention:
    inside = proof.start <= start < end <= proof.end
    surface = proof.sentence[start - proof.start : end - proof.start] if inside else node["label"]
    return Mention(proof.document, start, end, surface, EntityType(node["type"]), node["label"])
