"""What a query returns: rows with named fields, that are also a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, SupportsIndex, TypeVar, overload

if TYPE_CHECKING:
    import pandas as pd

EdgeId = tuple[str, str, str]
"""The source node id, target node id and key of an edge."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its fields are its columns."""

    def record(self) -> dict[str, Any]:
        """Return the cells by column."""
        return {name: getattr(self, name) for name in column_names(type(self))}


@dataclass(frozen=True, slots=True)
class Entity(Row):
    """A node: its id, display name, type, other names, the number of its documents and their dates (ISO or None)."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...]
    documents: int
    first_seen: str | None
    last_seen: str | None


@dataclass(frozen=True, slots=True)
class Neighbor(Row):
    """An entity near another: its name, type, distance in edges, and node id."""

    name: str
    type: str
    distance: int
    id: str


@dataclass(frozen=True, slots=True)
class Edge(Row):
    """An edge with the names of its ends, its qualifiers, and the first sentence it comes from.

    As a table, each qualifier is a column of its own; one whose name is taken (`object`) begins with `qualifier_`.
    """

    subject: str
    subject_type: str
    predicate: str
    label: str
    object: str
    object_type: str
    weight: int
    confidence: float
    qualifiers: Mapping[str, Any]
    document: str | None
    sentence: str | None
    subject_id: str
    object_id: str
    key: str

    @property
    def edge(self) -> EdgeId:
        """The edge in the graph."""
        return self.subject_id, self.object_id, self.key

    def record(self) -> dict[str, Any]:
        """Return the cells by column."""
        cells = {name: getattr(self, name) for name in EDGE_COLUMNS}
        return cells | {qualifier_column(name): value for name, value in self.qualifiers.items()}


@dataclass(frozen=True, slots=True)
class Holding(Row):
    """A person at a position (`holds`)."""

    person: str
    title: str | None
    organization: str | None
    status: str | None
    since: str | None
    until: str | None
    weight: int
    confidence: float
    document: str | None
    sentence: str | None
    edge: EdgeId


@dataclass(frozen=True, slots=True)
class Issue(Row):
    """A document that an organization issues, alone or with others (`issues`, `co_issues`)."""

    organization: str
    notice: str
    predicate: str
    verb: str | None
    date: str | None
    document_number: str | None
    stated_count: int | None
    named_count: int | None
    weight: int
    confidence: float
    document: str | None
    sentence: str | None
    edge: EdgeId


@dataclass(frozen=True, slots=True)
class Target(Row):
    """A quantity that an action plans or has achieved (`targets`)."""

    actor: str | None
    action: str | None
    object: str | None
    bound: str | None
    value_text: str | None
    unit: str | None
    value: float | None
    base_unit: str | None
    period: str | None
    status: str | None
    change: str | None
    weight: int
    confidence: float
    document: str | None
    sentence: str | None
    edge: EdgeId


@dataclass(frozen=True, slots=True)
class Quotation(Row):
    """A sentence that an edge comes from; offsets are characters of the document, 0-based and half-open."""

    document: str
    published: str | None
    start: int
    end: int
    sentence: str
    subject_start: int | None
    subject_end: int | None
    object_start: int | None
    object_end: int | None
    extractor: str | None
    confidence: float | None


EDGE_COLUMNS = tuple(field.name for field in fields(Edge) if field.name != "qualifiers")

RowType = TypeVar("RowType", bound=Row)
RowType_co = TypeVar("RowType_co", bound=Row, covariant=True)


class Rows(tuple[RowType_co, ...], Generic[RowType_co]):
    """A tuple of rows that is also a table with the same columns whether it has rows or not.

    Args:
        rows: The rows.
        columns: The columns of the table.

    >>> rows = Rows([Neighbor("甲协会", "Organization", 1, "Organization:甲协会")], column_names(Neighbor))
    >>> rows[0].name, list(rows[:0].to_frame().columns)
    ('甲协会', ['name', 'type', 'distance', 'id'])
    """

    columns: tuple[str, ...]

    def __new__(cls, rows: Iterable[RowType_co], columns: Iterable[str]) -> Rows[RowType_co]:
        """Make the tuple."""
        made = super().__new__(cls, rows)
        made.columns = tuple(columns)
        return made

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> RowType_co: ...
    @overload
    def __getitem__(self, index: slice, /) -> Rows[RowType_co]: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> RowType_co | Rows[RowType_co]:
        """Return a row, or the rows of a slice with the same columns."""
        if isinstance(index, slice):
            return Rows(tuple(self)[index], self.columns)
        return super().__getitem__(index)

    def __getnewargs__(self) -> tuple[tuple[RowType_co, ...], tuple[str, ...]]:
        """Return what a copy is made from."""
        return tuple(self), self.columns

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame; absent values are None or NaN."""
        import pandas

        records = [row.record() for row in self]
        return pandas.DataFrame.from_records(
            [[record.get(column) for column in self.columns] for record in records], columns=list(self.columns)
        )


def column_names(row_type: type[Row]) -> tuple[str, ...]:
    """Return the columns of a row type.

    >>> column_names(Neighbor)
    ('name', 'type', 'distance', 'id')
    """
    return tuple(name for name in row_type.__dataclass_fields__ if name != "edge")


def qualifier_column(name: str) -> str:
    """Return the column of a qualifier in a table of edges.

    >>> qualifier_column("status"), qualifier_column("object")
    ('status', 'qualifier_object')
    """
    return f"qualifier_{name}" if name in EDGE_COLUMNS else name
