"""Why a node is what it is: where it is named, which names were joined and by which rule, what its edges rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.linking import Ambiguity, Linked, Merge
from kg.lookup import edge_rows, entity_row
from kg.rows import Edge, Entity, Row, Rows, column_names
from kg.types import EntityType


@dataclass(frozen=True, slots=True)
class NamedAt(Row):
    """A place where a document names an entity; offsets are characters, 0-based and half-open."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a node is what it is.

    Args:
        entity: The node.
        mentions: Every place at which a document names it, with the surface form.
        merges: The decisions that gave its names to it.
        ambiguities: The doubts that were left.
        edges: Its edges, each with its first sentence (`KnowledgeGraph.evidence` has them all).
    """

    entity: Entity
    mentions: Rows[NamedAt]
    merges: tuple[Merge, ...]
    ambiguities: tuple[Ambiguity, ...]
    edges: Rows[Edge]


def explain(graph: nx.MultiDiGraph, node: str, linked: Linked) -> Explanation:
    """Explain a node of a graph.

    Args:
        graph: The graph.
        node: The id of the node.
        linked: The decisions behind it.
    """
    entity = entity_row(graph, node)
    mentions = Rows(sorted(set(node_mentions(graph, node)), key=_place), column_names(NamedAt))
    edges = [*edge_rows(graph, {node}), *edge_rows(graph, None, None, {node})]
    names = _names_of(entity, node)
    merges = [merge for merge in linked.merges if names.get(merge.kind) == merge.canonical]
    merges += _inside_documents(entity, mentions, merges)
    doubts = tuple(one for one in linked.ambiguities if one.kind == entity.type and entity.label in (one.a, one.b))
    return Explanation(entity, mentions, tuple(merges), doubts, Rows(edges, column_names(Edge)))


def _place(mention: NamedAt) -> tuple[str, int, int, str]:
    return mention.document, mention.start, mention.end, mention.text


def _names_of(entity: Entity, node: str) -> dict[str, str]:
    """Return type → the canonical name that decisions about a node have: a position's are its organisation's."""
    if entity.type == EntityType.POSITION:
        return {EntityType.ORGANIZATION.value: node.removeprefix("Position:").rpartition("/")[0]}
    return {entity.type: entity.label}


def node_mentions(graph: nx.MultiDiGraph, node: str) -> Iterator[NamedAt]:
    """Yield the places at which the evidence of a node's edges names it, some of them more than once."""
    sides: tuple[tuple[str, Any], ...] = (
        ("subject", graph.out_edges(node, data=True)),
        ("object", graph.in_edges(node, data=True)),
    )
    for side, edges in sides:
        for _, _, attributes in edges:
            for item in attributes.get("evidence") or ():
                start, end = item.get(f"{side}_start"), item.get(f"{side}_end")
                if start is not None and end is not None:
                    yield NamedAt(item["document"], start, end, _surface(item, start, end))


def _surface(item: Mapping[str, Any], start: int, end: int) -> str:
    """Return the words of a mention; empty where it stands outside of the sentence of the evidence."""
    if not item["start"] <= start < end <= item["end"]:
        return ""
    return str(item["sentence"][start - item["start"] : end - item["start"]])


def _inside_documents(entity: Entity, mentions: Rows[NamedAt], merges: list[Merge]) -> list[Merge]:
    """Return, for names that no decision over documents explains, that their own document does."""
    explained = {merge.name for merge in merges} | {entity.label}
    by_form: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.text in entity.aliases and mention.text not in explained:
            by_form[mention.text].add(mention.document)
    return [
        Merge(entity.type, form, entity.label, "document.reference", "the document calls it so", document)
        for form, documents in sorted(by_form.items())
        for document in sorted(documents)
    ]
