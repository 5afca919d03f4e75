"""Questions to a graph: who holds what, who issued what, what was planned, and which sentence says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg import writers
from kg.errors import UsageError
from kg.explanation import Explanation, explain
from kg.graph import read_graph
from kg.graph_facts import graph_facts
from kg.linking import Linked
from kg.lookup import check_known, edge_columns, edge_rows, entity_row, has_qualifiers, node_label, row_of
from kg.names import NameIndex, fold, suggestion
from kg.rows import Edge, EdgeId, Entity, Holding, Issue, Neighbor, Quotation, Row, Rows, Target, column_names
from kg.time_queries import TimeQueries
from kg.types import Document, EntityType, Fact
from kg.walks import nodes_around, shortest_path


class KnowledgeGraph(TimeQueries):
    """A graph with the facts, documents and skipped files that it was made from, and lookups over it.

    Every lookup takes a node id, a display name or an alias where it takes a name, compares names without regard to
    the width of characters and to spaces, and returns `Rows`: a tuple whose `.to_frame()` is a pandas DataFrame.

    Args:
        graph: The `networkx.MultiDiGraph` (`schema.md` §4); it stays reachable as `.graph` and is never copied.
        facts: The facts; those of the graph if not given.
        documents: The documents.
        skipped: The files that could not be read: `(path, reason)`.
        linked: The facts with the names of the whole corpus, and every decision of linking.

    >>> from kg.graph import build_graph
    >>> from kg.types import Evidence, Mention
    >>> def fact(person, title, start, sentence):
    ...     subject = Mention("a.txt", start, start + 2, person, EntityType.PERSON)
    ...     office = Mention("a.txt", start + 3, start + 8, "甲协会" + title, EntityType.POSITION)
    ...     qualifiers = {"title": title, "organization": "甲协会", "status": "current"}
    ...     return Fact(subject, "holds", office, qualifiers, Evidence("a.txt", start, start + 9, sentence))
    >>> facts = [fact("张三", "会长", 0, "张三任甲协会会长。"), fact("李四", "秘书", 9, "李四任甲协会秘书。")]
    >>> kg = KnowledgeGraph(build_graph(facts), facts)
    >>> kg
    <KnowledgeGraph: 4 nodes, 2 edges>
    >>> [(row.title, row.organization) for row in kg.positions("张三")]
    [('会长', '甲协会')]
    >>> kg.holders(title="秘书").to_frame()[["person", "sentence"]].values.tolist()
    [['李四', '李四任甲协会秘书。']]
    """

    def __init__(
        self,
        graph: nx.MultiDiGraph,
        facts: Iterable[Fact] | None = None,
        documents: Iterable[Document] = (),
        skipped: Iterable[tuple[str, str]] = (),
        linked: Linked | None = None,
    ) -> None:
        self.graph = graph
        self.linked: Linked = linked or Linked(())
        self._facts: list[Fact] | None = None if facts is None else list(facts)
        self.documents: list[Document] = list(documents)
        self.skipped: list[tuple[str, str]] = list(skipped)
        self._names: NameIndex | None = None
        self._named_nodes = -1

    @property
    def facts(self) -> list[Fact]:
        """The facts that the graph was made from, or that it holds if it was read from a file."""
        if self._facts is None:
            self._facts = list(graph_facts(self.graph))
        return self._facts

    @classmethod
    def read(cls, path: str | Path) -> KnowledgeGraph:
        """Read a graph that `write` or `kg build` wrote as GraphML.

        Raises:
            InputError: The file is missing, or is not GraphML.
        """
        return cls(read_graph(path))

    def __repr__(self) -> str:
        """Return the counts."""
        return f"<KnowledgeGraph: {self.graph.number_of_nodes()} nodes, {self.graph.number_of_edges()} edges>"

    def write(self, path: str | Path) -> tuple[Path, ...]:
        """Write the graph in the format that the extension names (`.graphml`, `.gexf`, `.csv`, `.jsonl`, …).

        Returns:
            The paths of the files written.

        Raises:
            UsageError: No writer is registered for the extension.
            OutputError: The place cannot be written.
        """
        return writers.write(self.graph, path)

    def entity(self, name: str) -> Entity:
        """Return the one entity with a name.

        Raises:
            UsageError: No entity has the name (the sentence names similar ones), or several have it.
        """
        return entity_row(self.graph, self._index.resolve(name))

    def nodes(self, type: str | None = None) -> Rows[Entity]:
        """Return all entities, or those of a type (`Person`), by id.

        Raises:
            UsageError: There is no such type.
        """
        if type is not None and type not in list(EntityType):
            raise UsageError(f"There is no entity type {type!r}; the types are {', '.join(EntityType)}.")
        nodes = sorted(node for node, data in self.graph.nodes(data=True) if type in (None, data.get("type")))
        return Rows([entity_row(self.graph, node) for node in nodes], column_names(Entity))

    def edges(self) -> Rows[Edge]:
        """Return all edges, by source, target and key."""
        return self.find()

    def find(
        self, subject: str | None = None, predicate: str | None = None, object: str | None = None, **qualifiers: Any
    ) -> Rows[Edge]:
        """Return the edges that fit all that is given.

        Args:
            subject: The name of what the edge starts from; every entity with that name or alias counts.
            predicate: The relation (`holds`).
            object: The name of what the edge leads to; every entity with that name or alias counts.
            qualifiers: The value that a qualifier must have, None for absent (`status="current"`, `until=None`); the
                qualifier `object` is given as `qualifier_object`.

        Raises:
            UsageError: The graph has no entity, relation or qualifier of that name; the sentence names similar ones.
        """
        subjects = None if subject is None else set(self._index.some(subject))
        objects = None if object is None else set(self._index.some(object))
        predicates = None if predicate is None else {predicate}
        found = edge_rows(self.graph, subjects, predicates, objects, has_qualifiers(qualifiers))
        if not found:
            check_known(self.graph, predicate, qualifiers)
        return Rows(found, edge_columns(self.graph, predicate))

    def positions(self, person: str) -> Rows[Holding]:
        """Return what a person holds, held or is to hold.

        Raises:
            UsageError: The graph has no person of that name, or several.
        """
        return _holdings(edge_rows(self.graph, {self._index.resolve(person, EntityType.PERSON)}, {"holds"}))

    def holders(self, organization: str | None = None, title: str | None = None) -> Rows[Holding]:
        """Return who holds positions at an organization, of a title, or both.

        Args:
            organization: The organization itself; its departments are organizations of their own.
            title: The whole title: 会长 does not find 副会长.

        Raises:
            UsageError: The graph knows no organization of that name.
        """
        edges = self._edges_of("holds", "organization", organization)
        if title is not None:
            edges = [edge for edge in edges if fold(str(edge.qualifiers.get("title") or "")) == fold(title)]
        return _holdings(edges)

    def notices(self, organization: str | None = None) -> Rows[Issue]:
        """Return the documents that an organization, or any, issues alone or with others.

        Raises:
            UsageError: The graph has no organization of that name.
        """
        subjects = None
        if organization is not None:
            subjects = set(self._index.some(organization, EntityType.ORGANIZATION))
        edges = edge_rows(self.graph, subjects, {"issues", "co_issues"})
        rows = [row_of(Issue, edge, organization=edge.subject, notice=edge.object) for edge in edges]
        return Rows(rows, column_names(Issue))

    def metrics(self, action: str | None = None, organization: str | None = None) -> Rows[Target]:
        """Return the quantities that actions plan or have achieved.

        Args:
            action: The verb (开展), or a part of verb and object (技能评定); None for all.
            organization: The actor; None for all.

        Raises:
            UsageError: The graph knows no organization of that name.
        """
        edges = self._edges_of("targets", "actor", organization)
        if action is not None:
            edges = [edge for edge in edges if fold(action) in fold(edge.subject)]
        rows = [row_of(Target, edge, object=edge.qualifiers.get("object") or edge.object) for edge in edges]
        return Rows(rows, column_names(Target))

    def evidence(self, edge: Row | EdgeId) -> Rows[Quotation]:
        """Return the sentences that an edge comes from, by document and place.

        Args:
            edge: A row of `find`, `positions`, `holders`, `notices`, `metrics` or `path`, or an edge of `.graph` as
                `(source, target, key)`.

        Raises:
            UsageError: The graph has no such edge.
        """
        place = getattr(edge, "edge", edge)
        if not (isinstance(place, tuple) and len(place) == 3 and self.graph.has_edge(*place)):
            raise UsageError(f"The graph has no edge {place!r}; give a row of `find` or (source, target, key).")
        columns = column_names(Quotation)
        items = self.graph.edges[place].get("evidence", ())
        return Rows([Quotation(*(item.get(name) for name in columns)) for item in items], columns)

    def explain(self, node: str) -> Explanation:
        """Return why a node is what it is: its mentions, the rule of each merge, the evidence of each edge.

        Raises:
            UsageError: The graph has no entity of that name, or several.
        """
        return explain(self.graph, self._index.resolve(node), self.linked)

    def path(self, a: str, b: str) -> Rows[Edge]:
        """Return the edges of a shortest connection between two entities, whichever way they point; none if apart.

        A position of no known organization and an action of no known actor connect nobody: two professors of unnamed
        universities have nothing to do with each other. Of parallel edges the best supported stands for all.

        Raises:
            UsageError: The graph has no entity of a name, or several.
        """
        steps = shortest_path(self.graph, self._index.resolve(a), self._index.resolve(b))
        return Rows(steps, edge_columns(self.graph))

    def neighbors(self, name: str, predicate: str | None = None, depth: int = 1) -> Rows[Neighbor]:
        """Return the entities near one, whichever way the edges point, by distance and id.

        Args:
            name: The entity.
            predicate: The relation to follow; None for all.
            depth: How many edges to go at most.

        Raises:
            UsageError: The graph has no entity of that name or no relation of that name, or `depth` is below 1.
        """
        if depth < 1:
            raise UsageError(f"depth is {depth}; it must be 1 or more.")
        check_known(self.graph, predicate)
        found = nodes_around(self.graph, self._index.resolve(name), predicate, depth)
        return Rows(found, column_names(Neighbor))

    @property
    def _index(self) -> NameIndex:
        # The graph is the user's to change; nodes that come or go are noticed, new labels of old nodes are not.
        if self._names is None or self._named_nodes != self.graph.number_of_nodes():
            self._names, self._named_nodes = NameIndex(self.graph), self.graph.number_of_nodes()
        return self._names

    def _edges_of(self, predicate: str, qualifier: str, organization: str | None) -> list[Edge]:
        """Return the edges of a relation whose qualifier names an organization, which need not be a node itself."""
        if organization is None:
            return edge_rows(self.graph, None, {predicate})
        nodes = self._index.candidates(organization, EntityType.ORGANIZATION)
        forms = {fold(organization), *(fold(node_label(self.graph, node)) for node in nodes)}

        def fits(attributes: Mapping[str, Any]) -> bool:
            return bool(attributes.get(qualifier)) and fold(str(attributes[qualifier])) in forms

        edges = edge_rows(self.graph, None, {predicate}, fits=fits)
        if not edges and not nodes:
            named = (edge.qualifiers.get(qualifier) for edge in edge_rows(self.graph, None, {predicate}))
            known = {str(name) for name in named if name}
            hint = suggestion(organization, known | {entity.label for entity in self.nodes("Organization")})
            raise UsageError(f"The graph has no organization named {organization!r}; {hint}")
        return edges


def _holdings(edges: Iterable[Edge]) -> Rows[Holding]:
    return Rows([row_of(Holding, edge, person=edge.subject) for edge in edges], column_names(Holding))
