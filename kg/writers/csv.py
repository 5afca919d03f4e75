"""CSV as two tables, nodes and edges, that Excel, Gephi and pandas open as they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.output_files import replacing
from kg.writers import register
from kg.writers.columns import Column, columns
from kg.writers.elements import node_ids, ordered_edges
from kg.xml_text import legal

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@register(".csv")
def write_csv(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    """Write a graph as `NAME.nodes.csv` and `NAME.edges.csv`.

    UTF-8 with a byte order mark, because Excel takes Chinese for the local encoding without one. A cell of text that
    a spreadsheet would run as a formula gets an apostrophe in front. The columns that Gephi looks for are `Id`,
    `Label`, `Source`, `Target`, `Type`, `Kind` and `Weight`.

    Args:
        graph: The graph.
        path: `NAME.csv` (or one of the two names).

    Returns:
        The two paths.

    Raises:
        OutputError: The place cannot be written.

    Source: RFC 4180; OWASP, CSV Injection.
    """
    stem = path.name[: -len(path.suffix)].removesuffix(".nodes").removesuffix(".edges")
    nodes, edges = path.with_name(f"{stem}.nodes.csv"), path.with_name(f"{stem}.edges.csv")
    with replacing(nodes, encoding="utf-8-sig") as node_file, replacing(edges, encoding="utf-8-sig") as edge_file:
        csv.writer(node_file).writerows(_node_rows(graph))
        csv.writer(edge_file).writerows(_edge_rows(graph))
    return nodes, edges


def _node_rows(graph: nx.MultiDiGraph) -> Iterator[list[str]]:
    listed = [column for column in columns(data for _, data in graph.nodes(data=True)) if column.name != "label"]
    ids = node_ids(graph)
    yield ["Id", "Label", *_headings(listed)]
    for node in sorted(graph.nodes, key=ids.__getitem__):
        data = graph.nodes[node]
        yield [_guarded(ids[node]), _guarded(str(data.get("label") or "")), *_cells(listed, data)]


def _edge_rows(graph: nx.MultiDiGraph) -> Iterator[list[str]]:
    every = columns(data for _, _, data in graph.edges(data=True))
    listed = [column for column in every if column.name not in ("label", "weight")]
    yield ["Id", "Source", "Target", "Type", "Kind", "Label", "Weight", *_headings(listed)]
    for edge in ordered_edges(graph, node_ids(graph)):
        label = _guarded(str(edge.attributes.get("label") or ""))
        weight = str(edge.attributes.get("weight") or 1)
        ends = [_guarded(edge.source), _guarded(edge.target)]
        yield [edge.id, *ends, "Directed", _guarded(edge.kind), label, weight, *_cells(listed, edge.attributes)]


def _headings(listed: Iterable[Column]) -> list[str]:
    return [_guarded(column.name) for column in listed]


def _cells(listed: Iterable[Column], values: Mapping[str, Any]) -> list[str]:
    return [_cell(column, values.get(column.name)) for column in listed]


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    text = column.text(value)
    return _guarded(text) if column.type == "string" else text


def _guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    >>> _guarded("=1+1"), _guarded("会长")
    ("'=1+1", '会长')
    """
    clean = legal(text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
