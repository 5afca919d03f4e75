"""GraphML file → `networkx.MultiDiGraph`: exactly the graph that `kg.writers.graphml` wrote, and plain GraphML too.

GraphML has neither lists nor null nor edge keys, so the writer says in attributes of a namespace of its own, which
other programs pass over, what its plain values stood for: `kg:encoding="json"` on a `<key>` whose values are JSON,
`kg:display="true"` on a `<key>` that only serves drawing, `kg:absent` on a node or edge with the names of its None
attributes, and `kg:edge-key` on an edge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import networkx as nx

from kg.errors import InputError

GRAPHML_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
KG_NAMESPACE = "urn:kg:graphml"

_GRAPHML, _GRAPH, _KEY, _NODE, _EDGE, _DATA, _HYPEREDGE, _PORT = (
    f"{{{GRAPHML_NAMESPACE}}}{name}"
    for name in ("graphml", "graph", "key", "node", "edge", "data", "hyperedge", "port")
)
_EDGE_KEY, _ABSENT, _ENCODING, _DISPLAY = (
    f"{{{KG_NAMESPACE}}}{name}" for name in ("edge-key", "absent", "encoding", "display")
)
_INTEGER = re.compile(r"\s*[+-]?\d+\s*")


def read_graph(path: str | Path) -> nx.MultiDiGraph:
    """Read a graph from a GraphML file; `read_graph` of what `kg` wrote is the graph that was written.

    Lists, None, numbers, booleans, edge keys and the order of nodes and edges come back; the layout, sizes and
    colours that the writer adds for display do not. GraphML by other programs is read by its declared types, and its
    edges are keyed by their ids.

    Args:
        path: A `.graphml` file.

    Raises:
        InputError: The file is missing, or is not GraphML.

    Source: GraphML, http://graphml.graphdrawing.org/specification.html.

    >>> import tempfile
    >>> from kg.writers import write
    >>> graph = nx.MultiDiGraph([("a", "b", "at", {"since": None, "evidence": [1, 2]})])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     back = read_graph(write(graph, Path(folder) / "graph.graphml")[0])
    >>> back.edges["a", "b", "at"] == {"since": None, "evidence": [1, 2]}
    True
    """
    file = Path(path)
    if not file.is_file():
        raise InputError(f"{file} is not a file; give a GraphML file that `kg build` or `kg export` has written.")
    try:
        return _Parser().parse(file)
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise InputError(f"{file} is not readable GraphML ({error}); write it again with `kg export`.") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: str
    encoding: str
    display: bool

    def decode(self, text: str) -> Any:
        if self.encoding == "json":
            return json.loads(text)
        if self.type == "boolean":
            return text.strip().lower() in ("true", "1")
        if self.type in ("int", "long"):
            return int(text)
        if self.type in ("float", "double"):
            # A column of numbers has one type; which of them were whole is seen from how they are written.
            return int(text) if _INTEGER.fullmatch(text) else float(text)
        return text


class _Parser:
    """Reads elements as they come, so that only the graph itself is held."""

    def __init__(self) -> None:
        self.graph = nx.MultiDiGraph()
        self.keys: dict[str, _Column] = {}
        self.graphs = 0

    def parse(self, file: Path) -> nx.MultiDiGraph:
        context = iter(ElementTree.iterparse(file, events=("start", "end")))
        _, root = next(context)
        if root.tag != _GRAPHML:
            raise ValueError("its first element is not <graphml>")
        parents = [root]
        for event, element in context:
            if event == "start":
                parents.append(element)
                self._start(element)
                continue
            parents.pop()
            if parents:
                self._end(element, parents[-1])
        if not self.graphs:
            raise ValueError("it holds no <graph>")
        return self.graph

    def _start(self, element: ElementTree.Element) -> None:
        if element.tag == _GRAPH:
            self.graphs += 1
            if self.graphs > 1:
                raise ValueError("it holds more than one <graph>")
        if element.tag in (_HYPEREDGE, _PORT):
            raise ValueError("it holds hyperedges or ports")

    def _end(self, element: ElementTree.Element, parent: ElementTree.Element) -> None:
        if element.tag == _KEY:
            self.keys[element.attrib["id"]] = _read_key(element)
        elif element.tag == _NODE:
            self.graph.add_node(element.attrib["id"])
            self.graph.nodes[element.attrib["id"]].update(self._attributes(element))
            parent.remove(element)
        elif element.tag == _EDGE:
            self._add_edge(element)
            parent.remove(element)
        elif element.tag == _GRAPH:
            self.graph.graph.update(self._attributes(element))

    def _add_edge(self, element: ElementTree.Element) -> None:
        ends = (element.attrib["source"], element.attrib["target"])
        key: str | int = element.get(_EDGE_KEY) or element.get("id") or self.graph.new_edge_key(*ends)
        if self.graph.has_edge(*ends, key=key):
            raise ValueError(f"two edges from {ends[0]} to {ends[1]} have the id {key}")
        self.graph.add_edge(*ends, key=key)
        self.graph.edges[(*ends, key)].update(self._attributes(element))

    def _attributes(self, element: ElementTree.Element) -> dict[str, Any]:
        attributes = dict(self._values(element))
        absent = {unquote(name) for name in element.get(_ABSENT, "").split()}
        return attributes | dict.fromkeys(sorted(absent))

    def _values(self, element: ElementTree.Element) -> Iterator[tuple[str, Any]]:
        for data in element.iterfind(_DATA):
            key = self.keys[data.attrib["key"]]
            if not key.display:
                yield key.name, key.decode(data.text or "")


def _read_key(element: ElementTree.Element) -> _Column:
    return _Column(
        element.get("attr.name") or element.attrib["id"],
        element.get("attr.type", "string"),
        element.get(_ENCODING, ""),
        element.get(_DISPLAY) == "true",
    )
