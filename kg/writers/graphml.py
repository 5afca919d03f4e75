"""GraphML that Gephi, networkx, igraph, rustworkx, graph-tool and graphology all read whole, parallel edges too.

The rules, each because one of them loses data without it: edge ids are unique; edges between the same two nodes differ
in the XML attribute `label` (Gephi merges those that do not); one `<key>` a name, with one type; no null; lists and
dicts as JSON; booleans in lower case; weights above 0; no characters that XML refuses; no `<key>` id of the form `d3`
(Gephi takes `d3` and `d7` for yEd's labels). `kg.graph_reader` says how what GraphML lacks is written beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx

from kg.graph_reader import GRAPHML_NAMESPACE, KG_NAMESPACE
from kg.output_files import replacing
from kg.writers import register
from kg.writers.columns import Column, columns
from kg.writers.drawing import looks
from kg.writers.elements import check_weights, node_ids, ordered_edges
from kg.xml_text import attribute_value, text_content

_SCHEMA = "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
_DRAWN = (Column("x", "double"), Column("y", "double"), Column("size", "double"), Column("color", "string"))


@register(".graphml")
def write_graphml(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    """Write a graph as GraphML, element by element; `kg.read_graph` gives back exactly the graph.

    Nodes get `x`, `y`, `size` and `color` for display. Node ids and edge keys are written as text.

    Args:
        graph: The graph.
        path: The file.

    Raises:
        UsageError: An edge has a weight that is not above 0.
        OutputError: The place cannot be written.

    Source: GraphML, http://graphml.graphdrawing.org/specification.html.
    """
    check_weights(graph)
    with replacing(path) as file:
        file.writelines(_lines(graph))
    return (path,)


def _lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    graph_columns = columns([graph.graph])
    node_columns = columns(data for _, data in graph.nodes(data=True))
    edge_columns = columns(data for _, _, data in graph.edges(data=True))
    named = {column.name for column in node_columns}
    drawn = [column for column in _DRAWN if column.name not in named]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<graphml xmlns="{GRAPHML_NAMESPACE}" xmlns:kg="{KG_NAMESPACE}"'
    yield ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield f' xsi:schemaLocation="{GRAPHML_NAMESPACE} {_SCHEMA}">\n'
    # Gephi's report complains of keys for the graph itself, so there are none unless the graph has attributes.
    yield from _keys("graph", graph_columns)
    yield from _keys("node", node_columns)
    yield from _keys("node", drawn, len(node_columns), ' kg:display="true"')
    yield from _keys("edge", edge_columns)
    yield f'<graph edgedefault="directed"{_absent(graph.graph)}>\n'
    yield from _data("graph", graph_columns, graph.graph)
    ids = node_ids(graph)
    yield from _nodes(graph, ids, node_columns, drawn)
    yield from _edges(graph, ids, edge_columns)
    yield "</graph>\n</graphml>\n"


def _keys(domain: str, listed: Iterable[Column], first: int = 0, extra: str = "") -> Iterator[str]:
    for number, column in enumerate(listed, first):
        name = attribute_value(column.name)
        encoding = ' kg:encoding="json"' if column.is_json else ""
        declared = f'attr.name="{name}" attr.type="{column.type}"{encoding}{extra}'
        yield f'<key id="{domain}_{number}" for="{domain}" {declared}/>\n'


def _nodes(graph: nx.MultiDiGraph, ids: Mapping[Any, str], listed: list[Column], drawn: list[Column]) -> Iterator[str]:
    drawings = looks(graph)
    for node in sorted(graph.nodes, key=ids.__getitem__):
        data, look = graph.nodes[node], drawings[node]
        shown = {column.name: getattr(look, column.name) for column in drawn}
        yield f'<node id="{attribute_value(ids[node])}"{_absent(data)}>\n'
        yield from _data("node", [*listed, *drawn], {**shown, **data})
        yield "</node>\n"


def _edges(graph: nx.MultiDiGraph, ids: Mapping[Any, str], listed: list[Column]) -> Iterator[str]:
    for edge in ordered_edges(graph, ids):
        ends = f'source="{attribute_value(edge.source)}" target="{attribute_value(edge.target)}"'
        yield f'<edge id="{edge.id}" {ends} label="{attribute_value(edge.kind)}"'
        yield f' kg:edge-key="{attribute_value(edge.key)}"{_absent(edge.attributes)}>\n'
        yield from _data("edge", listed, edge.attributes)
        yield "</edge>\n"


def _data(domain: str, listed: Iterable[Column], values: Mapping[str, Any]) -> Iterator[str]:
    for number, column in enumerate(listed):
        value = values.get(column.name)
        if value is not None:
            yield f'<data key="{domain}_{number}">{text_content(column.text(value))}</data>\n'


def _absent(values: Mapping[str, Any]) -> str:
    names = [quote(str(name), safe="") for name, value in values.items() if value is None]
    return f' kg:absent="{" ".join(sorted(names))}"' if names else ""
