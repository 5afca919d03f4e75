"""Questions to a graph about time: who held what when, what changed, what was planned and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx

from kg.changes import Change, date_changes, graph_changes
from kg.errors import UsageError
from kg.ledger import LedgerRow, ledger
from kg.names import NameIndex, fold, suggestion
from kg.offices import office_key
from kg.rows import Rows, column_names
from kg.timeline import Term, check_date, terms
from kg.types import EntityType


class TimeQueries:
    """The lookups of `KnowledgeGraph` that speak of time; each reads the whole graph as it is now."""

    graph: nx.MultiDiGraph

    if TYPE_CHECKING:

        @property
        def _index(self) -> NameIndex: ...

    def as_of(self, date: str, organization: str | None = None) -> Rows[Term]:
        """Return who held which office on a date: taken up or seen by then, and not known to have ended.

        Args:
            date: An ISO date; a month or year stands for its last day.
            organization: The organization; None for all.

        Raises:
            UsageError: It is no date, or the graph knows no organization of that name.
        """
        day = check_date(date)
        forms = self._forms(organization) if organization is not None else None
        return _rows(
            term
            for term in terms(self.graph)
            if term.covers(day) and (forms is None or fold(term.organization or "") in forms)
        )

    def timeline(self, person: str) -> Rows[Term]:
        """Return the offices of a person in the order in which they were held.

        Raises:
            UsageError: The graph has no person of that name, or several.
        """
        node = self._index.resolve(person, EntityType.PERSON)
        return _rows(term for term in terms(self.graph) if term.person_id == node)

    def successions(self, organization: str, title: str) -> Rows[Term]:
        """Return who held an office one after the other, with those who hold it at the same time (`conflict`).

        Args:
            organization: The organization; a department may also be part of the title (某会, 权益部部长).
            title: The whole title: 会长 does not find 副会长.

        Raises:
            UsageError: The graph knows no organization of that name.
        """
        wanted = {office_key(form, title) for form in self._forms(organization)}
        found = [term for term in terms(self.graph) if term.office in wanted]
        return _rows(sorted(found, key=lambda term: (term.start or term.end or "", term.person_id)))

    def conflicts(self) -> Rows[Term]:
        """Return the terms of offices of which a body has one, but that two are said to hold at one time."""
        return _rows(
            sorted(
                (term for term in terms(self.graph) if term.conflict),
                key=lambda term: (term.office, term.start or "", term.person_id),
            )
        )

    def diff(self, old: TimeQueries | str, new: TimeQueries | str | None = None) -> Rows[Change]:
        """Return what changed between two graphs, or in who holds what between two dates of this graph.

        Args:
            old: The older graph, or a date.
            new: The newer graph, this one if not given; or a later date.

        Raises:
            UsageError: One is a graph and the other a date, or a date is none.
        """
        if isinstance(old, str) and isinstance(new, str):
            return Rows(date_changes(terms(self.graph), old, new), column_names(Change))
        if isinstance(old, str) or isinstance(new, str):
            raise UsageError("Give two dates, or two graphs.")
        return Rows(graph_changes(old.graph, (new or self).graph), column_names(Change))

    def ledger(self, organization: str | None = None, metric: str | None = None) -> Rows[LedgerRow]:
        """Return plans and results side by side, by organization, metric and period.

        Args:
            organization: Whose; None for all.
            metric: A part of the name of what is counted, or of verb and name (培训职工); None for all.

        Raises:
            UsageError: The graph knows no organization of that name.
        """
        forms = self._forms(organization) if organization is not None else None
        rows = [
            row
            for row in ledger(self.graph)
            if (forms is None or fold(row.organization) in forms)
            and (metric is None or fold(metric) in fold(f"{row.action or ''}{row.metric}"))
        ]
        return Rows(rows, column_names(LedgerRow))

    def _forms(self, organization: str) -> set[str]:
        """Return the names, in the form in which they are compared, under which facts know an organization."""
        nodes = self._index.candidates(organization, EntityType.ORGANIZATION)
        forms = {fold(organization), *(fold(str(self.graph.nodes[node].get("label") or node)) for node in nodes)}
        named = {
            str(name)
            for _, _, data in self.graph.edges(data=True)
            for name in (data.get("organization"), data.get("actor"))
            if name
        }
        if not nodes and not forms & {fold(name) for name in named}:
            raise UsageError(f"The graph has no organization named {organization!r}; {suggestion(organization, named)}")
        return forms


def _rows(found: Iterable[Term]) -> Rows[Term]:
    return Rows(found, column_names(Term))
