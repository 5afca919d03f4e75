"""Nodes and edges in the order and under the ids that every format writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.xml_text import legal


@dataclass(frozen=True, slots=True)
class EdgeElement:
    """An edge as it is written.

    Args:
        id: An id that no other edge has (`e0`, `e1`, … in the order of the file).
        source: The id of the node that it starts from.
        target: The id of the node that it leads to.
        key: The edge's key as text.
        kind: The predicate, or the key where several edges between these two nodes have the predicate; Gephi merges
            edges between two nodes that are of one kind.
        attributes: The edge's attributes.
    """

    id: str
    source: str
    target: str
    key: str
    kind: str
    attributes: Mapping[str, Any]


def node_ids(graph: nx.MultiDiGraph) -> dict[Any, str]:
    """Return each node's id as text that a file can hold, still one id a node.

    >>> node_ids(nx.MultiDiGraph([("a\\x01", "a\\x02")]))
    {'a\\x01': 'a\ufffd', 'a\\x02': 'a\ufffd\ufffd'}
    """
    ids: dict[Any, str] = {}
    used: set[str] = set()
    for node in sorted(graph.nodes, key=str):
        name = legal(str(node))
        while name in used:
            name += "\ufffd"
        used.add(name)
        ids[node] = name
    return ids


def ordered_edges(graph: nx.MultiDiGraph, ids: Mapping[Any, str]) -> Iterator[EdgeElement]:
    """Yield the edges by source, target and key, whatever their order in the graph.

    Args:
        graph: The graph.
        ids: The ids that `node_ids` gave its nodes.

    >>> graph = nx.MultiDiGraph([("b", "a", "at"), ("a", "b", "at")])
    >>> [(edge.id, edge.source) for edge in ordered_edges(graph, node_ids(graph))]
    [('e0', 'a'), ('e1', 'b')]
    """
    edges = sorted(graph.edges(keys=True), key=lambda edge: (ids[edge[0]], ids[edge[1]], str(edge[2])))
    kinds = Counter((source, target, _kind(graph.edges[source, target, key], key)) for source, target, key in edges)
    for number, (source, target, key) in enumerate(edges):
        attributes = graph.edges[source, target, key]
        kind = _kind(attributes, key)
        told_apart = kind if kinds[source, target, kind] == 1 else str(key)
        yield EdgeElement(f"e{number}", ids[source], ids[target], str(key), told_apart, attributes)


def check_weights(graph: nx.MultiDiGraph) -> None:
    """Refuse weights that Gephi would drop or warn of.

    Raises:
        UsageError: An edge has a weight that is not above 0.

    >>> check_weights(nx.MultiDiGraph([("a", "b", {"weight": 0})]))
    Traceback (most recent call last):
    ...
    kg.errors.UsageError: The edge from a to b has the weight 0; Gephi drops such edges, so give it a weight above 0.
    """
    for source, target, weight in graph.edges(data="weight"):
        if weight is not None and not weight > 0:
            raise UsageError(
                f"The edge from {source} to {target} has the weight {weight}; Gephi drops such edges, "
                "so give it a weight above 0."
            )


def _kind(attributes: Mapping[str, Any], key: object) -> str:
    return str(attributes.get("predicate") or key)
