"""The rows that queries are made of, read from a graph."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.graph import EDGE_ATTRIBUTES, edge_qualifiers
from kg.names import fold, suggestion
from kg.node_ids import number_text
from kg.rows import EDGE_COLUMNS, Edge, Entity, RowType, column_names, qualifier_column
from kg.vocabulary import relations

_FROM_EDGE = frozenset({"predicate", "weight", "confidence", "document", "sentence"})


def node_label(graph: nx.MultiDiGraph, node: str) -> str:
    """Return the display name of a node, its id if it has none."""
    return str(graph.nodes[node].get("label") or node)


def entity_row(graph: nx.MultiDiGraph, node: str) -> Entity:
    """Return the row of a node."""
    data = graph.nodes[node]
    return Entity(
        node,
        node_label(graph, node),
        data.get("type", ""),
        tuple(data.get("aliases", ())),
        data.get("documents", 0),
        data.get("first_seen"),
        data.get("last_seen"),
    )


def edge_rows(
    graph: nx.MultiDiGraph,
    subjects: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    objects: Collection[str] | None = None,
    fits: Callable[[Mapping[str, Any]], bool] = lambda attributes: True,
) -> list[Edge]:
    """Return the rows of the edges that fit, by source, target and key; None fits all.

    Args:
        graph: The graph.
        subjects: The ids of the nodes to start from.
        predicates: The relations.
        objects: The ids of the nodes to lead to.
        fits: Says of an edge's attributes whether they fit.

    >>> graph = nx.MultiDiGraph([("a", "b", "at", {"predicate": "at"}), ("b", "c", "at", {"predicate": "at"})])
    >>> [edge.edge for edge in edge_rows(graph, objects={"c"})]
    [('b', 'c', 'at')]
    """
    if subjects is not None:
        found = graph.out_edges(sorted(subjects), keys=True, data=True)
    elif objects is not None:
        found = graph.in_edges(sorted(objects), keys=True, data=True)
    else:
        found = graph.edges(keys=True, data=True)
    edges = [
        _edge_row(graph, source, target, key, data)
        for source, target, key, data in found
        if (objects is None or target in objects)
        and (predicates is None or _predicate(key, data) in predicates)
        and fits(data)
    ]
    return sorted(edges, key=lambda edge: edge.edge)


def near(graph: nx.MultiDiGraph, node: str, predicate: str | None = None) -> list[str]:
    """Return the nodes that share an edge with a node, whichever way it points, sorted.

    >>> near(nx.MultiDiGraph([("a", "b"), ("c", "a")]), "a")
    ['b', 'c']
    """
    outward = ((target, key, data) for _, target, key, data in graph.out_edges(node, keys=True, data=True))
    inward = ((source, key, data) for source, _, key, data in graph.in_edges(node, keys=True, data=True))
    return sorted({end for end, key, data in (*outward, *inward) if predicate in (None, _predicate(key, data))})


def best_edge(graph: nx.MultiDiGraph, a: str, b: str) -> Edge:
    """Return the edge between two nodes with most supports, then the surest, then the first."""
    edges = [*edge_rows(graph, {a}, None, {b}), *edge_rows(graph, {b}, None, {a})]
    return min(edges, key=lambda edge: (-edge.weight, -edge.confidence, edge.edge))


def edge_columns(graph: nx.MultiDiGraph, predicate: str | None = None) -> tuple[str, ...]:
    """Return the columns of a table of edges: those of every edge, and the qualifiers of the relation or of all.

    >>> edge_columns(nx.MultiDiGraph(), "part_of")[:3]
    ('subject', 'subject_type', 'predicate')
    """
    place = EDGE_COLUMNS.index("document")
    return (*EDGE_COLUMNS[:place], *qualifier_columns(graph, predicate), *EDGE_COLUMNS[place:])


def qualifier_columns(graph: nx.MultiDiGraph, predicate: str | None = None) -> list[str]:
    """Return the columns of the qualifiers that a relation, or any, has by the vocabulary or in the graph.

    >>> qualifier_columns(nx.MultiDiGraph(), "holds")
    ['title', 'organization', 'status', 'since', 'until']
    """
    listed = [relation for relation in relations().values() if predicate in (None, relation.predicate)]
    known = [name for relation in listed for name in relation.qualifiers]
    present: set[str] = set()
    for _, _, key, data in graph.edges(keys=True, data=True):
        if predicate in (None, _predicate(key, data)):
            present.update(data)
    found = sorted(edge_qualifiers(dict.fromkeys(present)))
    return [qualifier_column(name) for name in dict.fromkeys([*known, *found])]


def check_known(graph: nx.MultiDiGraph, predicate: str | None, qualifiers: Collection[str] = ()) -> None:
    """Refuse a relation or qualifier that neither the vocabulary nor the graph has.

    Raises:
        UsageError: There is no such relation, or it has no such qualifier; the sentence names similar ones.

    >>> check_known(nx.MultiDiGraph(), "undertake")
    Traceback (most recent call last):
    ...
    kg.errors.UsageError: There is no relation 'undertake'; did you mean undertakes?
    """
    predicates = {*relations(), *(_predicate(key, data) for _, _, key, data in graph.edges(keys=True, data=True))}
    if predicate is not None and predicate not in predicates:
        raise UsageError(f"There is no relation {predicate!r}; {suggestion(predicate, predicates)}")
    columns = qualifier_columns(graph, predicate) if qualifiers else []
    for name in qualifiers:
        if name not in columns:
            raise UsageError(f"{predicate or 'No relation'} has no qualifier {name!r}; {suggestion(name, columns)}")


def has_qualifiers(wanted: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], bool]:
    """Return the test whether an edge's attributes have the qualifiers that are wanted, by column; None wants absence.

    >>> fits = has_qualifiers({"status": "current", "until": None})
    >>> fits({"status": "current"}), fits({"status": "current", "until": "2020-01-01"})
    (True, False)
    """
    folded = {name: _folded(value) for name, value in wanted.items()}

    def fits(attributes: Mapping[str, Any]) -> bool:
        return all(_folded(_cell(attributes, column)) == value for column, value in folded.items())

    return fits


def row_of(row_type: type[RowType], edge: Edge, **given: Any) -> RowType:
    """Return an edge as a row of another type, whose other fields are qualifiers.

    Args:
        row_type: The type of row.
        edge: The edge.
        given: Fields that are neither the edge's own nor qualifiers.
    """
    cells: dict[str, Any] = {
        name: getattr(edge, name) if name in _FROM_EDGE else edge.qualifiers.get(name)
        for name in column_names(row_type)
        if name not in given
    }
    cells["edge"] = edge.edge
    return row_type(**cells, **given)


def _edge_row(graph: nx.MultiDiGraph, source: str, target: str, key: str, data: Mapping[str, Any]) -> Edge:
    first: Mapping[str, Any] = next(iter(data.get("evidence") or ()), {})
    return Edge(
        node_label(graph, source),
        graph.nodes[source].get("type", ""),
        _predicate(key, data),
        data.get("label") or _predicate(key, data),
        node_label(graph, target),
        graph.nodes[target].get("type", ""),
        data.get("weight", 1),
        data.get("confidence", 1.0),
        edge_qualifiers(data),
        first.get("document"),
        first.get("sentence"),
        source,
        target,
        key,
    )


def _predicate(key: object, data: Mapping[str, Any]) -> str:
    return str(data.get("predicate") or key)


def _cell(attributes: Mapping[str, Any], column: str) -> Any:
    name = column.removeprefix("qualifier_")
    stored = name if name in EDGE_COLUMNS and name not in EDGE_ATTRIBUTES else column
    return attributes.get(stored) if stored not in EDGE_ATTRIBUTES else None


def _folded(value: Any) -> str | None:
    if value is None:
        return None
    return number_text(value) if isinstance(value, int | float) else fold(str(value))
