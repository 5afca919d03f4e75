"""Where nodes stand on a plane: computed once, the same for the same graph on every run."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Sequence
from typing import Any

import igraph
import networkx as nx
import numpy as np

SPACING = 100.0
"""About how far two linked nodes stand apart, in canvas units, where there is room."""
NEAREST = 40.0
"""How near, in canvas units, half of the nodes may have another node at most."""
SEED = 20220621

_EXACT_UP_TO = 1000


def layout(graph: nx.MultiDiGraph) -> dict[Any, tuple[float, float]]:
    """Place the nodes by attraction along edges and repulsion between nodes, each connected part by itself.

    The parts are then packed into a rectangle, the largest first, because forces alone drive them apart for ever.
    In parts of more than 1,000 nodes only near nodes repel each other, in fewer rounds the larger the part is.

    Args:
        graph: Any graph; directions, parallel edges and attributes do not matter.

    Returns:
        `(x, y)` for each node, rounded to 0.01 canvas units; the middle of the drawing is (0, 0).

    Source: Fruchterman and Reingold, Graph drawing by force-directed placement, 1991, as in igraph.

    >>> places = layout(nx.MultiDiGraph([("a", "b"), ("b", "c")]))
    >>> places == layout(nx.MultiDiGraph([("b", "c"), ("c", "b"), ("a", "b")]))
    True
    """
    nodes = sorted(graph.nodes, key=str)
    number = {node: index for index, node in enumerate(nodes)}
    pairs = {
        (min(number[source], number[target]), max(number[source], number[target]))
        for source, target in graph.edges()
        if source != target
    }
    return dict(zip(nodes, _places(len(nodes), tuple(sorted(pairs))), strict=True))


# The page and the files for other programs show the same drawing, which takes longer than writing them.
@functools.lru_cache(maxsize=1)
def _places(count: int, pairs: tuple[tuple[int, int], ...]) -> tuple[tuple[float, float], ...]:
    whole = igraph.Graph(n=count, edges=pairs)
    parts = sorted((sorted(part) for part in whole.connected_components()), key=lambda part: (-len(part), part))
    drawings = [_drawing(whole.induced_subgraph(part)) for part in parts]
    corners = _pack([_extent(drawing) for drawing in drawings])
    places: dict[int, tuple[float, float]] = {}
    for part, drawing, (left, top) in zip(parts, drawings, corners, strict=True):
        places.update({index: (x + left, y + top) for index, (x, y) in zip(part, drawing, strict=True)})
    width, height = _extent(list(places.values()))
    return tuple(
        (round(places[index][0] - width / 2, 2) + 0.0, round(places[index][1] - height / 2, 2) + 0.0)
        for index in range(count)
    )


def _drawing(part: igraph.Graph) -> list[tuple[float, float]]:
    """Draw one connected part with its left top corner at (0, 0)."""
    if part.vcount() == 1:
        return [(0.0, 0.0)]
    if part.vcount() == 2:
        return [(0.0, 0.0), (SPACING, 0.0)]
    # igraph draws its random numbers from Python's generator; a generator of our own leaves the caller's alone.
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        raw = _forces(part)
    finally:
        igraph.set_random_number_generator(random)
    points = [(float(x), float(y)) for x, y in raw]
    scale = max(SPACING / _median_length(part, points), NEAREST / _median_gap(points))
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return [((x - left) * scale, (y - top) * scale) for x, y in points]


def _forces(part: igraph.Graph) -> Sequence[Sequence[float]]:
    count = part.vcount()
    angles = [math.tau * index / count for index in range(count)]
    radius = math.sqrt(count)
    circle = [[radius * math.cos(angle), radius * math.sin(angle)] for angle in angles]
    grid = "nogrid" if count <= _EXACT_UP_TO else "grid"
    rounds = max(20, min(300, 2_000_000 // count))
    drawing: igraph.Layout = part.layout_fruchterman_reingold(
        niter=rounds, seed=circle, start_temp=math.sqrt(count), grid=grid
    )
    return list(drawing)


def _median_length(part: igraph.Graph, points: Sequence[tuple[float, float]]) -> float:
    lengths = sorted(math.dist(points[source], points[target]) for source, target in part.get_edgelist())
    return lengths[len(lengths) // 2] or 1.0


def _median_gap(points: Sequence[tuple[float, float]]) -> float:
    """Return the median distance to the nearest node, over at most some 500 of the nodes."""
    place = np.asarray(points)
    gaps = []
    for index in range(0, len(points), 1 + len(points) // 500):
        distance = np.hypot(*(place - place[index]).T)
        distance[index] = math.inf
        gaps.append(float(distance.min()))
    return sorted(gaps)[len(gaps) // 2] or 1.0


def _extent(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return max((x for x, _ in points), default=0.0), max((y for _, y in points), default=0.0)


def _pack(sizes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the left top corners of rectangles of the given `(width, height)`, set row by row as words are."""
    area = sum((width + SPACING) * (height + SPACING) for width, height in sizes)
    line = max([math.sqrt(area) * 1.3, *(width for width, _ in sizes)], default=0.0)
    corners: list[tuple[float, float]] = []
    left = top = tallest = 0.0
    for width, height in sizes:
        if left and left + width > line:
            left, top, tallest = 0.0, top + tallest + SPACING, 0.0
        corners.append((left, top))
        left += width + SPACING
        tallest = max(tallest, height)
    return corners
