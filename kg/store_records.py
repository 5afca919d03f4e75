"""Documents and facts as a store keeps them: rows of text that give back exactly what was put in."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.linking import Clues
from kg.types import Document, Fact, Mention

_SURROGATE = re.compile("[\ud800-\udfff]")
DOCUMENT_COLUMNS = (
    *("id", "title", "published", "publisher", "author", "reader", "encoding", "warnings", "furniture", "text"),
)
"""The columns of the table `documents` that make the document, in the order of `document_row`."""


def document_row(document: Document) -> tuple[str | None, ...]:
    """Return a document as the values of `DOCUMENT_COLUMNS`.

    >>> document_of(document_row(Document("a", "甲", furniture=((0, 1),)))).furniture
    ((0, 1),)
    """
    return (
        *(document.id, document.title, document.published, document.publisher, document.author),
        *(document.reader, document.encoding),
        json.dumps(document.warnings, ensure_ascii=False),
        json.dumps(document.furniture),
        document.text,
    )


def document_of(row: tuple[Any, ...]) -> Document:
    """Return the document of a row; the inverse of `document_row`."""
    id, title, published, publisher, author, reader, encoding, warnings, furniture, text = row
    spans = tuple((start, end) for start, end in json.loads(furniture))
    return Document(id, text, title, published, publisher, author, reader, encoding, spans, tuple(json.loads(warnings)))


def fact_record(fact: Fact) -> str:
    """Return a fact as JSON: that of the facts JSON Lines, and the surface forms that stand outside its sentence.

    >>> from kg.types import EntityType, Evidence
    >>> body = Mention("a", 40, 42, "甲会", EntityType.ORGANIZATION, "甲协会")
    >>> fact = Fact(body, "at", body, {}, Evidence("a", 0, 5, "一二三四五"), 0.9, "x")
    >>> fact_of(json.loads(fact_record(fact))) == fact
    True
    """
    record = fact.to_dict()
    for role, mention in (("subject", fact.subject), ("object", fact.object)):
        if _known_surface(mention, fact) != mention.text:
            record[role]["text"] = mention.text
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # What UTF-8 cannot hold is escaped.
    return text if _SURROGATE.search(text) is None else json.dumps(record, separators=(",", ":"))


def fact_of(record: Mapping[str, Any]) -> Fact:
    """Return the fact of a record; the inverse of `fact_record`."""
    fact = Fact.from_dict(record)
    subject, object_ = (
        replace(mention, text=record[role]["text"]) if "text" in record[role] else mention
        for role, mention in (("subject", fact.subject), ("object", fact.object))
    )
    changed = subject is not fact.subject or object_ is not fact.object
    return replace(fact, subject=subject, object=object_) if changed else fact


def clues_record(clues: Clues) -> str:
    """Return clues as JSON.

    >>> from kg.linking import document_clues
    >>> clues = document_clues(Document("a", "甲市总工会更名为乙市总工会。"))
    >>> clues_of(clues_record(clues)) == clues
    True
    """
    record = clues.to_dict()
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text if _SURROGATE.search(text) is None else json.dumps(record, separators=(",", ":"))


def clues_of(record: str) -> Clues:
    """Return the clues of a record; the inverse of `clues_record`."""
    return Clues.from_dict(json.loads(record))


def _known_surface(mention: Mention, fact: Fact) -> str:
    """Return the surface form that `Fact.from_dict` gives a mention."""
    proof = fact.evidence
    if proof.start <= mention.start and mention.end <= proof.end:
        return proof.sentence[mention.start - proof.start : mention.end - proof.start]
    return mention.name


def content_digest(text: str, furniture: str = "[]") -> str:
    """Return a digest that is equal for texts that differ in furniture, white space and the width of characters only.

    Args:
        text: The text of a document.
        furniture: The spans of its furniture, as `document_row` gives them.

    >>> content_digest("会长 张三，ＡＢ") == content_digest("本站\\n会长张三,AB", "[[0, 2]]")
    True
    """
    parts, place = [], 0
    for start, end in sorted(json.loads(furniture)):
        parts.append(text[place:start])
        place = max(place, end)
    kept = "".join([*parts, text[place:]])
    return hashlib.sha256("".join(unicodedata.normalize("NFKC", kept).split()).encode("utf-8")).hexdigest()
