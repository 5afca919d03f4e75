"""What the page says about each node and edge: names, qualifiers, evidence with its highlights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.graph import edge_qualifiers
from kg.view.names import Names
from kg.view.text import clean, highlights, number, one_line

_SUMMARY = ("status", "change", "bound", "value_text", "unit", "period", "since", "until", "date", "document_number")
_JOINED = {"value_text", "unit"}
"""Qualifiers that follow the one before without a separator: 不少于5万人."""


def ordered_nodes(graph: nx.MultiDiGraph) -> list[Any]:
    """Return the nodes in the order of the page, which does not depend on the order in the graph.

    >>> ordered_nodes(nx.MultiDiGraph([("b", "a")]))
    ['a', 'b']
    """
    return sorted(graph.nodes, key=str)


def ordered_edges(graph: nx.MultiDiGraph) -> list[tuple[Any, Any, Any, dict[str, Any]]]:
    """Return the edges `(source, target, key, attributes)` in the order of the page.

    >>> [edge[:3] for edge in ordered_edges(nx.MultiDiGraph([("b", "a"), ("a", "b")]))]
    [('a', 'b', 0), ('b', 'a', 0)]
    """
    return sorted(graph.edges(keys=True, data=True), key=lambda edge: (str(edge[0]), str(edge[1]), str(edge[2])))


def node_record(node: object, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the panel shows about a node beside its edges.

    >>> node_record("Person:张三", {"label": "张三", "aliases": ["老张", "张三"], "documents": 2})
    {'name': '张三', 'aliases': ['老张'], 'documents': '2', 'first': '', 'last': ''}
    """
    name = node_name(node, attributes)
    aliases = sorted({one_line(alias) for alias in attributes.get("aliases") or ()} - {name, ""})
    return {
        "name": name,
        "aliases": aliases,
        "documents": number(attributes.get("documents") or 0),
        "first": one_line(attributes.get("first_seen") or ""),
        "last": one_line(attributes.get("last_seen") or ""),
    }


def node_name(node: object, attributes: Mapping[str, Any]) -> str:
    """Return the name to show for a node: its label, or its id if the label is missing or blank.

    >>> node_name("Person:张三", {"label": " "})
    'Person:张三'
    """
    return one_line(attributes.get("label") or "") or one_line(node) or "—"


def edge_record(attributes: Mapping[str, Any], names: Names, sentences: SentenceTable) -> dict[str, Any]:
    """Return what the panel shows about an edge.

    Args:
        attributes: The edge's attributes by `schema.md` §4.
        names: The display names of the page's language.
        sentences: The page's sentences; those of the evidence are added to it.
    """
    qualifiers = _qualifiers(attributes, names)
    predicate = str(attributes.get("predicate") or "")
    return {
        "predicate": one_line(predicate),
        "label": names.predicate(predicate, attributes.get("label")),
        "qualifiers": [[names.qualifier(key), value] for key, value in qualifiers.items()],
        "summary": _summary(qualifiers),
        "weight": number(attributes.get("weight") or 0),
        "confidence": _percent(attributes.get("confidence")),
        "evidence": sentences.add_all(attributes.get("evidence") or ()),
    }


def _qualifiers(attributes: Mapping[str, Any], names: Names) -> dict[str, str]:
    present = {key: value for key, value in edge_qualifiers(attributes).items() if value not in (None, "")}
    order = [key for key in names.qualifier_order if key in present] + sorted(set(present) - set(names.qualifier_order))
    return {key: names.value(key, present[key]) for key in order}


def _summary(qualifiers: Mapping[str, str]) -> str:
    text = ""
    for key in _SUMMARY:
        if key in qualifiers:
            separator = "" if key in _JOINED and text else " · " if text else ""
            text += separator + qualifiers[key]
    return text


def _percent(confidence: object) -> str:
    return f"{confidence:.0%}" if isinstance(confidence, int | float) else ""


class SentenceTable:
    """The documents and sentences that a page cites, each held once however many edges cite it.

    >>> table = SentenceTable()
    >>> table.add_all([{"document": "a.txt", "start": 0, "end": 6, "sentence": "张三任会长。"}])
    [[0, []]]
    >>> table.documents, table.sentences
    ([['a.txt', '']], [[0, 0, 6, '张三任会长。']])
    """

    def __init__(self) -> None:
        self.documents: list[list[str]] = []
        self.sentences: list[list[Any]] = []
        self._document_index: dict[tuple[str, str], int] = {}
        self._sentence_index: dict[tuple[int, int, int, str], int] = {}

    def add_all(self, evidence: Any) -> list[list[Any]]:
        """Return the evidence of one edge as `[sentence index, highlights]`, in the order of documents and offsets."""
        return [self._add(item) for item in sorted(evidence, key=_evidence_order)]

    def _add(self, item: Mapping[str, Any]) -> list[Any]:
        document = (clean(item["document"]), one_line(item.get("published") or ""))
        if document not in self._document_index:
            self._document_index[document] = len(self.documents)
            self.documents.append(list(document))
        text = clean(item["sentence"])
        key = (self._document_index[document], int(item["start"]), int(item["end"]), text)
        if key not in self._sentence_index:
            self._sentence_index[key] = len(self.sentences)
            self.sentences.append(list(key))
        return [self._sentence_index[key], highlights(text, _spans(item))]


def _evidence_order(item: Mapping[str, Any]) -> tuple[str, int, int, str]:
    return str(item["document"]), int(item["start"]), int(item["end"]), str(_spans(item))


def _spans(item: Mapping[str, Any]) -> list[tuple[str, tuple[int, int]]]:
    spans = []
    for role in ("subject", "object"):
        start, end = item.get(f"{role}_start"), item.get(f"{role}_end")
        if start is not None and end is not None:
            spans.append((role, (int(start) - int(item["start"]), int(end) - int(item["start"]))))
    return spans
