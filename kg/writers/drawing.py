"""What a drawing program needs beside the facts: place, size, colour and shape of each node."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.layout import layout
from kg.types import EntityType
from kg.vocabulary import entity_types

_OTHER_COLOR = "#7f7f7f"
_SMALLEST, _LARGEST = 10.0, 60.0


@dataclass(frozen=True, slots=True)
class Look:
    """How one node is drawn.

    Args:
        x: To the right, in canvas units.
        y: Down, in canvas units.
        size: The diameter in canvas units; it grows with the square root of the number of edges.
        color: `#rrggbb`, by type.
        shape: A shape of GEXF's `viz` module, by type.
    """

    x: float
    y: float
    size: float
    color: str
    shape: str


def looks(graph: nx.MultiDiGraph) -> dict[Any, Look]:
    """Return how each node is drawn; attributes `x`, `y`, `size` and `color` that the graph already has win.

    >>> looks(nx.MultiDiGraph([("a", "b")]))["a"].size
    14.0
    """
    wanted = any(data.get("x") is None or data.get("y") is None for _, data in graph.nodes(data=True))
    places = layout(graph) if wanted else {}
    return {
        node: _look(data, places.get(node, (0.0, 0.0)), graph.degree(node)) for node, data in graph.nodes(data=True)
    }


def _look(data: dict[str, Any], place: tuple[float, float], degree: int) -> Look:
    display = entity_types().get(data["type"]) if data.get("type") in list(EntityType) else None
    size = round(min(_SMALLEST + 4.0 * math.sqrt(degree), _LARGEST), 2)
    x, y, given_size = (data.get(name) for name in ("x", "y", "size"))
    return Look(
        place[0] if x is None else x,
        place[1] if y is None else y,
        size if given_size is None else given_size,
        data.get("color") or (display.color if display else _OTHER_COLOR),
        display.viz_shape if display else "disc",
    )
