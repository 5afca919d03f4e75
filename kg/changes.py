"""What has changed: between two graphs, or in who holds what between two dates of one graph."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.graph import edge_qualifiers
from kg.lookup import edge_rows, entity_row
from kg.rows import Edge, Row
from kg.timeline import Term, check_date


@dataclass(frozen=True, slots=True)
class Change(Row):
    """One change.

    Args:
        change: `added`, `removed` or `changed` between two graphs; between two dates `began` and `ended`, or where
            only a bound is known `first seen` and `over by`.
        kind: `entity`, or the name of a relation.
        subject: The entity, or what the relation starts from.
        object: What the relation leads to, None for an entity.
        detail: The qualifiers; of a change those that differ, old → new.
        document: The document that says so.
        sentence: The sentence that says so.
    """

    change: str
    kind: str
    subject: str
    object: str | None
    detail: str | None
    document: str | None
    sentence: str | None


def graph_changes(old: nx.MultiDiGraph, new: nx.MultiDiGraph) -> list[Change]:
    """Return what two graphs differ in: entities, then relations, each by its id.

    >>> old, new = nx.MultiDiGraph(), nx.MultiDiGraph()
    >>> new.add_node("Person:张三", label="张三", type="Person")
    >>> [(row.change, row.kind, row.subject) for row in graph_changes(old, new)]
    [('added', 'entity', '张三')]
    """
    changes: list[Change] = []
    for node in sorted({*old.nodes, *new.nodes}):
        if (node in old) != (node in new):
            entity = entity_row(new if node in new else old, node)
            change = "added" if node in new else "removed"
            changes.append(Change(change, "entity", entity.label, None, entity.type or None, None, None))
    before = {edge.edge: edge for edge in edge_rows(old)}
    after = {edge.edge: edge for edge in edge_rows(new)}
    for place in sorted({*before, *after}):
        found, was = after.get(place), before.get(place)
        if found is None or was is None:
            shown = found or was
            assert shown is not None
            changes.append(_of_edge("added" if found else "removed", shown, _pairs(shown.qualifiers)))
        elif detail := _difference(was, found):
            changes.append(_of_edge("changed", found, detail))
    return changes


def date_changes(terms: Collection[Term], old: str, new: str) -> list[Change]:
    """Return which terms of office began and ended after one date and up to another, by the day that is known.

    Args:
        terms: The terms.
        old: The ISO date before.
        new: The ISO date after.

    Raises:
        UsageError: One of them is no date.
    """
    before, after = check_date(old), check_date(new)
    changes: list[tuple[str, Change]] = []
    for term in terms:
        if term.covers(after) and not term.covers(before):
            known = "began" if term.since else "first seen"
            changes.append((term.start or "", _of_term(known, term, term.since or term.first_seen)))
        elif term.covers(before) and not term.covers(after):
            known = "ended" if term.until else "over by"
            changes.append((term.end or "", _of_term(known, term, term.until or term.ended_by)))
    return [change for _, change in sorted(changes, key=lambda pair: (pair[0], pair[1].subject, pair[1].object or ""))]


def _of_term(change: str, term: Term, when: str | None) -> Change:
    office = f"{term.organization or ''}{term.title}"
    document = next(iter(term.documents), None)
    return Change(change, "holds", term.person, office, when, document, term.sentence)


def _of_edge(change: str, edge: Edge, detail: str | None) -> Change:
    return Change(change, edge.predicate, edge.subject, edge.object, detail, edge.document, edge.sentence)


def _pairs(qualifiers: Mapping[str, Any]) -> str | None:
    told = [f"{name}={value}" for name, value in edge_qualifiers(qualifiers).items() if value is not None]
    return " ".join(told) or None


def _difference(old: Edge, new: Edge) -> str | None:
    """Return how the qualifiers and the number of supports differ, None if they do not."""
    was = {**old.qualifiers, "weight": old.weight}
    now = {**new.qualifiers, "weight": new.weight}
    names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    return " ".join(f"{name}={was.get(name)}→{now.get(name)}" for name in names) or None
