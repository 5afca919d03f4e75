"""GEXF 1.3, the format of Gephi and Gephi Lite, with places, sizes, colours and shapes.

The graph is static: since a single `start` that is not a full date makes Gephi give the whole file up, dates are
plain attributes. Parallel edges differ in `kind`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.output_files import replacing
from kg.writers import register
from kg.writers.columns import Column, columns
from kg.writers.drawing import Look, looks
from kg.writers.elements import check_weights, node_ids, ordered_edges
from kg.xml_text import attribute_value

_NAMESPACE = "http://gexf.net/1.3"
_OWN_PLACE = {"node": {"label", "x", "y", "size", "color"}, "edge": {"label", "weight"}}


@register(".gexf")
def write_gexf(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    """Write a graph as GEXF 1.3, element by element.

    Args:
        graph: The graph.
        path: The file.

    Raises:
        UsageError: An edge has a weight that is not above 0.
        OutputError: The place cannot be written.

    Source: GEXF 1.3, https://gexf.net/1.3/.
    """
    check_weights(graph)
    with replacing(path) as file:
        file.writelines(_lines(graph))
    return (path,)


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    node_columns = _columns("node", (data for _, data in graph.nodes(data=True)))
    edge_columns = _columns("edge", (data for _, _, data in graph.edges(data=True)))
    ids = node_ids(graph)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<gexf xmlns="{_NAMESPACE}" xmlns:viz="{_NAMESPACE}/viz" version="1.3">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    yield from _declarations("node", node_columns)
    yield from _declarations("edge", edge_columns)
    yield "<nodes>\n"
    drawings = looks(graph)
    for node in sorted(graph.nodes, key=ids.__getitem__):
        data = graph.nodes[node]
        label = str(data.get("label") or ids[node])
        yield f'<node id="{attribute_value(ids[node])}" label="{attribute_value(label)}">\n'
        yield from _values(node_columns, data)
        yield from _drawing(drawings[node])
        yield "</node>\n"
    yield "</nodes>\n<edges>\n"
    yield from _edges(graph, ids, edge_columns)
    yield "</edges>\n</graph>\n</gexf>\n"


def _columns(domain: str, records: Iterable[Mapping[str, Any]]) -> list[Column]:
    return [column for column in columns(records) if column.name not in _OWN_PLACE[domain]]


def _declarations(domain: str, listed: Iterable[Column]) -> Iterator[str]:
    yield f'<attributes class="{domain}" mode="static">\n'
    for number, column in enumerate(listed):
        yield f'<attribute id="{number}" title="{attribute_value(column.name)}" type="{column.type}"/>\n'
    yield "</attributes>\n"


def _edges(graph: nx.MultiDiGraph, ids: Mapping[Any, str], listed: list[Column]) -> Iterator[str]:
    for edge in ordered_edges(graph, ids):
        weight = float(edge.attributes.get("weight") or 1.0)
        label = str(edge.attributes.get("label") or edge.kind)
        ends = f'source="{attribute_value(edge.source)}" target="{attribute_value(edge.target)}"'
        yield f'<edge id="{edge.id}" {ends} kind="{attribute_value(edge.kind)}"'
        yield f' label="{attribute_value(label)}" weight="{weight!r}">\n'
        yield from _values(listed, edge.attributes)
        yield "</edge>\n"


def _values(listed: Iterable[Column], values: Mapping[str, Any]) -> Iterator[str]:
    yield "<attvalues>\n"
    for number, column in enumerate(listed):
        value = values.get(column.name)
        if value is not None:
            yield f'<attvalue for="{number}" value="{attribute_value(column.text(value))}"/>\n'
    yield "</attvalues>\n"


def _drawing(look: Look) -> Iterator[str]:
    red, green, blue = (int(look.color[place : place + 2], 16) for place in (1, 3, 5))
    yield f'<viz:color r="{red}" g="{green}" b="{blue}"/>\n'
    # GEXF's y axis points up, the canvas's down.
    yield f'<viz:position x="{look.x!r}" y="{-look.y!r}" z="0.0"/>\n'
    yield f'<viz:size value="{look.size!r}"/>\n'
    yield f'<viz:shape value="{look.shape}"/>\n'
