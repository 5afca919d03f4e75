"""Walks over a graph from node to node, whichever way the edges point."""

from __future__ import annotations

from collections import deque

import networkx as nx

from kg.lookup import best_edge, near, node_label
from kg.node_ids import is_anchored
from kg.rows import Edge, Neighbor


def shortest_path(graph: nx.MultiDiGraph, start: str, goal: str) -> list[Edge]:
    """Return the edges of a shortest connection; none if the two are one, or apart.

    A position of no known organization and an action of no known actor connect nobody. Of parallel edges the best
    supported stands for all.

    Args:
        graph: The graph.
        start: The id of the first node.
        goal: The id of the last one.

    >>> shortest_path(nx.MultiDiGraph([("a", "b", "at")]), "a", "a")
    []
    """
    before: dict[str, str] = {start: start}
    queue = deque([start])
    while queue and goal not in before:
        node = queue.popleft()
        if node != start and not is_anchored(node):
            continue
        for end in near(graph, node):
            if end not in before:
                before[end] = node
                queue.append(end)
    steps: list[Edge] = []
    while goal in before and goal != start:
        steps.append(best_edge(graph, before[goal], goal))
        goal = before[goal]
    return steps[::-1]


def nodes_around(graph: nx.MultiDiGraph, start: str, predicate: str | None, depth: int) -> list[Neighbor]:
    """Return the entities near one, by distance and id.

    Args:
        graph: The graph.
        start: The id of the node.
        predicate: The relation to follow; None for all.
        depth: How many edges to go at most.

    >>> graph = nx.MultiDiGraph([("a", "b"), ("b", "c")])
    >>> [(row.id, row.distance) for row in nodes_around(graph, "a", None, 2)]
    [('b', 1), ('c', 2)]
    """
    distances = {start: 0}
    level = [start]
    for distance in range(1, depth + 1):
        level = sorted({end for node in level for end in near(graph, node, predicate)} - distances.keys())
        distances.update(dict.fromkeys(level, distance))
    return [
        Neighbor(node_label(graph, node), graph.nodes[node].get("type", ""), distance, node)
        for node, distance in distances.items()
        if distance
    ]
