"""The one data model: documents, mentions, evidence and facts (frozen; offsets 0-based, half-open, in characters)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

QualifierValue = str | int | float | None


class EntityType(StrEnum):
    """The types of entity.

    >>> EntityType.PERSON.value
    'Person'
    """

    PERSON = "Person"
    ORGANIZATION = "Organization"
    POSITION = "Position"
    NOTICE = "Notice"
    ACTION = "Action"
    METRIC = "Metric"
    EVENT = "Event"
    PLACE = "Place"


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, with what its header line says about it.

    Args:
        id: The name under which facts cite the document (the path as given, or `text`).
        text: The text as read; every offset refers to it.
        title: The headline, or None.
        published: The publication date as ISO 8601 (`2022-06-21`), or None.
        publisher: The source that the header line names, or None.
        author: The author that the header line names, or None.
        reader: The name of the reader that made the document.
        encoding: The character encoding that was decided for the bytes.
        furniture: Spans `(start, end)` of page furniture, kept out of extraction.
        warnings: What the reader had to decide or give up, a sentence each.

    >>> Document("a.txt", "张三任会长。").text[0:2]
    '张三'
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    reader: str = "text"
    encoding: str = "utf-8"
    furniture: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a document where an entity is named.

    Args:
        document: The id of the document.
        start: The offset of the first character.
        end: The offset after the last character.
        text: The surface form, `document.text[start:end]`.
        type: The type of the entity.
        name: The canonical name after linking; the surface form until then.

    >>> Mention("a.txt", 0, 2, "张三", EntityType.PERSON).name
    '张三'
    """

    document: str
    start: int
    end: int
    text: str
    type: EntityType
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that a fact comes from; `text[start:end]` of the document is exactly `sentence`.

    >>> Evidence("a.txt", 0, 6, "张三任会长。").end
    6
    """

    document: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One relation between two mentions, with its qualifiers and its evidence.

    Args:
        subject: The mention that the relation starts from.
        predicate: The name of the relation (`holds`, `issues`, …).
        object: The mention that the relation leads to.
        qualifiers: What narrows the relation (title, status, value, unit, …), read-only; absent is None.
        evidence: The sentence.
        confidence: How sure the extractor is, from 0 to 1.
        extractor: The rule that made the fact (`holds.title_before_name`).
    """

    subject: Mention
    predicate: str
    object: Mention
    qualifiers: Mapping[str, QualifierValue] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Evidence = Evidence("", 0, 0, "")
    confidence: float = 1.0
    extractor: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the fact as one JSON object of the facts JSON Lines (keys in the contract's order)."""
        return {
            "document": self.evidence.document,
            "predicate": self.predicate,
            "subject": _mention_to_dict(self.subject),
            "object": _mention_to_dict(self.object),
            "qualifiers": dict(self.qualifiers),
            "evidence": {
                "document": self.evidence.document,
                "start": self.evidence.start,
                "end": self.evidence.end,
                "text": self.evidence.sentence,
            },
            "confidence": self.confidence,
            "extractor": self.extractor,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Fact:
        """Make a fact from one JSON object of the facts JSON Lines; the inverse of `to_dict` but for surface forms.

        Raises:
            KeyError: A key of the contract is missing.
        """
        evidence = record["evidence"]
        proof = Evidence(evidence["document"], evidence["start"], evidence["end"], evidence["text"])
        return cls(
            _mention_from_dict(record["subject"], proof),
            record["predicate"],
            _mention_from_dict(record["object"], proof),
            MappingProxyType(dict(record["qualifiers"])),
            proof,
            record["confidence"],
            record["extractor"],
        )

    def sort_key(self) -> tuple[Any, ...]:
        """Return the key of the fixed order: document, evidence start, predicate, subject, object, then the rest."""
        return (
            self.evidence.document,
            self.evidence.start,
            self.predicate,
            self.subject.start,
            self.subject.name,
            self.object.start,
            self.object.name,
            self.object.end,
            sorted((key, str(value)) for key, value in self.qualifiers.items()),
        )


def _mention_to_dict(mention: Mention) -> dict[str, Any]:
    return {"name": mention.name, "type": mention.type.value, "start": mention.start, "end": mention.end}


def _mention_from_dict(record: Mapping[str, Any], evidence: Evidence) -> Mention:
    start, end = record["start"], record["end"]
    inside = evidence.start <= start and end <= evidence.end
    surface = evidence.sentence[start - evidence.start : end - evidence.start] if inside else record["name"]
    return Mention(evidence.document, start, end, surface, EntityType(record["type"]), record["name"])
