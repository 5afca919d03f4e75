"""The graph as pyvis holds it: places, sizes, shapes and curves; pyvis and vis-network draw, nothing is simulated."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.view.content import node_name, ordered_edges, ordered_nodes
from kg.view.labels import label_zooms, name_width
from kg.view.names import Names, TypeStyle
from kg.view.text import one_line

if TYPE_CHECKING:
    from pyvis.network import Network

EDGE_LENGTH = 190
"""How long half of the edges are at least, in canvas units."""
NODE_SPACING = 110
"""The side of the square of canvas that one node has on average, at least."""
LABEL_LENGTH = 16
LARGE = 1500
"""With more edges than this they are paler, without labels until selected, and hidden while the view is dragged."""
_DASHED = {"former", "removed", "candidate", "planned"}
_EDGE_COLOR = {"color": "#b6c0cf", "highlight": "#2563eb", "hover": "#7c8aa0", "inherit": False}
_PALE = "#dde3ec"
_SIZE_FACTORS = {"star": 1.5, "diamond": 1.15, "triangle": 1.15, "triangleDown": 1.15}
"""vis-network gives these shapes less area than a square of the same size."""
_FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif'


def make_network(
    graph: nx.MultiDiGraph, places: Mapping[Any, tuple[float, float]], styles: list[TypeStyle], names: Names
) -> Network:
    """Return the graph as a pyvis network whose nodes are numbered in the order of the page.

    Args:
        graph: The graph by `schema.md` §4.
        places: Where each node stands, in any unit.
        styles: The colour and shape of each type, in the order of the legend.
        names: The display names of the page's language.
    """
    # pyvis imports IPython, which takes longer than the rest of the package together.
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    nodes = ordered_nodes(graph)
    number_of = {node: number for number, node in enumerate(nodes)}
    network = Network(directed=True)
    network.options = _options(graph, styles)
    group_of = {style.name: index for index, style in enumerate(styles)}
    edges = ordered_edges(graph)
    pairs = [(number_of[source], number_of[target]) for source, target, _, _ in edges]
    scaled = _scale([places[node] for node in nodes], pairs)
    groups = [group_of[str(graph.nodes[node].get("type") or "")] for node in nodes]
    shapes = [styles[group].shape for group in groups]
    # `add_node` and `add_edge` look through all nodes each time.
    for number, look in enumerate(_node_looks(graph, nodes, scaled, shapes)):
        network.nodes.append(Node(number, shape=shapes[number], group=f"t{groups[number]}", **look).options)
    for number, ((_, _, _, attributes), curve) in enumerate(zip(edges, _curves(pairs), strict=True)):
        look = _edge_look(attributes, names) | curve
        if len(edges) > LARGE:
            del look["label"]
        network.edges.append(Edge(*pairs[number], directed=True, id=number, **look).options)
    return network


def _scale(points: list[tuple[float, float]], pairs: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Give the layout the page's unit and put its middle at the origin.

    The larger of two factors counts: the one by which half of the edges get room for their label (small graphs),
    and the one by which the nodes get room for themselves (large graphs, whose edges are long).
    """
    if not points:
        return []
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    lengths = sorted(filter(None, (math.dist(points[source], points[target]) for source, target in pairs)))
    side = math.sqrt((right - left) * (bottom - top) / len(points))
    factors = [EDGE_LENGTH / lengths[len(lengths) // 2]] if lengths else []
    factors += [NODE_SPACING / side] if side and len(points) > 2 else []
    factor = max(factors, default=1.0)
    return [
        (round((x - (left + right) / 2) * factor, 1), round((y - (top + bottom) / 2) * factor, 1)) for x, y in points
    ]


def _node_looks(
    graph: nx.MultiDiGraph, nodes: list[Any], points: list[tuple[float, float]], shapes: list[str]
) -> list[dict[str, Any]]:
    degree = [graph.degree(node) for node in nodes]
    sizes = [
        round(min(7 + 2.6 * math.sqrt(count), 34) * _SIZE_FACTORS.get(shape, 1), 1)
        for count, shape in zip(degree, shapes, strict=True)
    ]
    labels = [one_line(node_name(node, graph.nodes[node]), LABEL_LENGTH) for node in nodes]
    by_rank = sorted(range(len(nodes)), key=lambda index: (-degree[index], index))
    widths = [name_width(labels[index]) for index in by_rank]
    upright = label_zooms([(points[index][0], points[index][1] + sizes[index]) for index in by_rank], widths)
    turned = label_zooms([(points[index][1], points[index][0] + sizes[index]) for index in by_rank], widths)
    zooms = dict(zip(by_rank, zip(upright, turned, strict=True), strict=True))
    return [
        {
            "label": labels[index],
            "x": points[index][0],
            "y": points[index][1],
            "size": sizes[index],
            # On a screen that is taller than wide, the page may turn the drawing around its diagonal.
            "labelZooms": list(zooms[index]),
        }
        for index in range(len(nodes))
    ]


def _edge_look(attributes: Mapping[str, Any], names: Names) -> dict[str, Any]:
    weight = attributes.get("weight") or 1
    look: dict[str, Any] = {
        "label": names.predicate(str(attributes.get("predicate") or ""), attributes.get("label")),
        "width": round(min(1.2 + 0.8 * math.log2(max(weight, 1)), 6), 2),
    }
    if attributes.get("status") in _DASHED:
        look["dashes"] = [6, 5]
    return look


def _curves(pairs: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Spread the edges between two nodes like the strings of a bow, and the loops of a node around it."""
    alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for edge, (source, target) in enumerate(pairs):
        alike[min(source, target), max(source, target)].append(edge)
    curves: list[dict[str, Any]] = [{} for _ in pairs]
    for (first, second), edges in alike.items():
        step = 0.24 if len(edges) < 5 else 1.2 / (len(edges) - 1)
        for position, edge in enumerate(edges):
            if first == second:
                curves[edge] = {"selfReference": {"size": 22, "angle": round(math.tau * position / len(edges), 3)}}
                continue
            bend = round(step * (position - (len(edges) - 1) / 2), 3)
            # Clockwise is seen from the edge's own start, so an edge against the pair's direction bends the other way.
            clockwise = (bend > 0) == (pairs[edge][0] == first)
            if bend:
                kind = "curvedCW" if clockwise else "curvedCCW"
                curves[edge] = {"smooth": {"enabled": True, "type": kind, "roundness": abs(bend)}}
    return curves


def _options(graph: nx.MultiDiGraph, styles: list[TypeStyle]) -> dict[str, Any]:
    large = graph.number_of_edges() > LARGE
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 0},
        "groups": {f"t{index}": {"color": _node_color(style.color)} for index, style in enumerate(styles)},
        # The page writes the nodes' names itself, at one size at every zoom.
        "nodes": {"borderWidth": 0 if large else 1.5, "borderWidthSelected": 3, "font": {"size": 0}},
        "edges": {
            "smooth": False,
            "color": _EDGE_COLOR | ({"color": _PALE} if large else {}),
            "selectionWidth": 0.8,
            "hoverWidth": 0.5,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "font": {
                "size": 13,
                "face": _FONT,
                "color": "#64748b",
                "strokeWidth": 4,
                "strokeColor": "#ffffff",
                "align": "middle",
            },
            "scaling": {"label": {"drawThreshold": 8, "maxVisible": 12}},
        },
        "interaction": {
            "hover": True,
            "tooltipDelay": 150,
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
            "selectConnectedEdges": False,
            "multiselect": False,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
    }


def _node_color(color: str) -> dict[str, Any]:
    return {
        "background": color,
        "border": "#ffffff",
        "highlight": {"background": color, "border": "#0f172a"},
        "hover": {"background": color, "border": "#475569"},
    }
