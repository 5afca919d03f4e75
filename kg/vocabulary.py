"""The vocabulary of the graph: relations and entity types with their display names, read from `kg/resources/*.tsv`."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from kg.language.lexicon import parse_table
from kg.types import EntityType


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that a fact may state.

    Args:
        predicate: Its name in facts.
        subject_types: The entity types that it starts from.
        object_types: The entity types that it leads to.
        label_zh: Its display name in Chinese.
        label_en: Its display name in English.
        qualifiers: The qualifiers that its facts carry, in the order in which tables show them.
        distinguished_by: Those of them that tell two facts between the same two entities apart.
        description: What it says, one sentence.
    """

    predicate: str
    subject_types: tuple[EntityType, ...]
    object_types: tuple[EntityType, ...]
    label_zh: str
    label_en: str
    qualifiers: tuple[str, ...]
    distinguished_by: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class TypeDisplay:
    """How the entities of one type are shown.

    Args:
        type: The entity type.
        label_zh: Its display name in Chinese.
        label_en: Its display name in English.
        color: Its fill colour, `#rrggbb`; no two types share one (Okabe and Ito's palette for colour-blind readers).
        shape: Its shape in vis-network.
        viz_shape: Its shape in GEXF's `viz` module (`disc`, `square`, `triangle` or `diamond`).
        description: What the type covers, one sentence.
    """

    type: EntityType
    label_zh: str
    label_en: str
    color: str
    shape: str
    viz_shape: str
    description: str


_declared: tuple[Relation, ...] = ()


@functools.cache
def relations() -> Mapping[str, Relation]:
    """Return the relations by predicate, in the order of the table, those that a user has declared behind them.

    >>> relations()["holds"].label_zh
    '任职'
    """
    shipped = {row["predicate"]: _relation(row) for row in _rows("relations")}
    return MappingProxyType(shipped | {relation.predicate: relation for relation in _declared})


def set_declared_relations(declared: Iterable[Relation]) -> None:
    """Let the vocabulary have other declared relations than before, or none."""
    global _declared
    _declared = tuple(declared)
    relations.cache_clear()


@functools.cache
def entity_types() -> Mapping[EntityType, TypeDisplay]:
    """Return how each entity type is shown, in the order of legends.

    >>> entity_types()[EntityType.PERSON].label_zh
    '人物'
    """
    return MappingProxyType({EntityType(row["type"]): _type_display(row) for row in _rows("entity_types")})


def predicate_label(predicate: str) -> str:
    """Return the Chinese display name of a predicate, or the predicate itself where the table has none.

    >>> predicate_label("co_issues"), predicate_label("sponsors")
    ('联合发布', 'sponsors')
    """
    relation = relations().get(predicate)
    return relation.label_zh if relation else predicate


def _relation(row: Mapping[str, str]) -> Relation:
    return Relation(
        predicate=row["predicate"],
        subject_types=tuple(EntityType(name) for name in row["subject_types"].split()),
        object_types=tuple(EntityType(name) for name in row["object_types"].split()),
        label_zh=row["label_zh"],
        label_en=row["label_en"],
        qualifiers=tuple(row["qualifiers"].split()),
        distinguished_by=tuple(row["distinguished_by"].split()),
        description=row["description"],
    )


def _type_display(row: Mapping[str, str]) -> TypeDisplay:
    return TypeDisplay(
        EntityType(row["type"]),
        row["label_zh"],
        row["label_en"],
        row["color"],
        row["shape"],
        row["viz_shape"],
        row["description"],
    )


def _rows(stem: str) -> list[Mapping[str, str]]:
    text = (resources.files("kg.resources") / f"{stem}.tsv").read_text("utf-8")
    return list(parse_table(text, f"{stem}.tsv"))
